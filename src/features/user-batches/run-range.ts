import { boundLockWaits } from '../../database/clock.ts';
import { databaseTrouble, isLockTimeout } from '../../database/database-errors.ts';
import type { Db } from '../../database/db.ts';
import { inTransaction } from '../../database/transaction.ts';
import { OperationError } from '../../operations/errors.ts';
import { carryOut, errorsBeforeSingly, type Range, type RangeLog } from './carry-out.ts';
import { knownTypes, requireKind } from './kinds/index.ts';
import type { Executor } from './kinds/kind.ts';
import { nextPendingRecords } from './record-store.ts';
import { claimUserBatch, finishRange, postponeUserBatch, type RangeTotals } from './store.ts';
import { type RecordOutcome, remainingOf, type UserBatch, type UserBatchStatus, type UserBatchType } from './types.ts';

export interface RangeOptions {
  readonly db: Db;
  /** Records in one transaction. More are quicker in sum; fewer let a small batch in sooner and lose less in a crash. */
  readonly rangeSize: number;
  /** For tests; the database's clock if left out. */
  readonly now?: () => Date;
  readonly log: RangeLog;
  /** For tests: in the place of the kinds' own, and of these kinds only. */
  readonly executors?: Partial<Record<UserBatchType, Executor>>;
}

/**
 * `FAILED`: the range was taken back, and its batch will be tried again. `NOTHING`: there is nothing to do for now.
 */
export type Work = 'DONE' | 'FAILED' | 'NOTHING';

/**
 * Does the next range of the batch that has waited longest, as ONE transaction: the work, outcomes, counts, audit and
 * change feed are there together or not at all, whatever dies in between. A batch whose range failed goes to the end of
 * the line: its records wait, and the others have their turn.
 *
 * Locks in the order that every writer keeps: the batch, then what the executor needs.
 * @throws when the database is in trouble: not to be had, or its disk full
 */
export async function runRange(options: RangeOptions): Promise<Work> {
  let claimed: UserBatch | null = null;
  try {
    return await inTransaction(options.db, async (tx) => {
      const { executors } = options;
      const opened = await boundLockWaits(tx);
      const batch = await claimUserBatch(tx, executors ? (Object.keys(executors) as UserBatchType[]) : knownTypes());
      if (!batch) return 'NOTHING';
      claimed = batch;
      const kind = requireKind(batch);
      const execute = executors?.[batch.type] ?? kind.execute;
      await doRange({ tx, batch, kind, execute, time: options.now?.() ?? opened, log: options.log }, options.rangeSize);
      return 'DONE';
    });
  } catch (error) {
    if (claimed === null) throw error;
    return await afterFailure(options, claimed, error);
  }
}

/** In a transaction of its own, for that of the range is rolled back. */
async function afterFailure({ db, log }: RangeOptions, batch: UserBatch, error: unknown): Promise<Work> {
  const trouble = databaseTrouble(error);
  const held = isLockTimeout(error);
  const note = trouble ? `${trouble} ${waits}` : held ? `${heldElsewhere} ${waits}` : null;
  const postponed = inTransaction(db, async (tx) => {
    await boundLockWaits(tx);
    // What was refused is about single records: nobody waits for it to be refused again.
    const errors = note ? 0 : error instanceof OperationError ? errorsBeforeSingly : 1;
    await postponeUserBatch(tx, batch.id, { errors, note });
  });
  if (trouble) {
    // With a full disk this may go well, and then the batch's page tells; without a database it cannot.
    await postponed.catch(() => {});
    throw error;
  }
  if (!held && !(error instanceof OperationError)) {
    log.error({ err: error, userBatchId: batch.id }, 'A range of a user batch failed and will be tried again');
  } else if (held && batch.note !== note) {
    log.warn({ userBatchId: batch.id }, `A user batch waits for a row that something else holds`);
  }
  // Whoever holds the batch's row itself keeps it from being claimed.
  await postponed.catch((second) => {
    if (!isLockTimeout(second)) throw second;
  });
  return held ? 'DONE' : 'FAILED';
}

const waits = 'The records wait; the batch goes on by itself as soon as it can.';
const heldElsewhere = 'Something else has been holding a record of this batch.';

async function doRange(range: Range, rangeSize: number): Promise<void> {
  const { tx, batch, time } = range;
  const outcomes = await carryOut(range, await nextPendingRecords(tx, batch.id, rangeSize));
  const totals = totalsOf(batch, outcomes);
  await finishRange(tx, batch.id, statusAfter(batch, totals), totals, time);
}

function totalsOf(batch: UserBatch, outcomes: readonly RecordOutcome[]): RangeTotals {
  const failures = outcomes.filter((outcome) => outcome.status === 'FAILED');
  const successes = outcomes.filter((outcome) => outcome.status === 'SUCCEEDED');
  const kindCounts: Record<string, number> = { ...batch.kindCounts };
  for (const { counts = {} } of successes) {
    for (const [name, count = 0] of Object.entries(counts)) kindCounts[name] = (kindCounts[name] ?? 0) + count;
  }
  return {
    succeeded: successes.length,
    failed: failures.length,
    retryable: failures.filter((outcome) => outcome.retryable).length,
    kindCounts,
  };
}

function statusAfter(batch: UserBatch, totals: RangeTotals): UserBatchStatus {
  if (remainingOf(batch.counts) > totals.succeeded + totals.failed) return 'IN_PROGRESS';
  return batch.counts.failed + totals.failed > 0 ? 'COMPLETED_WITH_FAILURES' : 'COMPLETED';
}
