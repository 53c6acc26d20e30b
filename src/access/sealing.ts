import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface Sealing {
  seal(secret: string, accessKeyId: string): Buffer;
  /** Null when it was sealed under another first access key. */
  open(sealed: Buffer, accessKeyId: string): string | null;
}

const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals secrets for the database, so that a copy of it alone signs nothing. The key is derived from the first access
 * key's secret, which every server of the installation has anyway; the access key's id is bound in, so that one row's
 * secret cannot be put into another's.
 */
export function createSealing(firstSecret: string): Sealing {
  const key = Buffer.from(hkdfSync('sha256', firstSecret, '', 'cordboard access keys', 32));
  return {
    seal(secret, accessKeyId) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(accessKeyId));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]);
    },
    open(sealed, accessKeyId) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes))
        .setAAD(Buffer.from(accessKeyId))
        .setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

/** What stands for a text that must not be kept: the same on every server, and nothing that could be read back or tried out. */
export type Digest = (text: string) => Buffer;

/** Under a key that is derived as above, and is of no use for the secrets. */
export function createDigest(firstSecret: string): Digest {
  const key = Buffer.from(hkdfSync('sha256', firstSecret, '', 'cordboard digests', 32));
  return (text) => createHmac('sha256', key).update(text).digest();
}
