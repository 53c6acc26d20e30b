import { sql } from 'kysely';
import type { Db } from '../database/db.ts';

/** A sign-in that failed, or a call that was denied. Nothing of it is what somebody typed, or a secret. */
export interface Refusal {
  readonly kind: 'SIGN_IN' | 'CALL';
  /** Who it was, or for whom it was tried; null for somebody who is not known. */
  readonly caller: { readonly type: 'USER' | 'ACCESS_KEY'; readonly id: string; readonly name: string } | null;
  readonly address: string;
  /** One of few: an error's name, with the operation's. */
  readonly reason: string;
}

export interface RefusalCounter {
  count(refusal: Refusal): void;
  /** Writes what has been counted since the last time. What cannot be written is kept for the next time. */
  flush(): Promise<void>;
}

/** So many callers and addresses have rows of their own in a minute, of each server. */
export const rowsPerMinute = 100;
export const reasonsPerRow = 20;
const minuteMilliseconds = 60_000;
const prunedAtOnce = 5000;

interface Row {
  readonly kind: string;
  readonly callerType: string;
  readonly callerId: string;
  readonly callerName: string;
  address: string;
  readonly reasons: Map<string, number>;
}

/**
 * Counts in memory and writes every few seconds: somebody who is refused a thousand times a second costs as many rows
 * and statements as somebody who is refused once. A killed server loses the last few seconds.
 * @param now milliseconds of a clock that does not jump
 */
export function createRefusalCounter(options: {
  readonly db: Db;
  readonly now: () => number;
  readonly log: { info(details: object, message: string): void };
}): RefusalCounter {
  const { db, now, log } = options;
  let rows = new Map<string, Row>();
  const seen = new Set<string>();
  let minuteEnds = Number.NEGATIVE_INFINITY;

  const add = (row: Omit<Row, 'reasons'>, reason: string, times: number) => {
    if (now() >= minuteEnds) {
      minuteEnds = now() + minuteMilliseconds;
      seen.clear();
    }
    const own = keyOf(row);
    if (seen.size < rowsPerMinute) seen.add(own);
    const others = { ...row, callerType: 'OTHERS', callerId: '', callerName: '' };
    const [key, place] = seen.has(own) ? [own, row] : [keyOf(others), others];
    const there = rows.get(key) ?? { ...place, reasons: new Map<string, number>() };
    rows.set(key, there);
    there.address = row.address;
    const named = there.reasons.has(reason) || there.reasons.size < reasonsPerRow ? reason : 'others';
    there.reasons.set(named, (there.reasons.get(named) ?? 0) + times);
  };

  return {
    count({ kind, caller, address, reason }) {
      const { type, id, name } = caller ?? { type: 'ADDRESS', id: address, name: address };
      add({ kind, callerType: type, callerId: id, callerName: name, address }, reason, 1);
    },
    async flush() {
      const counted = [...rows.values()];
      rows = new Map();
      if (counted.length === 0) return;
      try {
        await write(db, counted);
      } catch (error) {
        for (const row of counted) for (const [reason, times] of row.reasons) add(row, reason, times);
        throw error;
      }
      const total = (kind: Refusal['kind']) => sum(counted.filter((row) => row.kind === kind).map(countOf));
      log.info({ signIns: total('SIGN_IN'), calls: total('CALL'), rows: counted.length }, 'Requests were refused');
    },
  };
}

async function write(db: Db, rows: readonly Row[]): Promise<void> {
  const column = <T>(of: (row: Row) => T) => rows.map(of);
  await sql`
    insert into refusal_count as r (minute, kind, caller_type, caller_id, caller_name, address, count, reasons)
    select date_trunc('minute', clock_timestamp()), c.kind, c.caller_type, c.caller_id, c.caller_name, c.address, c.count,
      c.reasons::jsonb
    from unnest(${column((row) => row.kind)}::text[], ${column((row) => row.callerType)}::text[],
      ${column((row) => row.callerId)}::text[], ${column((row) => row.callerName)}::text[],
      ${column((row) => row.address)}::text[], ${column(countOf)}::int[],
      ${column((row) => JSON.stringify(Object.fromEntries(row.reasons)))}::text[])
      as c (kind, caller_type, caller_id, caller_name, address, count, reasons)
    order by c.kind, c.caller_type, c.caller_id
    on conflict (minute, kind, caller_type, caller_id) do update set
      address = excluded.address,
      count = r.count + excluded.count,
      reasons = (
        select jsonb_object_agg(key, times) from (
          select key, sum(value::int) as times from (
            select * from jsonb_each_text(r.reasons) union all select * from jsonb_each_text(excluded.reasons)
          ) as both_of_them group by key
        ) as summed)`.execute(db);
}

/** Removes what is older than that. False when there is no more of it. */
export async function pruneRefusals(db: Db, before: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from refusal_count where (minute, kind, caller_type, caller_id) in (
      select minute, kind, caller_type, caller_id from refusal_count where minute < ${before} limit ${prunedAtOnce})`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0) === prunedAtOnce;
}

const keyOf = (row: Pick<Row, 'kind' | 'callerType' | 'callerId'>) =>
  JSON.stringify([row.kind, row.callerType, row.callerId]);
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const countOf = (row: Row) => sum([...row.reasons.values()]);
