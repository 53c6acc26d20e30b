import { seesQueueNames, seesQueues } from '../../../access/sees.ts';
import { agentQueueArn, arnOf } from '../../../operations/arn.ts';
import type { Connect } from '../../../operations/connect-types.ts';
import { instanceId, items, oneOf, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { nameKey } from '../../../operations/name-paging.ts';
import { decodeToken, encodeToken, unusableToken } from '../../../operations/paging.ts';
import { findAgentQueue, findQueue, listAgentQueues, listStandardQueues } from '../store.ts';
import { createQueue } from './create-queue.ts';
import { deleteQueue } from './delete-queue.ts';
import { queueOf } from './queue-answer.ts';
import { searchQueues } from './search-queues.ts';
import { queueUpdates } from './update-queue.ts';

type QueueType = 'STANDARD' | 'AGENT';
const queueTypes: readonly QueueType[] = ['STANDARD', 'AGENT'];
const kind = 'queues';

/** Both kinds unless QueueTypes says otherwise: standard queues by name, then the queues of users, which have none. */
const list = defineRead('ListQueues', {
  permission: seesQueueNames,
  constraints: { ...instanceId, ...pageOf(1000), QueueTypes: items(0, 2), 'QueueTypes[]': oneOf(...queueTypes) },
  handler: async ({ db, instance, access }, input) => {
    const asked: readonly string[] = input.QueueTypes?.length ? input.QueueTypes : queueTypes;
    const start = startOf(input.NextToken);
    const size = input.MaxResults ?? 100;
    const wanted = queueTypes.slice(start ? queueTypes.indexOf(start.type) : 0).filter((type) => asked.includes(type));

    const found: { type: QueueType; id: string; name: string; summary: Connect.QueueSummary }[] = [];
    for (const type of wanted) {
      if (found.length > size) break;
      const after = start?.type === type ? start.after : null;
      const room = size - found.length;
      const rows =
        type === 'STANDARD'
          ? await listStandardQueues(db, instance.id, { kind, after, size: room }, access)
          : await listAgentQueues(db, instance.id, { after: after?.id ?? null, limit: room + 1 }, access);
      for (const row of rows) {
        // The queue of a user has no name in Connect.
        const name = 'name' in row ? String(row.name) : '';
        const summary = {
          Id: row.id,
          Arn: type === 'STANDARD' ? arnOf(instance, 'queue', row.id) : agentQueueArn(instance, row.id),
          Name: name || undefined,
          QueueType: type,
          LastModifiedTime: row.last_modified_time,
          LastModifiedRegion: row.last_modified_region,
        };
        found.push({ type, id: row.id, name, summary });
      }
    }
    const shown = found.slice(0, size);
    const last = shown.at(-1);
    return {
      QueueSummaryList: shown.map(({ summary }) => summary),
      NextToken: found.length > size && last ? encodeToken(kind, [last.type, last.name, last.id]) : undefined,
    };
  },
});

function startOf(token: string | undefined) {
  const key = decodeToken(kind, token, 3);
  if (!key) return null;
  const type = queueTypes.find((one) => one === key[0]);
  if (!type) throw unusableToken();
  return { type, after: nameKey(key.slice(1)) };
}

/** Also the queue of a user, by the user's id or by the queue's own ARN. */
const describe = defineRead('DescribeQueue', {
  permission: seesQueues,
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.QueueId;
    const row = await findQueue(db, instance.id, id);
    if (row) return { Queue: queueOf(instance, row) };
    const agentQueue = await findAgentQueue(db, instance.id, id);
    if (!agentQueue) throw notFound('queue', id);
    return {
      Queue: {
        QueueId: id,
        QueueArn: agentQueueArn(instance, id),
        Status: 'ENABLED' as const,
        LastModifiedTime: agentQueue.last_modified_time,
        LastModifiedRegion: agentQueue.last_modified_region,
      },
    };
  },
});

const listEmailAddresses = defineRead('ListQueueEmailAddresses', {
  permission: seesQueues,
  constraints: { ...instanceId, ...pageOf(100) },
  approximate: 'There are no email addresses here.',
  handler: async ({ db, instance }, input) => {
    const row = await findQueue(db, instance.id, input.QueueId);
    if (!row) throw notFound('queue', input.QueueId);
    if (input.NextToken !== undefined) throw unusableToken();
    return {
      EmailAddressMetadataList: [],
      LastModifiedTime: row.last_modified_time,
      LastModifiedRegion: row.last_modified_region,
    };
  },
});

export const queueOperations = [
  createQueue,
  describe,
  list,
  listEmailAddresses,
  searchQueues,
  ...queueUpdates,
  deleteQueue,
] as const;
