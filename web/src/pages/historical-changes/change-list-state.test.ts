import { expect, test } from 'vitest';
import { readList } from '../../components/list-state.ts';
import { changeListShape, changeSearch, toChangesRequest } from './change-list-state.ts';

const now = new Date('2026-11-28T12:00:00Z');
const requestOf = (search: Record<string, string>) => toChangesRequest(readList(changeListShape, search, 25), now);
const seconds = (time: string) => Date.parse(time) / 1000;

test('a plain address asks for the changes of the last 31 days, also by a clock that is ahead', () => {
  expect(requestOf({})).toEqual({
    StartTime: seconds('2026-10-28T12:00:00Z'),
    EndTime: seconds('2026-11-28T13:00:00Z'),
  });
});

test('the longest time range is no longer than the server takes', () => {
  const { StartTime = 0, EndTime = 0 } = requestOf({ range: '731d' });
  expect(EndTime - StartTime).toBe(731 * 86_400);
});

test('each filter of the address is one of the request', () => {
  const search = {
    range: '2026-01-01T00:00Z_2026-02-01T00:00Z',
    by: ' admin ',
    type: 'agent',
    resource: 'ada',
    id: 'some-id',
    change: 'DELETED',
    operation: 'DeleteUser',
    door: 'API',
  };
  expect(changeSearch(search)).toEqual(search);
  expect(requestOf(search)).toEqual({
    StartTime: seconds('2026-01-01T00:00:00Z'),
    EndTime: seconds('2026-02-01T00:00:00Z'),
    ActorName: 'admin',
    ResourceTypes: ['agent'],
    ResourceName: 'ada',
    ResourceId: 'some-id',
    Actions: ['DELETED'],
    Operations: ['DeleteUser'],
    Doors: ['API'],
  });
});

test('what means nothing is dropped from the address', () => {
  expect(changeSearch({ type: 'access-key', change: 'READ', door: 'WINDOW', range: '800d' })).toEqual({});
});
