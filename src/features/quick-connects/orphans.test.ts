import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { refusalOf } from '../../../test/support/callers.ts';
import { centreForFile, openCentre } from '../../../test/support/centre.ts';
import { unlimited } from '../../access/access-control.ts';
import { inTransaction } from '../../database/transaction.ts';
import { deleteUsers } from '../users/deletion.ts';
import { deleteQuickConnectsOfUsers, insertQuickConnects, lockTarget, quickConnectsOfUsers } from './store.ts';

const centre = centreForFile({ max: 30 });
let agentTransfer: string;
beforeAll(async () => {
  const { ContactFlowSummaryList: flows } = await centre.call('ListContactFlows', {
    ContactFlowTypes: ['AGENT_TRANSFER'],
  });
  agentTransfer = flows?.[0]?.Id ?? '';
});

const toUser = (UserId: string) => ({
  QuickConnectType: 'USER' as const,
  UserConfig: { UserId, ContactFlowId: agentTransfer },
});
const create = (userId: string, Name = `to ${userId}`) =>
  centre.call('CreateQuickConnect', { Name, QuickConnectConfig: toUser(userId) }, centre.key);
const destinations = (input: object) => centre.call('SearchQuickConnectDestinations', { ...input });

test('a quick connect outlives its user unchanged, can be listed, described, re-pointed and deleted', async () => {
  const [gone = '', other = ''] = await centre.addUsers(2, { prefix: 'orphaned' });
  const { QuickConnectId } = await create(gone);
  const before = await centre.call('DescribeQuickConnect', { QuickConnectId });
  await centre.call('DeleteUser', { UserId: gone });

  expect(await centre.call('DescribeQuickConnect', { QuickConnectId })).toEqual(before);
  const { QuickConnectSummaryList } = await centre.call('ListQuickConnects', {});
  expect(QuickConnectSummaryList?.map(({ Id }) => Id)).toContain(QuickConnectId);

  const again = centre.call('UpdateQuickConnectConfig', { QuickConnectId, QuickConnectConfig: toUser(gone) });
  expect(await refusalOf(again)).toBe('ResourceNotFoundException');
  await centre.call('UpdateQuickConnectName', { QuickConnectId, Name: 'still of use' });
  await centre.call('UpdateQuickConnectConfig', { QuickConnectId, QuickConnectConfig: toUser(other) });
  expect((await destinations({ UserIds: [other] })).QuickConnects).toMatchObject([{ Orphaned: false }]);
  await centre.call('DeleteQuickConnect', { QuickConnectId });
  expect((await destinations({ UserIds: [other] })).TotalCount).toBe(0);
});

test('destinations say what is gone, since when, by whom, and which queues still offer it', async () => {
  const own = await openCentre();
  const [gone = '', stays = ''] = await own.addUsers(2, { prefix: 'dest' });
  const [orphan = '', healthy = ''] = await own.addQuickConnects([gone, stays]);
  await own.call('CreateQuickConnect', {
    Name: 'a number',
    QuickConnectConfig: { QuickConnectType: 'PHONE_NUMBER', PhoneConfig: { PhoneNumber: '+12065550100' } },
  });
  await own.call('DeleteUser', { UserId: gone });
  const find = (input: object) => own.call('SearchQuickConnectDestinations', { ...input });

  const whole = await find({});
  expect(whole).toMatchObject({ TotalCount: 3, OrphanedCount: 1 });
  expect(whole.QuickConnects.map(({ Name }) => Name)).toEqual(
    ['a number', `to ${gone}`, `to ${stays}`].toSorted((a, b) => (a < b ? -1 : 1)),
  );
  const orphans = await find({ Orphaned: true });
  expect(orphans).toMatchObject({ TotalCount: 1, OrphanedCount: 1 });
  expect(orphans.QuickConnects[0]).toMatchObject({
    QuickConnectId: orphan,
    Orphaned: true,
    Queues: [{ Name: 'BasicQueue' }],
    Destination: {
      Type: 'USER',
      Id: gone,
      Name: 'dest00001',
      Exists: false,
      DeletedBy: 'admin00001',
      DeletedTime: expect.any(Number),
    },
  });
  const living = await find({ Orphaned: false, SortBy: 'Destination', SortOrder: 'DESCENDING' });
  expect(living.QuickConnects).toMatchObject([
    { QuickConnectId: healthy, Destination: { Id: stays, Name: 'dest00002', Exists: true } },
    { Name: 'a number', Destination: { Type: 'PHONE_NUMBER', Name: '+12065550100', Exists: true } },
  ]);
  expect(living).toMatchObject({ TotalCount: 2, OrphanedCount: 1 });
  const second = await find({ SortBy: 'QuickConnectType', StartIndex: 1, MaxResults: 1 });
  expect(second.QuickConnects).toHaveLength(1);
  expect(second.TotalCount).toBe(3);
  expect((await find({ NameContains: 'NUMBER' })).QuickConnects).toMatchObject([{ Name: 'a number' }]);
  expect((await find({ QuickConnectTypes: ['USER'] })).TotalCount).toBe(2);
  await own.close();
});

test('destinations are for those who see quick connects', async () => {
  const queues = await centre.signedIn(['Queues.View']);
  expect(await refusalOf(centre.call('SearchQuickConnectDestinations', {}, queues))).toBe('AccessDeniedException');
  const viewer = await centre.signedIn(['TransferDestinations.View']);
  expect(await refusalOf(centre.call('SearchQuickConnectDestinations', {}, viewer))).toBe('was not refused');
});

test('the quick connects of users are found with their queues, and deleted set-wise', async () => {
  const users = await centre.addUsers(3, { prefix: 'set' });
  const [first = '', second = '', third = ''] = users;
  const ids = await centre.addQuickConnects([first, second], 'set');
  await create(first, 'another to the first');

  const found = await quickConnectsOfUsers(centre.db, centre.instance.id, unlimited, users);
  expect(found).toHaveLength(3);
  expect(found.find(({ id }) => id === ids[0])).toMatchObject({ userId: first, queues: [{ name: 'BasicQueue' }] });
  expect(found.find(({ name }) => name === 'another to the first')).toMatchObject({ userId: first, queues: [] });
  expect(await quickConnectsOfUsers(centre.db, centre.instance.id, unlimited, [])).toEqual([]);

  const gone = await inTransaction(centre.db, (tx) =>
    deleteQuickConnectsOfUsers(tx, centre.instance.id, [first, third]),
  );
  expect(gone.map(({ name }) => name).toSorted()).toEqual(['another to the first', `set ${first}`].toSorted());
  expect(gone.map(({ id }) => id)).toEqual(gone.map(({ id }) => id).toSorted());
  expect(await quickConnectsOfUsers(centre.db, centre.instance.id, unlimited, users)).toMatchObject([
    { userId: second },
  ]);
  const elsewhere = await inTransaction(centre.db, (tx) => deleteQuickConnectsOfUsers(tx, randomUUID(), [second]));
  expect(elsewhere).toEqual([]);
});

/** Resolves when somebody in the database waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ waiting: boolean }>`
      select exists (select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock') as waiting`.execute(centre.db);
    if (rows[0]?.waiting) return;
  }
}

test('a create waits for a deletion that is under way, and then finds nobody', async () => {
  const [userId = ''] = await centre.addUsers(1, { prefix: 'race' });
  const { refused } = await inTransaction(centre.db, async (tx) => {
    await tx.deleteFrom('users').where('id', '=', userId).execute();
    const refused = refusalOf(create(userId));
    await untilSomebodyWaits();
    return { refused };
  });
  expect(await refused).toBe('ResourceNotFoundException');
});

test('a deletion waits for a create that is under way, and takes its quick connect with it', async () => {
  const [userId = ''] = await centre.addUsers(1, { prefix: 'race-back' });
  const target = { type: 'USER', userId, contactFlowId: agentTransfer } as const;
  const { deletion } = await inTransaction(centre.db, async (tx) => {
    await lockTarget(tx, centre.instance.id, target);
    const deletion = inTransaction(centre.db, (other) =>
      deleteUsers(other, centre.instance, { type: 'ACCESS_KEY', id: 'TESTKEY' }, [userId], { quickConnects: 'DELETE' }),
    );
    await untilSomebodyWaits();
    const { id: instanceId, region } = centre.instance;
    await insertQuickConnects(tx, [
      { id: randomUUID(), instanceId, name: 'just in time', description: null, target, now: new Date(), region },
    ]);
    return { deletion };
  });
  expect((await deletion).outcomes.get(userId)).toEqual({ kind: 'DELETED', quickConnectsDeleted: 1 });
  expect(await quickConnectsOfUsers(centre.db, centre.instance.id, unlimited, [userId])).toEqual([]);
});

test('among many creates, re-pointings and deletions at once no orphan slips through', async () => {
  const users = await centre.addUsers(40, { prefix: 'crowd' });
  const [anchor = ''] = await centre.addUsers(1, { prefix: 'anchor' });
  const { QuickConnectId: wanderer } = await create(anchor, 'wanderer');
  const remove = (ids: readonly string[]) =>
    inTransaction(centre.db, (tx) =>
      deleteUsers(tx, centre.instance, { type: 'ACCESS_KEY', id: 'TESTKEY' }, ids, { quickConnects: 'DELETE' }),
    );
  const outcomes = await Promise.all(
    users.flatMap((userId, index) => [
      refusalOf(create(userId, `crowd ${index}`)),
      refusalOf(remove([userId, users[(index + 7) % users.length] ?? userId])),
      refusalOf(
        centre.call('UpdateQuickConnectConfig', { QuickConnectId: wanderer, QuickConnectConfig: toUser(userId) }),
      ),
    ]),
  );
  expect(new Set(outcomes)).toEqual(new Set(['was not refused', 'ResourceNotFoundException']));
  expect(await centre.living(users)).toBe(0);
  expect(await quickConnectsOfUsers(centre.db, centre.instance.id, unlimited, users)).toEqual([]);
});
