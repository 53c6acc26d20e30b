import { randomUUID } from 'node:crypto';
import { type Change, creationOf } from '../../audit/change.ts';
import type { Tx } from '../../database/db.ts';
import { identityOf } from '../../operations/caller.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { requireRoomForBatch, requireRoomForRecords } from './rules.ts';
import { nameOf } from './shapes.ts';
import { findUserBatch, insertUserBatch, lockUnfinishedOf, type NewUserBatch, setRequestedCount } from './store.ts';
import type { UserBatch } from './types.ts';

type Asked = Pick<NewUserBatch, 'type' | 'instructions' | 'clientToken' | 'requestHash' | 'retryOf'>;

/**
 * Accepts a batch: its row and all of its records, in the transaction of the request, so that whatever is acknowledged
 * is stored. `fill` writes the records and answers how many.
 * @throws LimitExceededException when too much of the caller's is unfinished
 * Null when the caller has used the client token before: then nothing was written.
 */
export async function submit(
  { db, instance, caller, requestId, now, batchLimits }: InstanceContext<Tx>,
  asked: Asked,
  fill: (batchId: string) => Promise<number>,
): Promise<{ batch: UserBatch; changes: Change[] } | null> {
  const id = randomUUID();
  const requestedBy = identityOf(caller);
  const inserted = await insertUserBatch(db, {
    ...asked,
    id,
    instanceId: instance.id,
    requestedBy,
    requestId,
    createdTime: now,
  });
  if (!inserted) return null;
  // Twice, so that a batch too many is refused before its records are written.
  const unfinished = await lockUnfinishedOf(db, requestedBy, id);
  requireRoomForBatch(batchLimits, unfinished);
  const count = await fill(id);
  requireRoomForRecords(batchLimits, unfinished, count);
  await setRequestedCount(db, id, count);
  const batch = await findUserBatch(db, instance.id, id);
  if (!batch) throw new Error('The batch that was just written is not there.');
  const named = { id, name: nameOf(asked, count) };
  const snapshot = { Type: asked.type, ...asked.instructions, RequestedCount: count, RetryOf: asked.retryOf };
  return { batch, changes: [creationOf('user-batch', named, snapshot)] };
}
