import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Centre, centreForFile } from '../../../test/support/centre.ts';

const centre = centreForFile();

const preview = (input: Record<string, unknown>, caller?: Parameters<Centre['call']>[2]) =>
  centre.call('PreviewUserDeletion', input, caller);

test('says what would happen to each user and in sum, and what it says then happens', async () => {
  const ids = await centre.addUsers(4, { prefix: 'previewed' });
  const [first = '', second = '', third = '', gone = ''] = ids;
  await centre.addQuickConnects([first, first, second].map((id) => id).slice(1));
  await centre.addQuickConnects([first], 'another to');
  await centre.addQuickConnects([centre.admin.userId], 'to oneself');
  await centre.call('DeleteUser', { UserId: gone });
  const unknown = randomUUID();
  const UserIds = [first, second, third, gone, centre.admin.userId, unknown, first];

  const answer = await preview({ UserIds });
  expect(answer.Summary).toEqual({
    RequestedCount: 6,
    DeletableCount: 3,
    RefusedCount: 1,
    AlreadyGoneCount: 1,
    NeverExistedCount: 1,
    UnreadableCount: 0,
    AmbiguousCount: 0,
    CaseDiffersCount: 0,
    DuplicateCount: 1,
    QuickConnectCount: 3,
    QueueCount: 1,
    SelfSelected: true,
    LastAdministratorSelected: false,
  });
  expect(answer.Queues).toMatchObject([{ Name: 'BasicQueue', QuickConnectCount: 3 }]);
  expect(answer.Users.map((user) => [user.UserId, user.Deletable, user.ErrorCode])).toEqual([
    [first, true, undefined],
    [second, true, undefined],
    [third, true, undefined],
    [gone, false, 'ResourceNotFoundException'],
    [centre.admin.userId, false, 'InvalidRequestException'],
    [unknown, false, 'ResourceNotFoundException'],
  ]);
  expect(answer.Users[0]?.QuickConnects).toMatchObject([
    { Name: `another to ${first}`, QueueNames: ['BasicQueue'] },
    { Name: `to ${first}`, QueueNames: ['BasicQueue'] },
  ]);
  // Somebody who is gone still has a name.
  expect(answer.Users[3]?.Username).toBe('previewed00004');
  expect(answer.Users[3]?.Reason).toContain('was deleted by admin00001');

  const written = await centre.db.selectFrom('user_batch').select('id').execute();
  expect(written).toEqual([]);
  await centre.call('StartUserDeletion', { UserIds, QuickConnects: 'DELETE' });
  await centre.work();
  const done = await centre.call('ListUserBatches', {});
  expect(done.UserBatches[0]?.Counts).toMatchObject({ Succeeded: 3, Failed: 3, QuickConnectsDeleted: 3 });
});

test('pages through the users, each once', async () => {
  await centre.addUsers(7, { prefix: 'paged' });
  const condition = { FieldName: 'Username', Value: 'paged', ComparisonType: 'STARTS_WITH' };
  const Search = { SearchCriteria: { StringCondition: condition } };
  const names: (string | undefined)[] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await preview({ Search, MaxResults: 3, NextToken });
    expect(page.Summary.RequestedCount).toBe(7);
    names.push(...page.Users.map((user) => user.Username));
    if (!page.NextToken) break;
    NextToken = page.NextToken;
  }
  expect(names).toEqual(Array.from({ length: 7 }, (_, index) => `paged0000${index + 1}`));
});

test('puts those who would not be deleted first where that is asked for, on whatever page they stand', async () => {
  const ids = await centre.addUsers(5, { prefix: 'sorted' });
  await centre.call('DeleteUser', { UserId: ids[3] ?? '' });
  const Usernames = [...ids.map((_, index) => `sorted0000${index + 1}`), 'nobody.at.all'];
  const given: (string | undefined)[] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await preview({ Usernames, ProblemsFirst: true, MaxResults: 2, NextToken });
    given.push(...page.Users.map((user) => user.Username ?? user.Reason));
    if (!page.NextToken) break;
    NextToken = page.NextToken;
  }
  expect(given).toEqual([
    'sorted00004',
    expect.stringContaining('nobody.at.all'),
    'sorted00001',
    'sorted00002',
    'sorted00003',
    'sorted00005',
  ]);
});

test('an access key may take oneself out of the rules that protect people', async () => {
  const answer = await preview({ UserIds: [centre.admin.userId] }, centre.key);
  expect(answer.Summary).toMatchObject({ DeletableCount: 1, RefusedCount: 0, LastAdministratorSelected: false });
});

test('a search that matches nobody is an empty preview', async () => {
  const condition = { FieldName: 'Username', Value: 'nobody at all', ComparisonType: 'EXACT' };
  const answer = await preview({ Search: { SearchCriteria: { StringCondition: condition } } });
  expect(answer).toMatchObject({ Summary: { RequestedCount: 0, DeletableCount: 0 }, Users: [], Queues: [] });
});
