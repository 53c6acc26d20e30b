import { arnOf } from '../../../operations/arn.ts';
import { deleted } from '../../../operations/changes.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { OperationError } from '../../../operations/errors.ts';
import { deleteQueue as deleteRow, type QueueUse, usesOfQueue } from '../queue-store.ts';
import { lockedQueue } from '../references.ts';

/** How many of what uses a queue are named in the refusal. */
const mostNamed = 5;

/** Its list of quick connects goes with it; the quick connects stay. */
export const deleteQueue = defineWrite('DeleteQueue', {
  permission: 'Queues.Delete',
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const queue = await lockedQueue(db, instance, input.QueueId, { whole: true });
    const uses = await usesOfQueue(db, queue.id, mostNamed + 1);
    const [first] = uses;
    if (first) {
      // ResourceType has no value for routing profiles and quick connects.
      throw new OperationError('ResourceInUseException', refusal(queue.name, uses), {
        ResourceId: arnOf(instance, first.type, first.id),
      });
    }
    await deleteRow(db, queue.id);
    return deleted('queue', queue);
  },
});

const kinds = { 'routing-profile': 'routing profile', 'transfer-destination': 'quick connect' };

function refusal(name: string, uses: readonly QueueUse[]): string {
  const named = uses.slice(0, mostNamed).map((use) => `the ${kinds[use.type]} "${use.name}"`);
  const others = uses.length > mostNamed ? ' and others' : '';
  return `The queue "${name}" is in use by ${named.join(', ')}${others}. Take it out of them first.`;
}
