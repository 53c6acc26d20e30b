import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../database/db.ts';
import type { RefusalCountTable } from '../database/tables.ts';
import { inTransaction } from '../database/transaction.ts';
import { reasonsPerRow, rowsPerMinute } from './refusals.ts';

/** So many callers and addresses keep rows of their own in an hour: those who were refused most often. */
export const rowsPerHour = rowsPerMinute;

/**
 * Merges the newest hour before the given time that is still in minutes. Without that, somebody who is refused from
 * ever new addresses has a hundred rows a minute kept for as long as all the others. False when there was none.
 */
export async function mergeRefusals(db: Db, before: Date): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rows: hours } = await sql<{ hour: Date }>`
      select date_trunc('hour', minute, 'UTC') as hour from refusal_count
      where span = 'MINUTE' and minute < date_trunc('hour', ${before}::timestamptz, 'UTC')
      order by minute desc limit 1`.execute(tx);
    const hour = hours[0]?.hour;
    if (!hour) return false;
    const { rows } = await sql<Selectable<RefusalCountTable>>`
      delete from refusal_count where minute >= ${hour} and minute < ${hour}::timestamptz + interval '1 hour'
      returning *`.execute(tx);
    await insertHour(tx, hour, mergedRows(rows));
    return true;
  });
}

type Counted = Omit<Selectable<RefusalCountTable>, 'minute' | 'span'>;

/** One row for each caller or address, the rest together. Exported for its test. */
export function mergedRows(rows: readonly Counted[]): Counted[] {
  const own = summedBy(rows, (row) => [row.kind, row.caller_type, row.caller_id]);
  const most = own
    .filter((row) => row.caller_type !== 'OTHERS')
    .toSorted((a, b) => b.count - a.count)
    .slice(0, rowsPerHour);
  const kept = new Set(most);
  const others = own.filter((row) => !kept.has(row));
  const nobody = { caller_type: 'OTHERS', caller_id: '', caller_name: '' } as const;
  return [
    ...most,
    ...summedBy(
      others.map((row) => ({ ...row, ...nobody })),
      (row) => [row.kind],
    ),
  ];
}

function summedBy(rows: readonly Counted[], keyOf: (row: Counted) => readonly string[]): Counted[] {
  const sums = new Map<string, Counted>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    const sum = sums.get(key);
    const reasons = { ...sum?.reasons };
    for (const [reason, times] of Object.entries(row.reasons)) reasons[reason] = (reasons[reason] ?? 0) + times;
    sums.set(key, { ...row, count: (sum?.count ?? 0) + row.count, reasons });
  }
  return [...sums.values()].map((row) => ({ ...row, reasons: mostFrequent(row.reasons) }));
}

function mostFrequent({ others = 0, ...reasons }: Readonly<Record<string, number>>): Record<string, number> {
  const named = Object.entries(reasons).toSorted(([, a], [, b]) => b - a);
  const rest = named.slice(reasonsPerRow).reduce((all, [, times]) => all + times, others);
  return { ...Object.fromEntries(named.slice(0, reasonsPerRow)), ...(rest > 0 && { others: rest }) };
}

async function insertHour(tx: Tx, hour: Date, rows: readonly Counted[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('refusal_count')
    .values(rows.map((row) => ({ ...row, reasons: JSON.stringify(row.reasons), minute: hour, span: 'HOUR' as const })))
    .execute();
}
