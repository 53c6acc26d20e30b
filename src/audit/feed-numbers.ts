import { sql } from 'kysely';
import type { Db, Tx } from '../database/db.ts';
import { inTransaction } from '../database/transaction.ts';

/**
 * Gives the changes of transactions that have committed the next numbers, under the lock on the feed's one row. What commits
 * late is numbered late, so whoever follows the numbers misses nothing: a number becomes visible when all smaller ones are.
 * Of two servers one does it at a time; one that is killed in the middle has numbered nothing.
 * The order among those that are numbered at once is that of their ids, about that of their times. It does not say which
 * of two changes to the same resource came first: who follows looks at the resource as it is.
 * @param limit transactions
 * @returns whether there may be more
 */
export async function numberChanges(db: Db, limit: number): Promise<boolean> {
  // Asked without the lock: in idle moments that is all.
  const { rows } = await sql`select 1 from change_set where sequence is null limit 1`.execute(db);
  if (rows.length === 0) return false;
  return inTransaction(db, async (tx) => {
    const feed = await lockFeed(tx);
    if (!feed) return false;
    // A statement of its own after the lock, so that it sees whatever had been numbered when the lock was given.
    const { numAffectedRows = 0n } = await sql`
      update change_set s set sequence = ${feed.lastSequence} + o.position
      from (
        select id, row_number() over (order by id) as position
        from (select id from change_set where sequence is null order by id limit ${limit}) as unnumbered
      ) as o
      where s.id = o.id`.execute(tx);
    await sql`update change_feed set last_sequence = ${feed.lastSequence + Number(numAffectedRows)}`.execute(tx);
    return Number(numAffectedRows) === limit;
  });
}

/**
 * Removes the oldest of the feed, in the order of the numbers up to the first that is younger, and writes down how far that
 * is: whoever follows and has not come that far is told so. What has no number yet stays.
 * @param limit entries, or all those of one transaction
 * @returns whether there may be more
 */
export async function pruneFeed(db: Db, before: Date, limit: number): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const feed = await lockFeed(tx);
    if (!feed) return false;
    const { rows } = await sql<{ sequence: number; old: boolean; entries: number }>`
      select sequence, time < ${before} as old, sum(size) over (order by sequence) as entries
      from (
        select sequence, time, size from change_set where sequence > ${feed.prunedThrough} order by sequence limit ${limit}
      ) as oldest
      order by sequence`.execute(tx);
    const young = rows.findIndex(({ old }) => !old);
    const old = young === -1 ? rows : rows.slice(0, young);
    const bite = old.filter(({ entries }, index) => index === 0 || entries <= limit);
    const through = bite.at(-1)?.sequence;
    if (through === undefined) return false;
    await sql`delete from change_entry where set_id in (select id from change_set where sequence <= ${through})`.execute(
      tx,
    );
    await sql`delete from change_set where sequence <= ${through}`.execute(tx);
    await sql`update change_feed set pruned_through = ${through}`.execute(tx);
    return bite.length < old.length || rows.length === limit;
  });
}

/** Null when somebody else holds it: they do what there is to do. */
async function lockFeed(tx: Tx): Promise<{ readonly lastSequence: number; readonly prunedThrough: number } | null> {
  const { rows } = await sql<{ lastSequence: number; prunedThrough: number }>`
    select last_sequence as "lastSequence", pruned_through as "prunedThrough" from change_feed
    for update skip locked`.execute(tx);
  return rows[0] ?? null;
}
