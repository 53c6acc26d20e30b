import { sql } from 'kysely';
import type { Db } from '../database/db.ts';

const windowMilliseconds = 10 * 60_000;
const prunedAtOnce = 5000;

/** What is counted: nothing that could be read back, see the table. */
export interface Counted {
  readonly digest: Buffer;
  /** So many within the window, and it has to wait until the window is over. */
  readonly allowed: number;
}

export type Attempt =
  | {
      readonly outcome: 'COUNTED';
      /** Those of which this was the last one: if it fails, they have to wait until then. */
      readonly last: readonly { readonly counted: Counted; readonly until: Date }[];
    }
  | { readonly outcome: 'TOO_MANY'; readonly until: Date };

/**
 * Counts an attempt before the password is looked at, so that many at the same time cannot pass together. Once it is too
 * many nothing is written any more.
 */
export async function countAttempt(db: Db, counted: readonly Counted[], now: Date): Promise<Attempt> {
  const digests = counted.map(({ digest }) => digest);
  const over = new Date(now.getTime() - windowMilliseconds);
  const untilOf = (rows: readonly Row[], tooMany: (attempts: number, allowed: number) => boolean) => {
    const full = rows.filter(({ digest, attempts }) => tooMany(attempts, allowedOf(counted, digest)));
    const ends = full.map(({ window_start }) => window_start.getTime() + windowMilliseconds);
    return ends.length > 0 ? new Date(Math.max(...ends)) : null;
  };
  const before = await sql<Row>`
    select digest, attempts, window_start from sign_in_attempt
    where digest = any(${digests}::bytea[]) and window_start > ${over}`.execute(db);
  const full = untilOf(before.rows, (attempts, allowed) => attempts >= allowed);
  if (full) return { outcome: 'TOO_MANY', until: full };
  // In the order of digests, so that two attempts with the same two rows do not wait for each other.
  const { rows } = await sql<Row>`
    insert into sign_in_attempt as a (digest, attempts, window_start)
    select d.digest, 1, ${now} from unnest(${digests}::bytea[]) as d (digest) order by d.digest
    on conflict (digest) do update set
      attempts = case when a.window_start <= ${over} then 1 else a.attempts + 1 end,
      window_start = case when a.window_start <= ${over} then excluded.window_start else a.window_start end
    returning digest, attempts, window_start`.execute(db);
  const passed = untilOf(rows, (attempts, allowed) => attempts > allowed);
  if (passed) return { outcome: 'TOO_MANY', until: passed };
  return {
    outcome: 'COUNTED',
    last: counted.flatMap((one) => {
      const until = untilOf(
        rows.filter((row) => row.digest.equals(one.digest)),
        (attempts, allowed) => attempts === allowed,
      );
      return until ? [{ counted: one, until }] : [];
    }),
  };
}

/** A right password forgets the wrong ones of its login, and takes back what it was counted for itself elsewhere. */
export async function forgive(db: Db, login: Counted, others: readonly Counted[]): Promise<void> {
  const digests = others.map(({ digest }) => digest);
  await sql`delete from sign_in_attempt where digest = ${login.digest}`.execute(db);
  await sql`
    update sign_in_attempt set attempts = attempts - 1
    where digest = any(${digests}::bytea[]) and attempts > 0`.execute(db);
}

/** Removes what is past its window. False when there is no more of it. */
export async function pruneAttempts(db: Db, now: Date): Promise<boolean> {
  const over = new Date(now.getTime() - windowMilliseconds);
  const { numAffectedRows } = await sql`
    delete from sign_in_attempt where digest in (
      select digest from sign_in_attempt where window_start <= ${over} limit ${prunedAtOnce})`.execute(db);
  return Number(numAffectedRows ?? 0) === prunedAtOnce;
}

interface Row {
  digest: Buffer;
  attempts: number;
  window_start: Date;
}

function allowedOf(counted: readonly Counted[], digest: Buffer): number {
  return counted.find((one) => one.digest.equals(digest))?.allowed ?? 0;
}
