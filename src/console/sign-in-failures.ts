import { sql } from 'kysely';
import type { Db } from '../operations/define-operation.ts';

/** So many wrong passwords for one login within the window, and it has to wait until the window is over. */
export const allowedFailures = 10;
const windowMinutes = 10;

/**
 * Counts an attempt before the password is looked at, so that many at the same time cannot pass together.
 * @returns false when the login has to wait.
 */
export async function countAttempt(db: Db, instanceId: string, username: string, now: Date): Promise<boolean> {
  const windowStart = new Date(now.getTime() - windowMinutes * 60_000);
  const { rows } = await sql<{ failures: number }>`
    insert into sign_in_failure as f (instance_id, username, failures, first_failure_time)
    values (${instanceId}, ${username}, 1, ${now})
    on conflict (instance_id, username) do update set
      failures = case when f.first_failure_time < ${windowStart} then 1 else f.failures + 1 end,
      first_failure_time = case when f.first_failure_time < ${windowStart} then ${now} else f.first_failure_time end
    returning failures`.execute(db);
  return (rows[0]?.failures ?? 0) <= allowedFailures;
}

/** A right password forgets the wrong ones. */
export async function forgetAttempts(db: Db, instanceId: string, username: string): Promise<void> {
  await db
    .deleteFrom('sign_in_failure')
    .where('instance_id', '=', instanceId)
    .where('username', '=', username)
    .execute();
}
