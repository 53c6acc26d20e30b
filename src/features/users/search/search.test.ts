import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Centre, centreForFile, monday } from '../../../../test/support/centre.ts';
import { arnOf } from '../../../operations/arn.ts';
import type { NewUser } from '../types.ts';
import type { UserSearch } from './condition.ts';

type Criteria = NonNullable<UserSearch['SearchCriteria']>;
type Filter = NonNullable<UserSearch['SearchFilter']>;
type Group = { id: string; parent: string | null };
type Answer = { Users: { Id: string; Username: string }[]; NextToken?: string; ApproximateTotalCount: number };

/** A tree of hierarchy groups, parents before their children. */
const groups: Group[] = [];
for (const parent of [null, null, 0, 0, 1, 2, 4]) {
  groups.push({ id: randomUUID(), parent: parent === null ? null : (groups[parent]?.id ?? null) });
}
const routingProfiles = [randomUUID(), randomUUID()];
const names = ['Ana', 'anabel', 'Änne', 'Bob', 'bo_b', '50%', 'back\\slash', "O'Neil", 'Li Wei', null];
const tags: Record<string, string>[] = [
  {},
  { Team: 'North' },
  { Team: 'South' },
  { Team: 'North', Site: 'Köln' },
  { site: 'x' },
];

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });
let securityProfiles: string[];
const users: NewUser[] = [];
beforeAll(async () => {
  const { db, instance } = centre;
  const modified = { last_modified_time: centre.clock, last_modified_region: 'us-east-1' };
  for (const [index, { id, parent }] of groups.entries()) {
    const group = { id, instance_id: instance.id, level: parent ? 2 : 1, parent_group_id: parent, name: `G${index}` };
    await db
      .insertInto('hierarchy_group')
      .values({ ...group, ...modified })
      .execute();
  }
  const basic = await db.selectFrom('routing_profile').selectAll().executeTakeFirstOrThrow();
  for (const id of routingProfiles) {
    const media = JSON.stringify(basic.media_concurrencies);
    await db
      .insertInto('routing_profile')
      .values({ ...basic, id, name: id, media_concurrencies: media, tags: '{}' })
      .execute();
  }
  securityProfiles = Object.values(centre.securityProfiles).slice(0, 3);
  // Spread so that every value meets every other one somewhere.
  for (let n = 0; n < 90; n += 1) {
    const user: NewUser = {
      id: randomUUID(),
      username: `${['Ann', 'ben', 'C_d', 'é'][n % 4]}${n}`,
      firstName: names[n % names.length] ?? null,
      lastName: names[(n * 7 + 3) % names.length] ?? null,
      routingProfileId: routingProfiles[n % 2] ?? '',
      hierarchyGroupId: groups[n % (groups.length + 2)]?.id ?? null,
      securityProfileIds: securityProfiles.filter((_, bit) => ((n % 7) + 1) & (1 << bit)),
      tags: tags[n % tags.length] ?? {},
    };
    users.push(user);
    await centre.addUser(user);
  }
});

const search = (input: object) => centre.call('SearchUsers', input);

// ---- The model: what a search means, over the list above ---------------------------------------------------------

function textMatches(text: string | null | undefined, value: string, comparison: string | undefined): boolean {
  if (text === null || text === undefined) return false;
  const [whole, part] = [text.toLowerCase(), value.normalize('NFC').toLowerCase()];
  if (comparison === 'EXACT') return whole === part;
  return comparison === 'STARTS_WITH' ? whole.startsWith(part) : whole.includes(part);
}

const textsOf: Record<string, (user: NewUser) => (string | null | undefined)[]> = {
  username: (user) => [user.username],
  firstname: (user) => [user.firstName],
  lastname: (user) => [user.lastName],
  resourceid: (user) => [user.id],
  routingprofileid: (user) => [user.routingProfileId],
  securityprofileid: (user) => [...user.securityProfileIds],
};

const lies = (group: string | null | undefined, below: string): boolean =>
  group === below || (!!group && lies(groups.find(({ id }) => id === group)?.parent, below));

function inGroup(user: NewUser, condition: NonNullable<Criteria['HierarchyGroupCondition']>): boolean {
  const wanted = condition.Value ?? '';
  return condition.HierarchyGroupMatchType === 'EXACT'
    ? user.hierarchyGroupId === wanted
    : lies(user.hierarchyGroupId, wanted);
}

function hasTag(user: NewUser, { TagKey = '', TagValue }: { TagKey?: string; TagValue?: string }): boolean {
  const value = user.tags?.[TagKey];
  return value !== undefined && (TagValue === undefined || value === TagValue);
}

function meets(user: NewUser, node: Criteria): boolean {
  const { StringCondition: text, HierarchyGroupCondition: group, AndConditions: and, OrConditions: or } = node;
  return (
    (!text ||
      (textsOf[text.FieldName?.toLowerCase() ?? '']?.(user) ?? []).some((one) =>
        textMatches(one, text.Value ?? '', text.ComparisonType),
      )) &&
    (!group || inGroup(user, group)) &&
    !node.ListCondition &&
    (!and || and.every((below) => meets(user, below))) &&
    (!or || or.some((below) => meets(user, below)))
  );
}

function passes(user: NewUser, { TagFilter: byTags, UserAttributeFilter: byAttributes }: Filter): boolean {
  if (byTags) {
    const { OrConditions: or, AndConditions: and, TagCondition: one } = byTags;
    const all = and ?? (one ? [one] : null);
    return all
      ? all.every((tag) => hasTag(user, tag))
      : (or ?? []).some((list) => list.every((tag) => hasTag(user, tag)));
  }
  if (!byAttributes) return true;
  const { OrConditions: or, AndCondition: and, TagCondition: tag, HierarchyGroupCondition: group } = byAttributes;
  const lists = or ?? [and ?? { TagConditions: tag ? [tag] : [], HierarchyGroupCondition: group }];
  return lists.some(
    (list) =>
      (list.TagConditions ?? []).every((one) => hasTag(user, one)) &&
      (!list.HierarchyGroupCondition || inGroup(user, list.HierarchyGroupCondition)),
  );
}

// ---- Random searches ------------------------------------------------------------------------------------------------

const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const comparison = pick('EXACT' as const, 'STARTS_WITH' as const, 'CONTAINS' as const);
const texts = pick(
  'an',
  'ANA',
  'än',
  'ÄNNE',
  'o_',
  '0%',
  'k\\s',
  "o'n",
  'i w',
  'ben1',
  'c_d',
  'nobody',
  'É1',
  'Li Wei',
);
const leaf: fc.Arbitrary<Criteria> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(pick('Username', 'FirstName', 'LastName', 'username', 'LASTNAME'), texts, comparison)
      .map(([FieldName, Value, ComparisonType]) => ({ StringCondition: { FieldName, Value, ComparisonType } })),
  },
  {
    weight: 3,
    // The users are there when a value is drawn, not when this line is read.
    arbitrary: fc
      .tuple(pick('RoutingProfileId', 'SecurityProfileId', 'resourceId', 'ResourceId'), fc.nat(), comparison, fc.nat(8))
      .map(([FieldName, n, ComparisonType, length]) => {
        const user = users[n % users.length];
        const id = textsOf[FieldName.toLowerCase()]?.(user as NewUser)[0] ?? '';
        const Value = ComparisonType === 'EXACT' ? id : id.slice(0, length + 2);
        return { StringCondition: { FieldName, Value, ComparisonType } };
      }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(pick(...groups), pick('EXACT' as const, 'WITH_CHILD_GROUPS' as const))
      .map(([{ id }, HierarchyGroupMatchType]) => ({
        HierarchyGroupCondition: { Value: id, HierarchyGroupMatchType },
      })),
  },
  { weight: 1, arbitrary: fc.constant<Criteria>({ ListCondition: { TargetListType: 'PROFICIENCIES' } }) },
);
const criteria = fc.letrec<{ node: Criteria; many: Criteria[] }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('many').map((AndConditions) => ({ AndConditions })),
    tie('many').map((OrConditions) => ({ OrConditions })),
    fc.tuple(leaf, tie('many')).map(([own, OrConditions]) => ({ ...own, OrConditions })),
  ),
  many: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
})).node;
const tag = fc
  .tuple(pick('Team', 'Site', 'site', 'none'), pick('North', 'South', 'Köln', 'x', undefined))
  .map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
const group = fc
  .tuple(pick(...groups), pick('EXACT' as const, 'WITH_CHILD_GROUPS' as const))
  .map(([{ id }, HierarchyGroupMatchType]) => ({ Value: id, HierarchyGroupMatchType }));
const tagList = fc.array(tag, { minLength: 1, maxLength: 2 });
const attributes = fc.oneof(
  tagList.map((TagConditions) => ({ TagConditions })),
  group.map((HierarchyGroupCondition) => ({ HierarchyGroupCondition })),
  fc
    .tuple(tagList, group)
    .map(([TagConditions, HierarchyGroupCondition]) => ({ TagConditions, HierarchyGroupCondition })),
);
const filter: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  tag.map((TagCondition) => ({ TagFilter: { TagCondition } })),
  tagList.map((AndConditions) => ({ TagFilter: { AndConditions } })),
  fc.array(tagList, { minLength: 1, maxLength: 3 }).map((OrConditions) => ({ TagFilter: { OrConditions } })),
  tag.map((TagCondition) => ({ UserAttributeFilter: { TagCondition } })),
  group.map((HierarchyGroupCondition) => ({ UserAttributeFilter: { HierarchyGroupCondition } })),
  attributes.map((AndCondition) => ({ UserAttributeFilter: { AndCondition } })),
  fc
    .array(attributes, { minLength: 1, maxLength: 3 })
    .map((OrConditions) => ({ UserAttributeFilter: { OrConditions } })),
);

async function everyPage(input: UserSearch, size: number): Promise<Answer['Users']> {
  const found: Answer['Users'] = [];
  for (let token: string | undefined; ; ) {
    const page = await search({ ...input, MaxResults: size, ...(token && { NextToken: token }) });
    expect(page.Users.length).toBeLessThanOrEqual(size);
    found.push(...page.Users);
    if (!page.NextToken) {
      expect(page.ApproximateTotalCount).toBe(found.length);
      return found;
    }
    expect(page.Users).toHaveLength(size);
    token = page.NextToken;
  }
}

describe('SearchUsers', () => {
  test('finds what the conditions mean, each user once over all pages', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(fc.option(criteria, { nil: undefined }), filter, pick(7, 40, 500), async (tree, rest, size) => {
        const expected = users.filter((user) => (!tree || meets(user, tree)) && passes(user, rest));
        hits += expected.length > 0 && expected.length < users.length ? 1 : 0;
        const found = await everyPage({ SearchCriteria: tree, SearchFilter: rest }, size);
        expect(found.map((user) => user.Id).toSorted()).toEqual(expected.map((user) => user.id).toSorted());
      }),
      { numRuns: 200 },
    );
    // Searches that find everybody or nobody say little.
    expect(hits).toBeGreaterThan(20);
  });

  test('answers in the order of logins, without regard to case', async () => {
    const found = await everyPage({}, 7);
    const logins = found.map((user) => user.Username.toLowerCase());
    expect(logins).toHaveLength(users.length);
    expect(logins).toEqual(logins.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test('takes ARNs for ids, and refuses those of another instance', async () => {
    const [group = { id: '', parent: null }] = groups;
    const by = (instance: Centre['instance']): Criteria[] => [
      {
        StringCondition: {
          FieldName: 'RoutingProfileId',
          Value: arnOf(instance, 'routing-profile', routingProfiles[0] ?? ''),
          ComparisonType: 'EXACT',
        },
      },
      {
        HierarchyGroupCondition: { Value: arnOf(instance, 'agent-group', group.id), HierarchyGroupMatchType: 'EXACT' },
      },
    ];
    for (const SearchCriteria of by(centre.instance)) {
      expect((await search({ SearchCriteria })).ApproximateTotalCount).toBeGreaterThan(0);
    }
    for (const SearchCriteria of by({ ...centre.instance, id: randomUUID() })) {
      await expect(search({ SearchCriteria })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    }
  });

  test('answers after contact work in milliseconds and no e-mail address', async () => {
    const id = await centre.addUser({ username: 'millis', email: 'a@example.com', afterContactWorkTimeLimit: 45 });
    try {
      const SearchCriteria = { StringCondition: { FieldName: 'Username', Value: 'millis', ComparisonType: 'EXACT' } };
      const { Users } = await search({ SearchCriteria });
      expect(Users).toMatchObject([
        { PhoneConfig: { AfterContactWorkTimeLimit: 45_000 }, IdentityInfo: { FirstName: 'First', LastName: 'Last' } },
      ]);
      expect(JSON.stringify(Users)).not.toContain('@');
    } finally {
      await centre.db.deleteFrom('users').where('id', '=', id).execute();
    }
  });

  const text = (
    Value: string | undefined,
    FieldName = 'Username',
    ComparisonType: string | undefined = 'CONTAINS',
  ) => ({
    SearchCriteria: { StringCondition: { FieldName, Value, ComparisonType } },
  });
  const deep = (levels: number): object =>
    levels === 0 ? text('ab').SearchCriteria : { AndConditions: [deep(levels - 1)] };
  test.each<[object, RegExp]>([
    [text('a'), /2 to 25 characters/],
    [text('x'.repeat(26)), /2 to 25 characters/],
    [text(undefined), /needs a Value/],
    [text('ab', 'Email'), /FieldName of a StringCondition must be/],
    [text('ab', 'Username', 'LIKE'), /ComparisonType must be one of/],
    [{ SearchCriteria: { StringCondition: { FieldName: 'Username', Value: 'ab' } } }, /ComparisonType/],
    [text('Basic', 'RoutingProfileId', 'EXACT'), /neither the id nor the ARN of a routing profile/],
    [{ SearchCriteria: { OrConditions: [] } }, /OrConditions is empty/],
    [{ SearchCriteria: { AndConditions: [{}] } }, /is empty/],
    [{ SearchCriteria: { HierarchyGroupCondition: { Value: randomUUID() } } }, /HierarchyGroupMatchType/],
    [{ SearchCriteria: deep(11) }, /nested/],
    [{ SearchFilter: { TagFilter: { TagCondition: { TagValue: 'x' } } } }, /needs a TagKey/],
    [{ SearchFilter: { TagFilter: { OrConditions: [[]] } } }, /OrConditions is empty/],
    [
      { SearchFilter: { TagFilter: { TagCondition: { TagKey: 'a' }, AndConditions: [{ TagKey: 'b' }] } } },
      /not several/,
    ],
    [{ SearchFilter: { UserAttributeFilter: { TagCondition: { TagKey: 'a' }, AndCondition: {} } } }, /not several/],
    [
      { SearchFilter: { UserAttributeFilter: { AndCondition: { TagConditions: Array(26).fill({ TagKey: 'a' }) } } } },
      /25 tag conditions/,
    ],
    [{ MaxResults: 0 }, /MaxResults must be from 1 to 500/],
    [{ MaxResults: 501 }, /MaxResults must be from 1 to 500/],
    [{ NextToken: 'x' }, /NextToken is not valid/],
    [{ NextToken: 'x'.repeat(2501) }, /NextToken must have 1 to 2,500 characters/],
  ])('refuses %j', async (input, message) => {
    await expect(search(input)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
  });

  test('refuses both kinds of filter at once, as Connect does', async () => {
    const SearchFilter = {
      TagFilter: { TagCondition: { TagKey: 'a' } },
      UserAttributeFilter: { TagCondition: { TagKey: 'a' } },
    };
    await expect(search({ SearchFilter })).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });
});

describe('ListUsers', () => {
  test('gives each user once over all pages, also while others come and go', async () => {
    const listed: string[] = [];
    const passing = await centre.addUser({ username: 'Ann0000' });
    for (let token: string | undefined, pages = 0; ; pages += 1) {
      const page = await centre.call('ListUsers', {
        MaxResults: 11,
        ...(token && { NextToken: token }),
      });
      listed.push(...page.UserSummaryList.map((user) => user.Id));
      if (pages === 1) await centre.db.deleteFrom('users').where('id', '=', passing).execute();
      if (!page.NextToken) break;
      token = page.NextToken;
    }
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed.filter((id) => id !== passing).toSorted()).toEqual(users.map((user) => user.id).toSorted());
  });

  test('takes no token of another list', async () => {
    const { NextToken } = await search({ MaxResults: 1 });
    await expect(centre.call('ListUsers', { NextToken })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  test('is open to whoever may see users or quick connects', async () => {
    for (const permission of ['Users.View', 'TransferDestinations.View'] as const) {
      const caller = await centre.signedIn([permission]);
      await centre.call('ListUsers', {}, caller);
      await centre.call('SearchUsers', {}, caller);
      await centre.db.deleteFrom('users').where('id', '=', caller.userId).execute();
    }
    const nobody = await centre.signedIn(['BasicAgentAccess']);
    await expect(centre.call('ListUsers', {}, nobody)).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await centre.db.deleteFrom('users').where('id', '=', nobody.userId).execute();
  });
});
