import { expect, test } from 'vitest';
import { calls } from '../../api/calls.generated.ts';
import { actorText, type HistoricalChange, memberText, summaryOf, writingOperations } from './change-words.ts';

const change = (part: Partial<HistoricalChange>): HistoricalChange => ({
  Id: '1',
  Time: 1_764_000_000,
  Action: 'UPDATED',
  Operation: 'UpdateUserIdentityInfo',
  Door: 'WEBSITE',
  Permission: 'Users.Edit',
  Actor: { Type: 'USER', Id: '2', Name: 'admin' },
  Resource: { Type: 'agent', Id: '3', Name: 'ada' },
  Changes: [],
  RequestId: '4',
  ...part,
});
const updated = (Old: unknown, New: unknown) =>
  summaryOf(change({ Changes: [{ Member: 'FirstName', Old: JSON.stringify(Old), New: JSON.stringify(New) }] }));

test('one value that is short stands before and after in the list, others by their names', () => {
  expect(updated('Ada', 'Augusta')).toBe('First name: Ada → Augusta');
  expect(updated(null, false)).toBe('First name: none → no');
  expect(updated({ Id: '5', Name: 'Basic' }, { Id: '6', Name: 'Sales' })).toBe('First name: Basic → Sales');
  expect(updated('x'.repeat(41), 'y')).toBe('First name');
  expect(updated(['a'], ['b'])).toBe('First name');
  // Not recorded, as passwords are not.
  expect(summaryOf(change({ Changes: [{ Member: 'Password' }] }))).toBe('Password');
  const Changes = ['FirstName', 'LastName', 'Email', 'Mobile'].map((Member) => ({ Member }));
  expect(summaryOf(change({ Changes }))).toBe('First name, Last name, Email and 1 more');
  expect(summaryOf(change({ Action: 'CREATED', Changes }))).toBe('4 values');
  expect(summaryOf(change({ Action: 'DELETED' }))).toBe('–');
});

test('members are spoken', () => {
  const spoken = ['RoutingProfile', 'AfterContactWorkTimeLimit', 'UserId', 'ACW', 'Tags'].map(memberText);
  expect(spoken).toEqual(['Routing profile', 'After contact work time limit', 'User id', 'ACW', 'Tags']);
});

test('who it was is named, or told by an id', () => {
  expect(actorText(change({}))).toBe('admin');
  expect(actorText(change({ Actor: { Type: 'USER', Id: '2' } }))).toBe('2');
  expect(actorText(change({ Actor: { Type: 'ACCESS_KEY', Id: 'KEY', Name: 'KEY' } }))).toBe('Access key KEY');
});

test('what can be filtered by are the operations that change something', () => {
  const names = writingOperations(Object.keys(calls));
  for (const name of ['CreateUser', 'DeleteUser', 'StartUserDeletion', 'TagResource', 'SignIn'])
    expect(names).toContain(name);
  for (const name of ['ListUsers', 'SearchUsers', 'DescribeUser', 'PreviewUserDeletion', 'DownloadUsers'])
    expect(names).not.toContain(name);
});
