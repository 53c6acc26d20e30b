import type { Access } from '../../../access/access-control.ts';
import { inWords } from '../../../access/shown-names.ts';
import { deleted } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { OperationError } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { quickConnectIdsOf } from '../../quick-connects/association-store.ts';
import { queueSettings } from '../snapshots.ts';
import { deleteQueue as deleteRow, lockedQueue, type QueueUse, usesOfQueue } from '../store.ts';

/** How many of what uses a queue are named in the refusal. */
const mostNamed = 5;

/** Its list of quick connects goes with it; the quick connects stay. */
export const deleteQueue = defineWrite('DeleteQueue', {
  permission: 'Queues.Delete',
  constraints: instanceId,
  handler: async ({ db, instance, access }, input) => {
    const queue = await lockedQueue(db, instance, input.QueueId, { whole: true });
    const uses = await usesOfQueue(db, queue.id, mostNamed + 1);
    const [first] = uses;
    if (first) {
      // ResourceType has no value for routing profiles and quick connects.
      throw new OperationError('ResourceInUseException', await refusal(db, instance, access, uses), {
        ResourceId: arnOf(instance, first.type, first.id),
      });
    }
    const QuickConnectIds = await quickConnectIdsOf(db, queue.id);
    await deleteRow(db, queue.id);
    return deleted('queue', queue, { ...queueSettings(queue), QuickConnectIds, Tags: queue.tags });
  },
});

async function refusal(tx: Tx, instance: Instance, access: Access, uses: readonly QueueUse[]): Promise<string> {
  const named = await inWords(tx, instance, access, uses.slice(0, mostNamed));
  const others = uses.length > mostNamed ? ' and others' : '';
  return `The queue is in use by ${named}${others}. Take it out of them first.`;
}
