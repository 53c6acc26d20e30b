import { afterAll, beforeAll, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { type Centre, openCentre } from '../../../test/support/centre.ts';

const toNumber = () => ({ QuickConnectType: 'PHONE_NUMBER' as const, PhoneConfig: { PhoneNumber: '+12065550100' } });

let own: Centre;
const names = ['alpha', 'Beta', 'beta', 'BETA 50%', 'Beta 500', 'gamma', 'Ärger', 'zeta'];
beforeAll(async () => {
  own = await openCentre();
  for (const [index, Name] of names.entries()) {
    await own.call('CreateQuickConnect', {
      Name,
      Description: index % 2 ? 'Odd one' : undefined,
      Tags: { parity: index % 2 ? 'odd' : 'even', ...(index === 0 && { first: 'yes' }) },
      QuickConnectConfig: toNumber(),
    });
  }
});
afterAll(() => own.close());

const listed = async (input: Record<string, unknown>) => {
  const pages = await allPages((NextToken) => own.call('ListQuickConnects', { ...input, NextToken }));
  return pages.flatMap((page) => page.QuickConnectSummaryList ?? []);
};
const searched = async (input: Record<string, unknown>) => {
  const pages = await allPages((NextToken) => own.call('SearchQuickConnects', { ...input, MaxResults: 3, NextToken }));
  const found = pages.flatMap((page) => (page.QuickConnects ?? []).map(({ Name }) => Name));
  for (const page of pages) expect(page.ApproximateTotalCount).toBe(found.length);
  return found;
};
const by = (FieldName: string, ComparisonType: string, Value: string) => ({
  StringCondition: { FieldName, ComparisonType, Value },
});

test('pages of any size show every one once, by name without regard to case', async () => {
  const whole = (await listed({})).map(({ Name }) => Name);
  expect(whole.toSorted()).toEqual(names.toSorted());
  expect(whole.map((name) => name?.toLowerCase())).toEqual(names.map((name) => name.toLowerCase()).toSorted());
  for (const MaxResults of [1, 2, 3, 7, 8, 9]) {
    expect((await listed({ MaxResults })).map(({ Name }) => Name)).toEqual(whole);
  }
});

test('a row that goes or comes between two pages neither repeats nor hides another', async () => {
  const moving = await openCentre();
  const page = (input: object) => moving.call('ListQuickConnects', { ...input });
  for (const Name of ['b', 'c', 'd', 'e']) {
    await moving.call('CreateQuickConnect', { Name, QuickConnectConfig: toNumber() });
  }
  const { QuickConnectSummaryList: first = [], NextToken } = await page({ MaxResults: 2 });
  await moving.call('DeleteQuickConnect', { QuickConnectId: first.at(-1)?.Id ?? '' });
  await moving.call('CreateQuickConnect', { Name: 'a', QuickConnectConfig: toNumber() });
  const { QuickConnectSummaryList: rest = [] } = await page({ NextToken });
  expect([...first, ...rest].map(({ Name }) => Name)).toEqual(['b', 'c', 'd', 'e']);
  await moving.close();
});

test('a token of another list, or of nobody, is refused', async () => {
  const { NextToken } = await own.call('ListQuickConnects', { MaxResults: 1 });
  expect(await refusalOf(own.call('SearchQuickConnects', { NextToken }))).toBe('InvalidParameterException');
  for (const token of ['', 'nonsense', Buffer.from('["quick-connects","a","b"]').toString('base64url')]) {
    expect(await refusalOf(own.call('ListQuickConnects', { NextToken: token }))).toBe('InvalidParameterException');
  }
});

test('a list shows the types asked for', async () => {
  expect(await listed({ QuickConnectTypes: ['USER', 'QUEUE'] })).toEqual([]);
  expect(await listed({ QuickConnectTypes: ['PHONE_NUMBER'] })).toHaveLength(names.length);
});

test('a search compares without regard to case, and takes wildcards as they stand', async () => {
  expect(await searched({ SearchCriteria: by('name', 'STARTS_WITH', 'BETA') })).toHaveLength(4);
  expect(await searched({ SearchCriteria: by('name', 'CONTAINS', '50%') })).toEqual(['BETA 50%']);
  expect(await searched({ SearchCriteria: by('name', 'CONTAINS', '_') })).toEqual([]);
  expect(await searched({ SearchCriteria: by('name', 'EXACT', 'ärger') })).toEqual(['Ärger']);
  expect(await searched({ SearchCriteria: by('description', 'CONTAINS', 'odd') })).toHaveLength(4);
});

test('a search by resourceID takes an id or an ARN', async () => {
  const [first] = await listed({ MaxResults: 1 });
  expect(await searched({ SearchCriteria: by('resourceID', 'EXACT', first?.Id ?? '') })).toEqual([first?.Name]);
  expect(await searched({ SearchCriteria: by('resourceID', 'EXACT', first?.Arn ?? '') })).toEqual([first?.Name]);
});

test('And, Or and tags combine', async () => {
  const either = { OrConditions: [by('name', 'EXACT', 'alpha'), by('name', 'EXACT', 'zeta')] };
  expect(await searched({ SearchCriteria: either })).toEqual(['alpha', 'zeta']);
  const both = { AndConditions: [either, by('description', 'CONTAINS', 'odd')] };
  expect(await searched({ SearchCriteria: both })).toEqual(['zeta']);
  const tagged = { TagFilter: { TagCondition: { TagKey: 'first' } } };
  expect(await searched({ SearchFilter: tagged })).toEqual(['alpha']);
  const evenOr = {
    TagFilter: {
      OrConditions: [
        [
          { TagKey: 'parity', TagValue: 'even' },
          { TagKey: 'first', TagValue: 'yes' },
        ],
        [{ TagKey: 'parity', TagValue: 'nonsense' }],
      ],
    },
  };
  expect(await searched({ SearchFilter: evenOr })).toEqual(['alpha']);
  const odd = { TagFilter: { AndConditions: [{ TagKey: 'parity', TagValue: 'odd' }] } };
  expect(await searched({ SearchFilter: odd, SearchCriteria: by('name', 'STARTS_WITH', 'z') })).toEqual(['zeta']);
});

test('a search that cannot be meant is refused', async () => {
  const attempt = (input: object) => refusalOf(own.call('SearchQuickConnects', { ...input }));
  let deep: object = by('name', 'EXACT', 'x');
  for (let depth = 0; depth < 20; depth += 1) deep = { AndConditions: [deep] };
  for (const criteria of [
    by('colour', 'EXACT', 'red'),
    { StringCondition: { FieldName: 'name', ComparisonType: 'EXACT' } },
    { StringCondition: { FieldName: 'name', Value: 'x' } },
    deep,
    { OrConditions: Array.from({ length: 500 }, () => by('name', 'EXACT', 'x')) },
  ]) {
    expect(await attempt({ SearchCriteria: criteria })).toBe('InvalidParameterException');
  }
  const both = { TagCondition: { TagKey: 'a' }, AndConditions: [{ TagKey: 'b' }] };
  expect(await attempt({ SearchFilter: { TagFilter: both } })).toBe('InvalidParameterException');
});
