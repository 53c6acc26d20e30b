import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Tx } from '../operations/define-operation.ts';

/** Twelve hours, as Connect's longest session: a working day. */
export const sessionHours = 12;

export interface Session {
  readonly userId: string;
  readonly username: string;
  readonly instanceId: string;
  readonly region: string;
  readonly csrfToken: string;
  readonly expiresTime: Date;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** Makes a session and answers the cookie's value, which is kept nowhere else. */
export async function insertSession(
  tx: Tx,
  user: { readonly id: string; readonly instanceId: string },
  now: Date,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await tx
    .insertInto('session')
    .values({
      token_hash: hashOf(token),
      user_id: user.id,
      instance_id: user.instanceId,
      csrf_token: randomBytes(24).toString('base64url'),
      created_time: now,
      expires_time: new Date(now.getTime() + sessionHours * 3_600_000),
    })
    .execute();
  return token;
}

/** Null for a token that is unknown, has expired, or whose user or instance is gone. */
export async function findSession(db: Db | Tx, token: string, now: Date): Promise<Session | null> {
  const row = await db
    .selectFrom('session as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .innerJoin('instance as i', 'i.id', 's.instance_id')
    .select(['s.user_id', 's.instance_id', 's.csrf_token', 's.expires_time', 'u.username', 'i.region'])
    .where('s.token_hash', '=', hashOf(token))
    .where('s.expires_time', '>', now)
    .where((eb) => eb.or([eb('i.deletion_time', 'is', null), eb('i.deletion_time', '>', now)]))
    .executeTakeFirst();
  if (!row) return null;
  return {
    userId: row.user_id,
    username: row.username,
    instanceId: row.instance_id,
    region: row.region,
    csrfToken: row.csrf_token,
    expiresTime: row.expires_time,
  };
}

export async function deleteSession(db: Db | Tx, token: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', hashOf(token)).execute();
}

export async function deleteSessionsOf(db: Db | Tx, userId: string): Promise<void> {
  await db.deleteFrom('session').where('user_id', '=', userId).execute();
}

/** Those that have expired. @returns whether there may be more */
export async function pruneSessions(db: Db, now: Date, limit: number): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    delete from session where token_hash in (
      select token_hash from session where expires_time <= ${now} limit ${limit} for update skip locked)`.execute(db);
  return numAffectedRows === BigInt(limit);
}
