import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Change } from '../../audit/change.ts';
import type { Db, Tx } from '../../database/db.ts';

/** Twelve hours, as Connect's longest session: a working day. */
export const sessionHours = 12;

export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly username: string;
  readonly instanceId: string;
  readonly region: string;
  readonly csrfToken: string;
  readonly expiresTime: Date;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();
/** Of one user; the oldest has to go for another. */
export const sessionsPerUser = 50;

export type EndReason =
  | 'SIGNED_OUT'
  | 'REPLACED'
  | 'EXPIRED'
  | 'IDLE'
  | 'PASSWORD_RESET'
  | 'USER_DELETED'
  | 'INSTANCE_DELETED'
  | 'TOO_MANY_SESSIONS';

/** The end of a session, for the audit. */
export type EndedSession = Extract<Change, { change: 'DELETED' | 'CREATED' }> & {
  readonly details: { readonly InstanceId: string; readonly UserId: string; readonly SignInTime: string };
};

/** Makes a session. Its token, the cookie's value, is kept nowhere else. */
export async function insertSession(
  tx: Tx,
  user: { readonly id: string; readonly instanceId: string },
  now: Date,
  address: string | null = null,
): Promise<{ readonly token: string; readonly id: string; readonly ended: readonly EndedSession[] }> {
  const token = randomBytes(32).toString('base64url');
  const id = randomUUID();
  await tx
    .insertInto('session')
    .values({
      id,
      address,
      token_hash: hashOf(token),
      user_id: user.id,
      instance_id: user.instanceId,
      csrf_token: randomBytes(24).toString('base64url'),
      created_time: now,
      expires_time: new Date(now.getTime() + sessionHours * 3_600_000),
    })
    .execute();
  const tooMany = sql`s.token_hash in (
    select token_hash from session where user_id = ${user.id}
    order by created_time desc, token_hash offset ${sessionsPerUser})`;
  return { token, id, ended: await endSessions(tx, tooMany, 'TOO_MANY_SESSIONS') };
}

/** Ends that of a token, whoever's it was, when another takes its place in the browser. */
export function endReplaced(tx: Tx, token: string, now: Date): Promise<EndedSession[]> {
  return endSessions(tx, sql`s.token_hash = ${hashOf(token)} and s.expires_time > ${now}`, 'REPLACED');
}

/** Null for a token that is unknown, has expired, or whose user or instance is gone. */
export async function findSession(db: Db | Tx, token: string, now: Date): Promise<Session | null> {
  const row = await db
    .selectFrom('session as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .innerJoin('instance as i', 'i.id', 's.instance_id')
    .select(['s.id', 's.user_id', 's.instance_id', 's.csrf_token', 's.expires_time', 'u.username', 'i.region'])
    .where('s.token_hash', '=', hashOf(token))
    .where('s.expires_time', '>', now)
    .where((eb) => eb.or([eb('i.deletion_time', 'is', null), eb('i.deletion_time', '>', now)]))
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    userId: row.user_id,
    username: row.username,
    instanceId: row.instance_id,
    region: row.region,
    csrfToken: row.csrf_token,
    expiresTime: row.expires_time,
  };
}

/** Those of one user that go on, newest first: 50 at most. */
export async function sessionsOf(db: Db, userId: string, now: Date): Promise<OwnSession[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'created_time', 'expires_time', 'address'])
    .where('user_id', '=', userId)
    .where('expires_time', '>', now)
    .orderBy('created_time', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ id, created_time, expires_time, address }) => ({
    id,
    signInTime: created_time,
    expiresTime: expires_time,
    address,
  }));
}

export interface OwnSession {
  readonly id: string;
  readonly signInTime: Date;
  /** When it ends if nobody uses it any more. */
  readonly expiresTime: Date;
  /** From where it was begun, as far as that is known. */
  readonly address: string | null;
}

/** What somebody is told whose session is not there any more. */
export type EndOfSession = 'EXPIRED' | 'IDLE' | 'ENDED';

/**
 * Why a token is no session any more: as long as its row is there, whether its time was over or its user idle; afterwards
 * only that it has ended.
 */
export async function endOf(db: Db | Tx, token: string, now: Date): Promise<EndOfSession> {
  const row = await db
    .selectFrom('session')
    .select(['created_time', 'expires_time'])
    .where('token_hash', '=', hashOf(token))
    .where('expires_time', '<=', now)
    .executeTakeFirst();
  if (!row) return 'ENDED';
  return wasIdle(row) ? 'IDLE' : 'EXPIRED';
}

/** Ends the sessions of a condition on `session as s`. What it answers belongs into the audit. */
export async function endSessions(tx: Tx, condition: RawBuilder<unknown>, reason: EndReason): Promise<EndedSession[]> {
  const { rows } = await sql<EndedRow>`
    delete from session s using users u where u.id = s.user_id and (${condition})
    returning s.id, s.user_id, s.instance_id, u.username, s.address, s.created_time, s.expires_time`.execute(tx);
  return rows.map((row) => ({
    change: 'DELETED',
    resourceType: 'session',
    resourceId: row.id,
    resourceName: row.username,
    details: {
      Reason: reason === 'EXPIRED' && wasIdle(row) ? ('IDLE' satisfies EndReason) : reason,
      InstanceId: row.instance_id,
      UserId: row.user_id,
      Address: row.address,
      SignInTime: row.created_time.toISOString(),
      ...(reason === 'EXPIRED' && { EndTime: row.expires_time.toISOString() }),
    },
  }));
}

export function endSessionsOf(tx: Tx, userIds: readonly string[], reason: EndReason): Promise<EndedSession[]> {
  return endSessions(tx, sql`s.user_id = any(${userIds}::uuid[])`, reason);
}

/** It ended before its own time. */
function wasIdle({ created_time, expires_time }: Pick<EndedRow, 'created_time' | 'expires_time'>): boolean {
  return expires_time.getTime() < created_time.getTime() + sessionHours * 3_600_000;
}

interface EndedRow {
  id: string;
  user_id: string;
  instance_id: string;
  username: string;
  address: string | null;
  created_time: Date;
  expires_time: Date;
}
