import type { Tx } from '../../database/db.ts';
import { executeDeletion } from './execute-deletion.ts';
import type { PendingRecord, RecordOutcome, UserBatch, UserBatchType } from './types.ts';

/**
 * Does to a range of records what its batch asks for, in the range's transaction: the work, its audit and change-feed
 * entries. It answers an outcome for each record; it throws only for what nobody expects, and then nothing was done.
 */
export type Executor = (
  tx: Tx,
  batch: UserBatch,
  records: readonly PendingRecord[],
  time: Date,
) => Promise<RecordOutcome[]>;

/** All that is particular to a type of batch. A type without an entry is left to a server that knows it. */
export const executors: Readonly<Partial<Record<UserBatchType, Executor>>> = { DELETION: executeDeletion };
