import { sql } from 'kysely';
import { isLostConnection, isRetryable } from '../../database/database-errors.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Db, Tx } from '../../operations/define-operation.ts';
import { type Executor, executors } from './executors.ts';
import { nextPendingRecords, writeOutcomes } from './record-store.ts';
import { claimUserBatch, finishRange, postponeUserBatch, type RangeTotals } from './store.ts';
import {
  type PendingRecord,
  type RecordOutcome,
  remainingOf,
  type UserBatch,
  type UserBatchStatus,
  type UserBatchType,
} from './types.ts';

export interface RangeOptions {
  readonly db: Db;
  /** Records in one transaction. More are quicker in sum; fewer let a small batch in sooner and lose less in a crash. */
  readonly rangeSize: number;
  readonly now: () => Date;
  readonly log: RangeLog;
  /** For tests; what Cordboard knows to do if left out. */
  readonly executors?: Partial<Record<UserBatchType, Executor>>;
}

/** A pino logger is one. */
export interface RangeLog {
  error(details: object, message: string): void;
}

/** A range that ended this often in a row in an error that nobody expected is done record by record. */
const errorsBeforeSingly = 5;

/**
 * Does the next range of the batch that has waited longest, as ONE transaction: deletions, outcomes, counts, audit and
 * change feed are there together or not at all, whatever dies in between. False when there was nothing to do.
 *
 * Locks in the order that every writer keeps: the batch, then what the executor needs.
 * @throws when the database is not to be had; a batch that fails for another reason goes to the end of the line instead.
 */
export async function runRange(options: RangeOptions): Promise<boolean> {
  let batchId: string | null = null;
  try {
    return await inTransaction(options.db, async (tx) => {
      const known = options.executors ?? executors;
      const batch = await claimUserBatch(tx, Object.keys(known) as UserBatchType[]);
      if (!batch) return false;
      batchId = batch.id;
      const execute = known[batch.type];
      if (!execute) throw new Error(`Nobody knows how to do a batch of type ${batch.type}.`);
      await doRange(tx, batch, execute, options);
      return true;
    });
  } catch (error) {
    if (batchId === null) throw error;
    options.log.error({ err: error, userBatchId: batchId }, 'A range of a user batch failed and will be tried again');
    // In a transaction of its own, for that of the range is rolled back. If this fails too, the database is gone.
    const lost = isLostConnection(error);
    await postponeUserBatch(options.db, batchId, lost ? 0 : 1);
    if (lost) throw error;
    return true;
  }
}

async function doRange(tx: Tx, batch: UserBatch, execute: Executor, options: RangeOptions): Promise<void> {
  const records = await nextPendingRecords(tx, batch.id, options.rangeSize);
  const time = options.now();
  const outcomes =
    batch.rangeErrors < errorsBeforeSingly
      ? await execute(tx, batch, records, time)
      : await oneByOne(tx, batch, records, execute, time, options.log);
  await writeOutcomes(tx, batch.id, outcomes, time);
  const totals = totalsOf(outcomes);
  await finishRange(tx, batch.id, statusAfter(batch, totals), totals, time);
}

/**
 * Something in this range fails every time. Each record gets a savepoint of its own, so that the culprit fails alone
 * and the others are done: a batch never hangs on one record.
 */
async function oneByOne(
  tx: Tx,
  batch: UserBatch,
  records: readonly PendingRecord[],
  execute: Executor,
  time: Date,
  log: RangeLog,
): Promise<RecordOutcome[]> {
  const outcomes: RecordOutcome[] = [];
  for (const record of records) {
    await sql`savepoint one_record`.execute(tx);
    try {
      outcomes.push(...(await execute(tx, batch, [record], time)));
      await sql`release savepoint one_record`.execute(tx);
    } catch (error) {
      if (isLostConnection(error) || isRetryable(error)) throw error;
      await sql`rollback to savepoint one_record`.execute(tx);
      log.error({ err: error, userBatchId: batch.id, position: record.position }, 'A record of a user batch failed');
      outcomes.push({
        position: record.position,
        status: 'FAILED',
        errorCode: 'InternalServiceException',
        reason: 'Something went wrong inside Cordboard. Try again; if it happens again, the server log tells more.',
        retryable: true,
      });
    }
  }
  return outcomes;
}

function totalsOf(outcomes: readonly RecordOutcome[]): RangeTotals {
  const failures = outcomes.filter((outcome) => outcome.status === 'FAILED');
  const successes = outcomes.filter((outcome) => outcome.status === 'SUCCEEDED');
  return {
    succeeded: successes.length,
    failed: failures.length,
    retryable: failures.filter((outcome) => outcome.retryable).length,
    quickConnectsDeleted: successes.reduce((sum, outcome) => sum + outcome.quickConnectsDeleted, 0),
  };
}

function statusAfter(batch: UserBatch, totals: RangeTotals): UserBatchStatus {
  if (remainingOf(batch.counts) > totals.succeeded + totals.failed) return 'IN_PROGRESS';
  return batch.counts.failed + totals.failed > 0 ? 'COMPLETED_WITH_FAILURES' : 'COMPLETED';
}
