import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import {
  andAll,
  attributeFilterCondition,
  criteriaCondition,
  orAny,
  stringCondition,
  type TagCondition,
  type TagFilter,
  tagFilterCondition,
} from './search.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ max: 2 });
});
afterAll(() => database.close());

const text = sql<string>`given.text`;
const tags = sql`given.tags`;

/** Whether the condition holds for a row. */
async function holds(condition: ReturnType<typeof andAll>, row: { text?: string; tags?: object }): Promise<boolean> {
  const { rows } = await sql<{ holds: boolean }>`
    select ${condition} as holds
    from (select ${row.text ?? ''}::text as text, ${JSON.stringify(row.tags ?? {})}::jsonb as tags) as given`.execute(
    database.db,
  );
  return rows[0]?.holds ?? false;
}

/** Short, from few characters, so that they often match; with everything that LIKE treats specially. */
const words = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '%', '_', '\\', 'ü', 'Ü', ' '), maxLength: 4 });

test('a string condition means what it says, whatever the characters', async () => {
  const means = {
    EXACT: (value: string, wanted: string) => value === wanted,
    STARTS_WITH: (value: string, wanted: string) => value.startsWith(wanted),
    CONTAINS: (value: string, wanted: string) => value.includes(wanted),
  };
  const comparisons = fc.constantFrom('EXACT' as const, 'STARTS_WITH' as const, 'CONTAINS' as const);
  await fc.assert(
    fc.asyncProperty(words, words, comparisons, async (value, wanted, ComparisonType) => {
      const condition = stringCondition(text, { FieldName: 'x', Value: wanted, ComparisonType });
      const expected = means[ComparisonType](value.toLowerCase(), wanted.toLowerCase());
      expect(await holds(condition, { text: value })).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

const tagConditions: fc.Arbitrary<TagCondition> = fc.record(
  { TagKey: fc.constantFrom('a', 'b', "it's"), TagValue: fc.constantFrom('', '1', '"2"') },
  { requiredKeys: ['TagKey'] },
);
const tagFilters: fc.Arbitrary<TagFilter> = fc.oneof(
  fc.record({ TagCondition: tagConditions }),
  fc.record({ AndConditions: fc.array(tagConditions, { maxLength: 3 }) }),
  fc.record({ OrConditions: fc.array(fc.array(tagConditions, { maxLength: 2 }), { maxLength: 3 }) }),
  fc.constant({}),
);

test('a tag filter means what it says', async () => {
  const matches = (own: Record<string, string>, { TagKey = '', TagValue }: TagCondition) =>
    Object.hasOwn(own, TagKey) && (TagValue === undefined || own[TagKey] === TagValue);
  const expected = (own: Record<string, string>, filter: TagFilter) => {
    if (filter.TagCondition) return matches(own, filter.TagCondition);
    if (filter.AndConditions) return filter.AndConditions.every((one) => matches(own, one));
    const any = filter.OrConditions ?? [];
    return any.length === 0 || any.some((all) => all.every((one) => matches(own, one)));
  };
  const owned = fc.dictionary(fc.constantFrom('a', 'b', "it's"), fc.constantFrom('', '1', '"2"'));
  await fc.assert(
    fc.asyncProperty(owned, tagFilters, async (own, filter) => {
      expect(await holds(tagFilterCondition(tags, filter), { tags: own })).toBe(expected(own, filter));
    }),
    { numRuns: 300 },
  );
});

test('no condition at all holds for every row, no alternative at all for none', async () => {
  expect(await holds(andAll([]), {})).toBe(true);
  expect(await holds(orAny([]), {})).toBe(false);
  expect(
    await holds(
      criteriaCondition(undefined, () => []),
      {},
    ),
  ).toBe(true);
});

test('a tag filter holds so many conditions in sum, however they are nested', () => {
  const lists = (count: number, length: number) => new Array(count).fill(new Array(length).fill({ TagKey: 'a' }));
  expect(() => tagFilterCondition(tags, { OrConditions: lists(20, 10) })).not.toThrow();
  const refusal = 'A tag filter holds 200 conditions at most; this one has 40000.';
  expect(() => tagFilterCondition(tags, { OrConditions: lists(200, 200) })).toThrow(refusal);
  expect(() =>
    attributeFilterCondition(tags, { OrConditions: lists(200, 200).map((TagConditions) => ({ TagConditions })) }),
  ).toThrow(refusal);
});
