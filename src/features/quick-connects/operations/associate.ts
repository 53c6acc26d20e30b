import { listChanges, updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { instanceId, items, pageOf } from '../../../operations/constraints.ts';
import { defineRead, defineWrite, type InstanceContext } from '../../../operations/define-operation.ts';
import { notFound, OperationError } from '../../../operations/errors.ts';
import { shownSummary } from '../../../operations/name-lists.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { keepPresent } from '../../../operations/present.ts';
import { resources } from '../../../resources/resources.ts';
import { findQueue, lockQueue, updateQueue } from '../../queues/store.ts';
import { associate, countOfQueue, disassociate, listQuickConnectsOfQueue } from '../association-store.ts';
import { mostPerQueue } from '../rules.ts';

const permission = 'Queues.Edit';
const constraints = { ...instanceId, QuickConnectIds: items(1, 50) };

/** The queue, locked so that nobody counts or changes its associations meanwhile, and the quick connects, once each. */
async function bothSides(
  { db, instance }: InstanceContext<Tx>,
  input: { readonly QueueId: string; readonly QuickConnectIds: readonly string[] },
) {
  const queueId = input.QueueId;
  const ids = [...new Set(input.QuickConnectIds)];
  const queue = await lockQueue(db, instance.id, queueId);
  if (!queue) throw notFound('queue', queueId);
  await keepPresent(db, instance, 'transfer-destination', ids);
  return { queue, ids };
}

/** Notes a change of what a queue offers; nothing to note when all was so already. */
async function noting(
  { db, now, region }: InstanceContext<Tx>,
  queue: { readonly id: string; readonly name: string },
  QuickConnectIds: { readonly gone?: readonly string[]; readonly come?: readonly string[] },
) {
  const changes = listChanges({ QuickConnectIds });
  if (changes) await updateQueue(db, queue.id, {}, { now, region });
  return updated('queue', queue, changes);
}

export const associateQueueQuickConnects = defineWrite('AssociateQueueQuickConnects', {
  permission,
  constraints,
  handler: async (context, input) => {
    const { queue, ids } = await bothSides(context, input);
    const added = await associate(
      context.db,
      ids.map((quickConnectId) => ({ queueId: queue.id, quickConnectId })),
    );
    if ((await countOfQueue(context.db, queue.id)) > mostPerQueue) {
      throw new OperationError(
        'LimitExceededException',
        `The queue "${queue.name}" would offer more than ${mostPerQueue} quick connects. Remove some from it first.`,
      );
    }
    return noting(context, queue, { come: added.map((one) => one.quickConnectId) });
  },
});

export const disassociateQueueQuickConnects = defineWrite('DisassociateQueueQuickConnects', {
  permission,
  constraints,
  handler: async (context, input) => {
    const { queue, ids } = await bothSides(context, input);
    return noting(context, queue, { gone: await disassociate(context.db, queue.id, ids) });
  },
});

export const listQueueQuickConnects = defineRead('ListQueueQuickConnects', {
  permission: resources['transfer-destination'].sees,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance }, input) => {
    const id = input.QueueId;
    const queue = await findQueue(db, instance.id, id);
    if (!queue) throw notFound('queue', id);
    const page = namePage('queue-quick-connects', input);
    const { items: found, nextToken } = await listQuickConnectsOfQueue(db, id, page);
    return {
      QuickConnectSummaryList: found.map((one) => ({
        ...shownSummary(instance, 'transfer-destination', one),
        QuickConnectType: one.type,
      })),
      NextToken: nextToken,
      LastModifiedTime: queue.lastModifiedTime,
      LastModifiedRegion: queue.lastModifiedRegion,
    };
  },
});
