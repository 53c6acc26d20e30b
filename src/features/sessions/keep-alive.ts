import { sql } from 'kysely';
import type { Db } from '../../database/db.ts';
import { type Session, sessionHours } from './store.ts';

/** A session is written to so seldom, however busy its user is. */
const graceMilliseconds = 60_000;

/**
 * Somebody is at work: the session ends when they have been idle for the time of the settings, and at the latest when its
 * own time is over. Answers when that is. One that has ended stays so.
 */
export async function keepAlive(db: Db, session: Session, idleMinutes: number, now: Date): Promise<Date> {
  const until = new Date(now.getTime() + idleMinutes * 60_000);
  const left = until.getTime() - session.expiresTime.getTime();
  if (left >= 0 && left < graceMilliseconds) return session.expiresTime;
  const end = sql`least(created_time + make_interval(hours => ${sessionHours}), ${until}::timestamptz)`;
  const { rows } = await sql<{ end: Date }>`
    update session set expires_time = ${end}
    where user_id = ${session.userId} and csrf_token = ${session.csrfToken}
      and expires_time > ${now} and expires_time <> ${end}
    returning expires_time as end`.execute(db);
  return rows[0]?.end ?? session.expiresTime;
}
