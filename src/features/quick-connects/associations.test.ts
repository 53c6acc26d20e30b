import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { centreForFile } from '../../../test/support/centre.ts';
import { inTransaction } from '../../database/transaction.ts';
import { insertQueues } from '../queues/store.ts';
import { insertQuickConnects } from './store.ts';

const centre = centreForFile();

const made = (name: string) => ({
  id: randomUUID(),
  instanceId: centre.instance.id,
  name,
  description: null,
  now: new Date('2020-01-01'),
  region: centre.instance.region,
});

async function addQueue(name: string): Promise<string> {
  const hours = await centre.db.selectFrom('hours_of_operation').select('id').executeTakeFirstOrThrow();
  const queue = { ...made(name), hoursOfOperationId: hours.id };
  await inTransaction(centre.db, (tx) => insertQueues(tx, [queue]));
  return queue.id;
}

async function addNumbers(count: number, prefix: string): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    ...made(`${prefix} ${index}`),
    target: { type: 'PHONE_NUMBER', phoneNumber: '+12065550100' } as const,
  }));
  await inTransaction(centre.db, (tx) => insertQuickConnects(tx, rows));
  return rows.map(({ id }) => id);
}

const associate = (QueueId: string, QuickConnectIds: readonly string[]) =>
  centre.call('AssociateQueueQuickConnects', { QueueId, QuickConnectIds });
const disassociate = (QueueId: string, QuickConnectIds: readonly string[]) =>
  centre.call('DisassociateQueueQuickConnects', { QueueId, QuickConnectIds });

async function offered(QueueId: string): Promise<string[]> {
  const pages = await allPages((NextToken) =>
    centre.call('ListQueueQuickConnects', { QueueId, MaxResults: 7, NextToken }),
  );
  return pages.flatMap((page) => (page.QuickConnectSummaryList ?? []).map(({ Id }) => Id ?? ''));
}

const updatesOf = (queueId: string) =>
  centre.db.selectFrom('audit_entry').select(['operation', 'details']).where('resource_id', '=', queueId).execute();

test('a queue offers what is associated with it, page by page', async () => {
  const queueId = await addQueue('pages');
  const ids = await addNumbers(20, 'page');
  await associate(queueId, ids);
  expect((await offered(queueId)).toSorted()).toEqual(ids.toSorted());
  await disassociate(queueId, ids.slice(0, 15));
  expect((await offered(queueId)).toSorted()).toEqual(ids.slice(15).toSorted());
});

test('repeating is harmless, and only what changed is audited', async () => {
  const queueId = await addQueue('repeats');
  const [first = '', second = ''] = await addNumbers(2, 'repeat');
  await associate(queueId, [first]);
  const { LastModifiedTime } = await centre.call('ListQueueQuickConnects', {
    QueueId: queueId,
  });
  expect(new Date(LastModifiedTime * 1000).getUTCFullYear()).toBeGreaterThan(2020);
  await associate(queueId, [first, first.toUpperCase(), second]);
  await associate(queueId, [first, second]);
  await disassociate(queueId, [first]);
  await disassociate(queueId, [first]);
  expect(await updatesOf(queueId)).toEqual([
    { operation: 'AssociateQueueQuickConnects', details: { Changes: { QuickConnectIds: { Old: [], New: [first] } } } },
    { operation: 'AssociateQueueQuickConnects', details: { Changes: { QuickConnectIds: { Old: [], New: [second] } } } },
    {
      operation: 'DisassociateQueueQuickConnects',
      details: { Changes: { QuickConnectIds: { Old: [first], New: [] } } },
    },
  ]);
});

test('what is unknown is refused, and nothing of the call is done', async () => {
  const queueId = await addQueue('unknown');
  const [id = ''] = await addNumbers(1, 'known');
  expect(await refusalOf(associate(queueId, [id, randomUUID()]))).toBe('ResourceNotFoundException');
  expect(await refusalOf(associate(queueId, [id, 'nonsense']))).toBe('InvalidParameterException');
  expect(await refusalOf(associate(randomUUID(), [id]))).toBe('ResourceNotFoundException');
  expect(await refusalOf(associate(centre.admin.userId, [id]))).toBe('ResourceNotFoundException');
  expect(await refusalOf(disassociate(queueId, [randomUUID()]))).toBe('ResourceNotFoundException');
  expect(await offered(queueId)).toEqual([]);
});

test('a queue offers 700 and not one more, however many ask at once', async () => {
  const queueId = await addQueue('full');
  const ids = await addNumbers(720, 'full');
  const calls = Array.from({ length: 18 }, (_, index) => associate(queueId, ids.slice(index * 40, index * 40 + 40)));
  const refusals = await Promise.all(calls.map(refusalOf));
  expect(refusals.filter((code) => code === 'LimitExceededException')).toHaveLength(1);
  expect(await offered(queueId)).toHaveLength(680);
  const free = ids.filter((_, index) => refusals[Math.floor(index / 40)] !== 'was not refused');
  await associate(queueId, free.slice(0, 20));
  expect(await refusalOf(associate(queueId, free.slice(20, 21)))).toBe('LimitExceededException');
  expect(await refusalOf(associate(queueId, free.slice(0, 5)))).toBe('was not refused');
});

test('associations go with the quick connect', async () => {
  const queueId = await addQueue('goes');
  const [id = ''] = await addNumbers(1, 'goes');
  await associate(queueId, [id]);
  await centre.call('DeleteQuickConnect', { QuickConnectId: id });
  expect(await offered(queueId)).toEqual([]);
});
