import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id: 19 MiB, two passes. About 11 ms of a core, in a thread of its own. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The argon2id hash of a password as a PHC string, which holds its own parameters and salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, options);
}

/** False for a wrong password, and for a hash that is none. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  try {
    return await verify(passwordHash, password);
  } catch {
    return false;
  }
}
