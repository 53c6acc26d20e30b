import { sql } from 'kysely';
import { boundLockWaits } from '../../database/clock.ts';
import { databaseTrouble, isLockTimeout, isRetryable } from '../../database/database-errors.ts';
import type { Db, Tx } from '../../database/db.ts';
import { inTransaction } from '../../database/transaction.ts';
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
  /** For tests; the database's clock if left out. */
  readonly now?: () => Date;
  readonly log: RangeLog;
  /** For tests; what Cordboard knows to do if left out. */
  readonly executors?: Partial<Record<UserBatchType, Executor>>;
}

/** A pino logger is one. */
export interface RangeLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/**
 * `FAILED`: the range was taken back, and its batch will be tried again. `NOTHING`: there is nothing to do for now.
 */
export type Work = 'DONE' | 'FAILED' | 'NOTHING';

/** A range that ended this often in a row in an error that nobody expected is done record by record. */
const errorsBeforeSingly = 5;

/**
 * Does the next range of the batch that has waited longest, as ONE transaction: deletions, outcomes, counts, audit and
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
      const known = options.executors ?? executors;
      const opened = await boundLockWaits(tx);
      const batch = await claimUserBatch(tx, Object.keys(known) as UserBatchType[]);
      if (!batch) return 'NOTHING';
      claimed = batch;
      const execute = known[batch.type];
      if (!execute) throw new Error(`Nobody knows how to do a batch of type ${batch.type}.`);
      await doRange(tx, batch, execute, options.now?.() ?? opened, options);
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
    await postponeUserBatch(tx, batch.id, { errors: note ? 0 : 1, note });
  });
  if (trouble) {
    // With a full disk this may go well, and then the batch's page tells; without a database it cannot.
    await postponed.catch(() => {});
    throw error;
  }
  if (!held) {
    log.error({ err: error, userBatchId: batch.id }, 'A range of a user batch failed and will be tried again');
  } else if (batch.note !== note) {
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

async function doRange(tx: Tx, batch: UserBatch, execute: Executor, time: Date, options: RangeOptions): Promise<void> {
  const records = await nextPendingRecords(tx, batch.id, options.rangeSize);
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
  const culprits: { position: number; error: unknown }[] = [];
  for (const record of records) {
    await sql`savepoint one_record`.execute(tx);
    try {
      outcomes.push(...(await execute(tx, batch, [record], time)));
      await sql`release savepoint one_record`.execute(tx);
    } catch (error) {
      if (databaseTrouble(error) || isLockTimeout(error) || isRetryable(error)) throw error;
      await sql`rollback to savepoint one_record`.execute(tx);
      culprits.push({ position: record.position, error });
      outcomes.push({
        position: record.position,
        status: 'FAILED',
        errorCode: 'InternalServiceException',
        reason: 'Something went wrong inside Cordboard. Try again; if it happens again, the server log tells more.',
        retryable: true,
      });
    }
  }
  const [first] = culprits;
  if (first) {
    // One line for all of them: where one fails, the others mostly fail of the same.
    const details = { userBatchId: batch.id, positions: culprits.map(({ position }) => position) };
    log.error({ err: first.error, ...details }, 'Records of a user batch failed');
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
