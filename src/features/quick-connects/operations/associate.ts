import { seesQuickConnects } from '../../../access/sees.ts';
import { listChanges, updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, items, pageOf } from '../../../operations/constraints.ts';
import { defineRead, defineWrite, type InstanceContext } from '../../../operations/define-operation.ts';
import { notFound, OperationError } from '../../../operations/errors.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { findQueue, lockQueue, touchQueue } from '../../routing/store.ts';
import {
  associate,
  countOfQueue,
  disassociate,
  listQuickConnectsOfQueue,
  requireQuickConnects,
} from '../association-store.ts';
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
  await requireQuickConnects(db, instance.id, ids);
  return { queue, ids };
}

/** Notes a change of what a queue offers; nothing to note when all was so already. */
async function noting(
  { db, now, region }: InstanceContext<Tx>,
  queue: { readonly id: string; readonly name: string },
  QuickConnectIds: { readonly gone?: readonly string[]; readonly come?: readonly string[] },
) {
  const changes = listChanges({ QuickConnectIds });
  if (changes) await touchQueue(db, queue.id, now, region);
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
  permission: seesQuickConnects,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance }, input) => {
    const id = input.QueueId;
    const queue = await findQueue(db, instance.id, id);
    if (!queue) throw notFound('queue', id);
    const page = namePage('queue-quick-connects', input);
    const { rows, nextToken } = cutByName(page, await listQuickConnectsOfQueue(db, id, page));
    return {
      QuickConnectSummaryList: rows.map((row) => ({
        Id: row.id,
        Arn: arnOf(instance, 'transfer-destination', row.id),
        Name: row.name,
        QuickConnectType: row.type,
        LastModifiedTime: row.last_modified_time,
        LastModifiedRegion: row.last_modified_region,
      })),
      NextToken: nextToken,
      LastModifiedTime: queue.last_modified_time,
      LastModifiedRegion: queue.last_modified_region,
    };
  },
});
