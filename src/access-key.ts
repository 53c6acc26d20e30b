import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, StartError } from './config.ts';

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

const fileOf = (dataDir: string) => join(dataDir, 'credentials.json');

/** The first access key: from the settings, else from the data folder, else null. */
export function readAccessKey(config: Pick<Config, 'accessKey' | 'dataDir'>): AccessKey | null {
  if (config.accessKey) return config.accessKey;
  let text: string;
  try {
    text = readFileSync(fileOf(config.dataDir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new StartError(`The access key in ${fileOf(config.dataDir)} cannot be read by this user.`);
  }
  try {
    const parsed: unknown = JSON.parse(text);
    const { accessKeyId: id, secretAccessKey: secret } = parsed as Record<string, unknown>;
    if (typeof id === 'string' && typeof secret === 'string' && id && secret) return { id, secret };
  } catch {
    // the same line for every file that is not what was written
  }
  throw new StartError(`${fileOf(config.dataDir)} does not hold an access key. Delete it to have a new one made.`);
}

/** An access key in AWS's form: 20 capital letters and digits, and a secret of 40 characters. */
export function newAccessKey(): AccessKey {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const id = `AKIA${[...randomBytes(16)].map((byte) => alphabet[byte % 32]).join('')}`;
  return { id, secret: randomBytes(30).toString('base64') };
}

/** The same, made at random and kept with mode 0600 when there is none yet. */
export function ensureAccessKey(config: Pick<Config, 'accessKey' | 'dataDir'>): AccessKey {
  const existing = readAccessKey(config);
  if (existing) return existing;
  const { id, secret } = newAccessKey();
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const content = `${JSON.stringify({ accessKeyId: id, secretAccessKey: secret }, null, 2)}\n`;
  try {
    // `wx`: of two servers that start at once, one makes the key and the other reads it.
    writeFileSync(fileOf(config.dataDir), content, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const other = error instanceof Error && 'code' in error && error.code === 'EEXIST' ? readAccessKey(config) : null;
    if (other) return other;
    throw error;
  }
  return { id, secret };
}

/** What makes the AWS CLI, the SDKs and Terraform talk to this server, as lines for a POSIX shell. */
export function exportLines(key: AccessKey, region: string, url: string): string[] {
  return [
    `export AWS_ACCESS_KEY_ID=${key.id}`,
    `export AWS_SECRET_ACCESS_KEY=${key.secret}`,
    `export AWS_DEFAULT_REGION=${region}`,
    `export AWS_ENDPOINT_URL_CONNECT=${url}`,
  ];
}
