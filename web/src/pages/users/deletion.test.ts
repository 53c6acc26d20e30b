import { expect, test } from 'vitest';
import { aftermath, confirmRefusal, deleteText, isTypedNumber, queuesText, refusals } from './deletion.ts';

const summary = {
  RequestedCount: 3,
  DeletableCount: 3,
  RefusedCount: 0,
  AlreadyGoneCount: 0,
  NeverExistedCount: 0,
  UnreadableCount: 0,
  AmbiguousCount: 0,
  CaseDiffersCount: 0,
  DuplicateCount: 0,
  QuickConnectCount: 0,
  QueueCount: 0,
  SelfSelected: false,
  LastAdministratorSelected: false,
};

test('up to 25 users are confirmed without typing, more by their number', () => {
  expect(confirmRefusal({ ...summary, RequestedCount: 30, DeletableCount: 25 }, '', false)).toBeNull();
  expect(confirmRefusal({ ...summary, RequestedCount: 30, DeletableCount: 26 }, '', false)).not.toBeNull();
  expect(confirmRefusal({ ...summary, RequestedCount: 30, DeletableCount: 26 }, '26', false)).toBeNull();
});

test('a number may be typed with its thousands parted', () => {
  for (const text of ['1200', '1,200', ' 1 200 ', '1.200']) expect(isTypedNumber(text, 1200)).toBe(true);
  for (const text of ['', '120', '12000', 'all']) expect(isTypedNumber(text, 1200)).toBe(false);
});

test('oneself alone cannot be confirmed; among others it is said', () => {
  expect(confirmRefusal({ ...summary, RequestedCount: 1, SelfSelected: true }, '', false)).toBe(
    'You cannot delete yourself.',
  );
  expect(confirmRefusal({ ...summary, SelfSelected: true }, '', false)).toBeNull();
  expect(refusals({ ...summary, SelfSelected: true })).toHaveLength(1);
});

test('users that are gone already may be chosen: the batch reports them', () => {
  const stale = { ...summary, RequestedCount: 1, DeletableCount: 0, AlreadyGoneCount: 1 };
  expect(confirmRefusal(stale, '', false)).toBeNull();
  expect(refusals(stale)[0]).toContain('1 user is gone already');
});

test('each thing that an entry of a list can be is said in words of its own', () => {
  const list = { ...summary, RequestedCount: 9, DeletableCount: 1 };
  const said = refusals({ ...list, AlreadyGoneCount: 1, NeverExistedCount: 2, UnreadableCount: 1, AmbiguousCount: 1 });
  expect(said).toEqual([
    '1 user is gone already, and will be reported as not deleted.',
    '2 entries name nobody who is or was here. Look for typing errors.',
    '1 entry cannot be read as what the list should have.',
    '1 entry fits several users, none of whom will be deleted.',
    '3 entries name nobody whom you reach.',
  ]);
});

test('logins in another case are confirmed by a look at them', () => {
  const differing = { ...summary, CaseDiffersCount: 1 };
  expect(confirmRefusal(differing, '', false)).toBe('Say above that the logins in another case are meant.');
  expect(confirmRefusal(differing, '', true)).toBeNull();
});

test('the queues are named, the rest counted', () => {
  const queue = (Name: string) => ({ QueueId: Name, Name, QuickConnectCount: 1 });
  expect(queuesText({ Summary: summary, Queues: [] })).toBe('No queue offers them.');
  expect(queuesText({ Summary: { ...summary, QueueCount: 1 }, Queues: [queue('A')] })).toBe(
    'Agents of the queue A see them.',
  );
  expect(queuesText({ Summary: { ...summary, QueueCount: 5 }, Queues: ['A', 'B', 'C', 'D', 'E'].map(queue) })).toBe(
    'Agents of the queues A, B, C and 2 more see them.',
  );
});

test('the button says how many of how many it deletes', () => {
  expect(deleteText(summary)).toBe('Delete 3 users');
  expect(deleteText({ ...summary, DeletableCount: 1 })).toBe('Delete 1 of 3 users');
  expect(deleteText({ ...summary, RequestedCount: 1, DeletableCount: 1 })).toBe('Delete 1 user');
});

test('of one user it speaks in the singular', () => {
  expect(aftermath(1)).toMatch(
    /^The user can .* the user’s name\. The Agent activity audit no longer offers the user, /,
  );
  expect(aftermath(2)).toMatch(/^The users can .* their names\. The Agent activity audit no longer offers them, /);
});
