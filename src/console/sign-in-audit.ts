import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { type Change, creationOf, updateOf } from '../audit/change.ts';
import { type AuditRecord, audit } from '../audit/store.ts';
import type { Clock } from '../database/clock.ts';
import type { Db, Tx } from '../database/db.ts';
import { inTransaction } from '../database/transaction.ts';
import { endWebsiteSession } from '../features/agent-activity/website-sessions.ts';
import { type EndedSession, endSessions, type Session } from '../features/sessions/store.ts';

/** Where a request comes from, for the audit and the log. */
export interface Origin {
  readonly address: string;
  readonly requestId: string;
}

export interface SignInLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

const expiredAtOnce = 500;
const cordboard = { type: 'SYSTEM', id: 'cordboard', name: 'Cordboard' } as const;

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly instanceId: string;
}

export const personOf = ({ userId, username, instanceId }: Session): Person => ({ id: userId, username, instanceId });

export const byThemselves = (
  user: Person,
  operation: string,
  origin: Origin,
  time: Date,
): Omit<AuditRecord, 'changes'> => ({
  instanceId: user.instanceId,
  time,
  operation,
  actor: { type: 'USER', id: user.id, name: user.username },
  permission: 'signed in',
  requestId: origin.requestId,
});

/** @param ended sessions that had to go, as `endSessions` tells them */
export async function auditSignIn(
  tx: Tx,
  user: Person,
  session: { readonly id: string; readonly ended: readonly Change[] },
  origin: Origin,
  time: Date,
): Promise<void> {
  const named = { id: session.id, name: user.username };
  const begun = creationOf('session', named, { UserId: user.id, Address: origin.address });
  await audit(tx, { ...byThemselves(user, 'SignIn', origin, time), changes: [begun, ...session.ended] });
}

/**
 * Ends the session that the request came with, or others of its user: of a condition on `session as s`.
 * @returns how many have ended
 */
export async function signOut(
  db: Db,
  session: Session,
  origin: Origin,
  time: Date,
  log: SignInLog,
  which: RawBuilder<unknown> = sql`s.id = ${session.id}`,
): Promise<number> {
  const user = personOf(session);
  const changes = await inTransaction(db, async (tx) => {
    const ended = await endSessions(tx, sql`s.user_id = ${session.userId} and ${which}`, 'SIGNED_OUT');
    for (const { details } of ended) await endWebsiteSession(tx, user, new Date(details.SignInTime), time);
    await audit(tx, { ...byThemselves(user, 'SignOut', origin, time), changes: ended });
    return ended;
  });
  logEnds(log, changes, origin);
  return changes.length;
}

/** So many lockouts of a minute are written down one by one, of each server; the attempts are counted anyhow. */
export const lockoutsPerMinute = 10;
let lockouts = { written: 0, minuteEnds: Number.NEGATIVE_INFINITY };

/** A login, or an address, that has to wait from now on. `user` is null for an address. */
export async function auditLockout(
  { db, now, log }: { readonly db: Db; readonly now: Clock; readonly log: SignInLog },
  user: Person | null,
  origin: Origin,
  until: Date,
): Promise<void> {
  if (performance.now() >= lockouts.minuteEnds) lockouts = { written: 0, minuteEnds: performance.now() + 60_000 };
  lockouts.written += 1;
  if (lockouts.written > lockoutsPerMinute) return;
  const time = await now(db);
  const named = { id: user?.id ?? origin.address, name: user?.username ?? origin.address };
  const change = updateOf('sign-in', named, {
    Address: { Old: null, New: origin.address },
    Reason: { Old: null, New: 'TOO_MANY_FAILURES' },
    Until: { Old: null, New: until.toISOString() },
  });
  await inTransaction(db, (tx) =>
    audit(tx, {
      instanceId: user?.instanceId ?? null,
      time,
      operation: 'LockOut',
      actor: cordboard,
      permission: 'too many failures',
      requestId: origin.requestId,
      changes: [change],
    }),
  );
  const { address, requestId } = origin;
  log.warn(
    { username: user?.username, userId: user?.id, address, until, requestId },
    user
      ? 'A login has to wait: too many sign-ins have failed'
      : 'An address has to wait: too many sign-ins have failed',
  );
}

/** Ends sessions whose time is over. False when there is no more of them. */
export async function endExpiredSessions(db: Db, now: Date, log: SignInLog): Promise<boolean> {
  const origin = { requestId: randomUUID() };
  const ended = await inTransaction(db, async (tx) => {
    const expired = sql`s.token_hash in (
      select token_hash from session where expires_time <= ${now} limit ${expiredAtOnce} for update skip locked)`;
    const changes = await endSessions(tx, expired, 'EXPIRED');
    await auditEnds(tx, changes, 'session expired', origin, now);
    return changes;
  });
  logEnds(log, ended, origin);
  return ended.length === expiredAtOnce;
}

/** Ends that nobody asked for; each is audited in its own instance. */
export async function auditEnds(
  tx: Tx,
  ended: readonly EndedSession[],
  permission: string,
  { requestId }: Pick<Origin, 'requestId'>,
  time: Date,
): Promise<void> {
  for (const instanceId of new Set(ended.map((change) => change.details.InstanceId))) {
    const changes = ended.filter((change) => change.details.InstanceId === instanceId);
    await audit(tx, { instanceId, time, operation: 'EndSession', actor: cordboard, permission, requestId, changes });
  }
}

export function logEnds(log: SignInLog, changes: readonly Change[], origin: Partial<Origin>): void {
  for (const change of changes) {
    const { resourceType, resourceId, resourceName } = change;
    if (resourceType !== 'session' || change.change !== 'DELETED') continue;
    const { UserId, Reason } = change.details;
    const about = { username: resourceName, userId: UserId, sessionId: resourceId, reason: Reason };
    log.info({ ...about, ...origin }, 'A session has ended');
  }
}
