import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { OperationError } from '../../operations/errors.ts';
import { createTurns } from './turns.ts';

/** OWASP's first choice for argon2id: 19 MiB, two passes. About 11 ms of a core, in a thread of its own. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * Hashing shares libuv's threads with reading files and looking up names, and the cores with everything else. Two
 * threads and a core stay free for them, however many people sign in at once.
 */
export const parallelHashes = Math.max(
  1,
  Math.min(Number(process.env.UV_THREADPOOL_SIZE ?? 4) - 2, availableParallelism() - 1) || 1,
);
const turns = createTurns(parallelHashes);

/** Places in the line, a second or two of work. Strangers may take some of them: the others are for callers who are known. */
export const hashPlaces = 128;
export const signInPlaces = 64;

/**
 * The argon2id hash of a password as a PHC string, which holds its own parameters and salt.
 * @throws OperationError ThrottlingException when too many are waiting
 */
export async function hashPassword(password: string): Promise<string> {
  const made = await turns.admit(hashPlaces, (inTurn) => inTurn(() => hash(password, options)));
  if (made !== null) return made;
  throw new OperationError(
    'ThrottlingException',
    'Too many passwords are being set or checked at this moment. Try again in a second.',
  );
}

/** False for a wrong password, and for a hash that is none. Waits for its turn, however long that takes. */
export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return turns.inTurn(() => verify(passwordHash, password).catch(() => false));
}

/** For whoever is not known yet: null, without having called `task`, when too many are signing in already. */
export function admitSignIn<R>(task: () => Promise<R>): Promise<R | null> {
  return turns.admit(signInPlaces, task);
}
