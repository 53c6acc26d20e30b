import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../../src/database/db.ts';

/**
 * Resolves when the work waits for a lock of another session, or is done without having waited: then the test's own
 * expectations tell. Lets a test put two transactions into exactly the order that it is about.
 */
export async function untilItWaits(db: Db, work: Promise<unknown>): Promise<void> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  work.then(done, done);
  for (;;) {
    const { rows } = await sql`
      select 1 from pg_stat_activity
      where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`.execute(db);
    if (rows.length > 0 || settled) return;
    await delay(2);
  }
}
