import { expect, test } from 'vitest';
import { readList } from '../../components/list-state.ts';
import { loginListShape, loginSearch, toLoginRequest } from './login-list-state.ts';

const now = new Date('2026-11-23T12:00:00Z');
const request = (given: Record<string, string>) => toLoginRequest(readList(loginListShape, given, 25), now, 'UTC');

test('a plain address asks for the last 24 hours, in the reader’s own time zone', () => {
  const day = { StartTime: now.getTime() / 1000 - 86_400, EndTime: now.getTime() / 1000, TimeZone: 'UTC' };
  expect(request({})).toEqual(day);
  expect(request({ range: '8d', zone: 'Mars/Base' })).toEqual(day);
});

test('every filter of the address is asked for', () => {
  const given = { range: '7d', zone: 'Europe/Berlin', agents: 'a,b', rp: 'r,s', hg: 'g,h' };
  expect(loginSearch(given)).toEqual(given);
  expect(request(given)).toEqual({
    StartTime: now.getTime() / 1000 - 7 * 86_400,
    EndTime: now.getTime() / 1000,
    TimeZone: 'Europe/Berlin',
    Filters: { AgentIds: ['a', 'b'], RoutingProfileIds: ['r', 's'], HierarchyGroupIds: ['g', 'h'] },
  });
});
