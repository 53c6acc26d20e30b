import { type Kysely, sql } from 'kysely';
import type { Database } from './tables.ts';

/** Says the time. Tests set one that they can turn. */
export type Clock = (db: Kysely<Database>) => Date | Promise<Date>;

/**
 * The time by the database's clock. Every time that is stored, or compared with a stored one, is that: one clock for all
 * servers, whatever their own clocks say or jump to.
 */
export async function databaseTime(db: Kysely<Database>): Promise<Date> {
  const { rows } = await sql<{ time: Date }>`select clock_timestamp() as time`.execute(db);
  return timeIn(rows);
}

/** How long a request or a range of a batch waits for a row that somebody else holds. */
export const lockSeconds = 5;

/**
 * For the beginning of a transaction that others wait for: from here on it gives up a wait for a lock after
 * `lockSeconds`, so that one row which somebody holds does not hold up everything else.
 * @returns the time by the database's clock, for the same round trip
 */
export async function boundLockWaits(tx: Kysely<Database>): Promise<Date> {
  const { rows } = await sql<{ time: Date }>`
    select clock_timestamp() as time, set_config('lock_timeout', ${`${lockSeconds}s`}, true)`.execute(tx);
  return timeIn(rows);
}

function timeIn(rows: readonly { time: Date }[]): Date {
  const [row] = rows;
  if (!row) throw new Error('The database did not tell the time.');
  return row.time;
}
