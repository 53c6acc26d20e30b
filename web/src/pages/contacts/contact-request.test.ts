import { expect, test } from 'vitest';
import { filterOf, readList } from '../../components/list-state.ts';
import { contactListShape, contactSearch } from './contact-list-state.ts';
import { isContactFiltered, isContactId, readPairs, toContactsRequest, toPage } from './contact-request.ts';

const now = new Date('2026-11-23T12:00:00Z');
const id = '0f14d0ab-9605-4a62-a9e4-5ed26688389b';
const state = (given: Record<string, string>) => readList(contactListShape, given, 25);
const request = (given: Record<string, string>) => toContactsRequest(state(given), now);
const filter = (given: Record<string, string>) => filterOf(contactListShape, state(given));
const seconds = (time: string) => Date.parse(time) / 1000;

test('a plain address asks for the last seven days, newest first', () => {
  expect(request({})).toEqual({
    TimeRange: {
      Type: 'INITIATION_TIMESTAMP',
      StartTime: seconds('2026-11-16T12:00:00Z'),
      EndTime: now.getTime() / 1000,
    },
    Sort: { FieldName: 'INITIATION_TIMESTAMP', Order: 'DESCENDING' },
  });
  expect(isContactFiltered(filter({}))).toBe(false);
  expect(isContactFiltered(filter({ range: '14d', time: 'DISCONNECT_TIMESTAMP' }))).toBe(false);
});

test('every filter of the address is asked for', () => {
  const given = {
    time: 'DISCONNECT_TIMESTAMP',
    range: '2026-11-01T00:00Z_2026-11-08T00:00Z',
    sort: 'CHANNEL',
    agents: `${id},b`,
    queue: 'q,p',
    hg: 'g,h',
    rp: 'r,s',
    channel: 'CHAT',
    method: 'API',
    recorded: 'TRANSCRIPT',
    address: '+1206',
    attributes: 'Language=de; Tier',
    tags: 'Team=Blue',
  };
  expect(request(given)).toEqual({
    TimeRange: {
      Type: 'DISCONNECT_TIMESTAMP',
      StartTime: seconds('2026-11-01T00:00:00Z'),
      EndTime: seconds('2026-11-08T00:00:00Z'),
    },
    Sort: { FieldName: 'CHANNEL', Order: 'ASCENDING' },
    SearchCriteria: {
      AgentIds: [id, 'b'],
      QueueIds: ['q', 'p'],
      AgentHierarchyGroups: {
        L1Ids: ['g', 'h'],
        L2Ids: ['g', 'h'],
        L3Ids: ['g', 'h'],
        L4Ids: ['g', 'h'],
        L5Ids: ['g', 'h'],
      },
      Channels: ['CHAT'],
      InitiationMethods: ['API'],
      SearchableContactAttributes: {
        Criteria: [
          { Key: 'Language', Values: ['de'] },
          { Key: 'Tier', Values: [] },
        ],
        MatchType: 'MATCH_ALL',
      },
      ContactTags: { AndConditions: [{ TagKey: 'Team', TagValue: 'Blue' }] },
    },
    RoutingProfileIds: ['r', 's'],
    Recorded: ['TRANSCRIPT'],
    Endpoint: '+1206',
  });
  expect(contactSearch(given)).toEqual(given);
  expect(isContactFiltered(filter({ tags: 'Team' }))).toBe(true);
});

test('an id is asked for as soon as it is one', () => {
  expect(request({ q: id.slice(0, 20) })).not.toHaveProperty('ContactId');
  expect(request({ q: id })).toMatchObject({ ContactId: id });
  expect([id, id.toUpperCase(), ` ${id}`, 'x', ''].map(isContactId)).toEqual([true, true, true, false, false]);
});

test('pairs are keys with values, or with any', () => {
  expect(readPairs('')).toEqual([]);
  expect(readPairs(' a = b=c ;; d ; e= ; =f')).toEqual([
    { key: 'a', value: 'b=c' },
    { key: 'd', value: null },
    { key: 'e', value: '' },
  ]);
});

test('no page lies behind what is counted', () => {
  expect(toPage({ page: 3, size: 25 })).toEqual({ StartIndex: 50, MaxResults: 25 });
  expect(toPage({ page: 9999, size: 100 })).toEqual({ StartIndex: 9900, MaxResults: 100 });
});
