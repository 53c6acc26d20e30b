import { agentQueueArn } from '../../../operations/arn.ts';
import type { Connect } from '../../../operations/connect-types.ts';
import { instanceId, items, oneOf, pageOf } from '../../../operations/constraints.ts';
import { defineRead, type InstanceContext } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { shownSummary } from '../../../operations/name-lists.ts';
import { nameKey } from '../../../operations/name-paging.ts';
import { decodeToken, encodeToken, unusableToken } from '../../../operations/paging.ts';
import { resources } from '../../../resources/resources.ts';
import { shownQueue } from '../answer.ts';
import { findAgentQueue, findQueue, listAgentQueues, listStandardQueues } from '../store.ts';

type QueueType = 'STANDARD' | 'AGENT';
const queueTypes: readonly QueueType[] = ['STANDARD', 'AGENT'];
const kind = 'queues';

type After = ReturnType<typeof nameKey>;

/** Both kinds unless QueueTypes says otherwise: standard queues by name, then the queues of users, which have none. */
export const listQueues = defineRead('ListQueues', {
  permission: resources.queue.seesNames,
  constraints: { ...instanceId, ...pageOf(1000), QueueTypes: items(0, 2), 'QueueTypes[]': oneOf(...queueTypes) },
  handler: async (context, input) => {
    const asked: readonly string[] = input.QueueTypes?.length ? input.QueueTypes : queueTypes;
    const start = startOf(input.NextToken);
    const size = input.MaxResults ?? 100;
    const wanted = queueTypes.slice(start ? queueTypes.indexOf(start.type) : 0).filter((type) => asked.includes(type));

    const found: Connect.QueueSummary[] = [];
    for (const type of wanted) {
      if (found.length > size) break;
      const after = start?.type === type ? start.after : null;
      found.push(...(await summariesOf[type](context, after, size - found.length + 1)));
    }
    const shown = found.slice(0, size);
    const { QueueType: type = '', Name: name = '', Id: id = '' } = shown.at(-1) ?? {};
    return {
      QueueSummaryList: shown,
      NextToken: found.length > size ? encodeToken(kind, [type, name, id]) : undefined,
    };
  },
});

/** Of each type, so many behind the page before. */
const summariesOf: Readonly<
  Record<QueueType, (context: InstanceContext, after: After, most: number) => Promise<Connect.QueueSummary[]>>
> = {
  STANDARD: async ({ db, instance, access }, after, most) => {
    const { items: queues } = await listStandardQueues(db, instance.id, { kind, after, size: most }, access);
    return queues.map((queue) => ({ ...shownSummary(instance, 'queue', queue), QueueType: 'STANDARD' }));
  },
  AGENT: async ({ db, instance, access }, after, most) => {
    const queues = await listAgentQueues(db, instance.id, { after: after?.id ?? null, limit: most }, access);
    return queues.map(({ id, lastModifiedTime, lastModifiedRegion }) => ({
      Id: id,
      Arn: agentQueueArn(instance, id),
      QueueType: 'AGENT',
      LastModifiedTime: lastModifiedTime,
      LastModifiedRegion: lastModifiedRegion,
    }));
  },
};

function startOf(token: string | undefined) {
  const key = decodeToken(kind, token, 3);
  if (!key) return null;
  const type = queueTypes.find((one) => one === key[0]);
  if (!type) throw unusableToken();
  return { type, after: nameKey(key.slice(1)) };
}

/** Also the queue of a user, by the user's id or by the queue's own ARN. */
export const describeQueue = defineRead('DescribeQueue', {
  permission: resources.queue.sees,
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.QueueId;
    const queue = await findQueue(db, instance.id, id);
    if (queue) return { Queue: shownQueue(instance, queue) };
    const agentQueue = await findAgentQueue(db, instance.id, id);
    if (!agentQueue) throw notFound('queue', id);
    return {
      Queue: {
        QueueId: id,
        QueueArn: agentQueueArn(instance, id),
        Status: 'ENABLED' as const,
        LastModifiedTime: agentQueue.lastModifiedTime,
        LastModifiedRegion: agentQueue.lastModifiedRegion,
      },
    };
  },
});

export const listQueueEmailAddresses = defineRead('ListQueueEmailAddresses', {
  permission: resources.queue.sees,
  constraints: { ...instanceId, ...pageOf(100) },
  approximate: 'There are no email addresses here.',
  handler: async ({ db, instance }, input) => {
    const queue = await findQueue(db, instance.id, input.QueueId);
    if (!queue) throw notFound('queue', input.QueueId);
    if (input.NextToken !== undefined) throw unusableToken();
    return {
      EmailAddressMetadataList: [],
      LastModifiedTime: queue.lastModifiedTime,
      LastModifiedRegion: queue.lastModifiedRegion,
    };
  },
});
