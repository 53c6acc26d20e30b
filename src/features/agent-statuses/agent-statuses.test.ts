import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { type Centre, centreForFile, type Given, monday, openCentre } from '../../../test/support/centre.ts';
import { arnOf } from '../../operations/arn.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday, max: 25 });
let lunch: string;
beforeAll(async () => {
  lunch = await create({ Name: 'Lunch', Description: 'Away for lunch', DisplayOrder: 3, Tags: { Paid: 'no' } });
});

const list = async (input: object = {}, on = centre) =>
  (await on.call('ListAgentStatuses', input)).AgentStatusSummaryList ?? [];
const create = async (input: Partial<Given<'CreateAgentStatus'>>, on = centre) =>
  (await on.call('CreateAgentStatus', { Name: newName(), State: 'ENABLED', ...input })).AgentStatusId;
const described = async (AgentStatusId: string, on = centre) =>
  (await on.call('DescribeAgentStatus', { AgentStatusId })).AgentStatus ?? {};
const update = (AgentStatusId: string, input: object) => centre.call('UpdateAgentStatus', { AgentStatusId, ...input });
const systems = async (Type: 'ROUTABLE' | 'OFFLINE', on = centre) =>
  (await list({ AgentStatusTypes: [Type] }, on))[0]?.Id ?? '';
let count = 0;
const newName = () => `Status ${++count}`;

test('statuses are listed by type, and described by id and by ARN', async () => {
  const own = await openCentre({ as: 'ACCESS_KEY', clock: monday });
  const id = await create({ Name: 'Break' }, own);
  expect((await list({}, own)).map(({ Name, Type }) => [Name, Type])).toEqual([
    ['Available', 'ROUTABLE'],
    ['Break', 'CUSTOM'],
    ['Offline', 'OFFLINE'],
  ]);
  const some = await list({ AgentStatusTypes: ['CUSTOM', 'OFFLINE'] }, own);
  expect(some.map(({ Name }) => Name)).toEqual(['Break', 'Offline']);
  expect(await described(some[0]?.Arn ?? '', own)).toEqual(await described(id, own));
  const pages = await allPages((NextToken) => own.call('ListAgentStatuses', { MaxResults: 2, NextToken }));
  expect(pages.map((page) => page.AgentStatusSummaryList?.length)).toEqual([2, 1]);
  await own.close();
});

describe('CreateAgentStatus', () => {
  test('makes a custom status as given, answers id and ARN, and is audited', async () => {
    const Tags = { Team: 'North' };
    const answer = await centre.call('CreateAgentStatus', {
      Name: 'Training',
      Description: 'Learns something',
      State: 'DISABLED',
      DisplayOrder: 50,
      Tags,
    });
    const { AgentStatusId: id, AgentStatusARN: arn } = answer;
    expect(arn).toBe(arnOf(centre.instance, 'agent-state', id));
    expect(await described(id)).toEqual({
      AgentStatusId: id,
      AgentStatusARN: arn,
      Name: 'Training',
      Description: 'Learns something',
      Type: 'CUSTOM',
      State: 'DISABLED',
      DisplayOrder: 50,
      Tags,
      LastModifiedTime: centre.clock.getTime() / 1000,
      LastModifiedRegion: 'us-east-1',
    });
    expect(await centre.history(id)).toMatchObject([
      { operation: 'CreateAgentStatus', change: 'CREATED', details: { State: 'DISABLED', DisplayOrder: 50, Tags } },
    ]);
  });

  test.each<[object, RegExp]>([
    [{ Name: undefined }, /Name is required/],
    [{ Name: '' }, /1 to 127 characters/],
    [{ Name: 'x'.repeat(128) }, /1 to 127 characters/],
    [{ Description: '' }, /1 to 250 characters/],
    [{ Description: 'x'.repeat(251) }, /1 to 250 characters/],
    [{ State: undefined }, /State is required/],
    [{ State: 'PAUSED' }, /State must be one of/],
    [{ DisplayOrder: 0 }, /from 1 to 50/],
    [{ DisplayOrder: 51 }, /from 1 to 50/],
    [{ Tags: { 'aws:x': 'y' } }, /aws:/],
  ])('refuses %j and says why', async (changes, message) => {
    await expect(create({ Name: newName(), ...changes })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
  });

  test('refuses a name that is taken, also by those who make it at the same time', async () => {
    expect(await refusalOf(create({ Name: 'Available' }))).toBe('DuplicateResourceException');
    const made = await Promise.all(Array.from({ length: 5 }, () => refusalOf(create({ Name: 'At once' }))));
    expect(made.toSorted()).toEqual([...Array(4).fill('DuplicateResourceException'), 'was not refused']);
  });

  test('makes 50 with the system’s two, and not one more, however many ask at once', async () => {
    const own = await openCentre({ as: 'ACCESS_KEY', clock: monday, max: 10 });
    for (let n = 0; n < 46; n += 1) await create({ Name: `Status ${n}` }, own);
    const made = await Promise.all(Array.from({ length: 6 }, (_, n) => refusalOf(create({ Name: `Last ${n}` }, own))));
    expect(made.toSorted()).toEqual([...Array(4).fill('LimitExceededException'), ...Array(2).fill('was not refused')]);
    expect(await list({}, own)).toHaveLength(50);
    await own.close();
  });
});

describe('UpdateAgentStatus', () => {
  test('changes what is given, leaves the rest, and notes both in the audit', async () => {
    const id = await create({ Name: newName(), Description: 'first', DisplayOrder: 7 });
    centre.clock = new Date(centre.clock.getTime() + 1000);
    const Name = newName();
    expect(await update(id, { Name, State: 'DISABLED' })).toEqual({});
    expect(await described(id)).toMatchObject({
      Name,
      Description: 'first',
      State: 'DISABLED',
      DisplayOrder: 7,
      LastModifiedTime: centre.clock.getTime() / 1000,
    });
    await update(id, { Description: '' });
    expect(await described(id)).not.toHaveProperty('Description');
    await update(id, { Name, State: 'DISABLED', DisplayOrder: 7, ResetOrderNumber: false });
    expect((await centre.history(id)).slice(1)).toMatchObject([
      { details: { Changes: { Name: { New: Name }, State: { Old: 'ENABLED', New: 'DISABLED' } } } },
      { details: { Changes: { Description: { Old: 'first', New: null } } } },
    ]);
  });

  test('takes a place in the order away, or gives a new one', async () => {
    const id = await create({ Name: newName(), DisplayOrder: 7 });
    await update(id, { ResetOrderNumber: true });
    expect(await described(id)).not.toHaveProperty('DisplayOrder');
    await update(id, { ResetOrderNumber: true, DisplayOrder: 9 });
    expect(await described(id)).toMatchObject({ DisplayOrder: 9 });
  });

  test('renames the system’s statuses and orders them, but never disables them', async () => {
    const own = await openCentre({ as: 'ACCESS_KEY', clock: monday });
    for (const type of ['ROUTABLE', 'OFFLINE'] as const) {
      const AgentStatusId = await systems(type, own);
      const change = {
        AgentStatusId,
        Name: `Our ${type}`,
        Description: 'ours',
        DisplayOrder: 11,
        State: 'ENABLED',
      } as const;
      await own.call('UpdateAgentStatus', change);
      expect(await described(AgentStatusId, own)).toMatchObject({ Name: `Our ${type}`, Type: type, DisplayOrder: 11 });
      const disable = own.call('UpdateAgentStatus', { AgentStatusId, State: 'DISABLED' });
      expect(await refusalOf(disable)).toBe('InvalidRequestException');
      expect(await described(AgentStatusId, own)).toMatchObject({ State: 'ENABLED' });
    }
    await own.close();
  });

  test('keeps names apart, and takes its own', async () => {
    const [one, other] = [newName(), newName()];
    const id = await create({ Name: one });
    await create({ Name: other });
    expect(await refusalOf(update(id, { Name: other }))).toBe('DuplicateResourceException');
    await update(id, { Name: one });
    const third = newName();
    const ids = [id, await create({ Name: newName() })];
    const both = await Promise.all(ids.map((each) => refusalOf(update(each, { Name: third }))));
    expect(both.toSorted()).toEqual(['DuplicateResourceException', 'was not refused']);
  });

  test('refuses what it cannot take, and what is not there', async () => {
    for (const wrong of [
      { Name: '' },
      { Name: 'x'.repeat(128) },
      { Description: 'x'.repeat(251) },
      { State: 'X' },
      { DisplayOrder: 0 },
      { DisplayOrder: 51 },
    ]) {
      expect(await refusalOf(update(lunch, wrong))).toBe('InvalidParameterException');
    }
    expect(await refusalOf(update('nonsense', {}))).toBe('InvalidParameterException');
    for (const unknown of [randomUUID(), arnOf({ ...centre.instance, id: randomUUID() }, 'agent-state', lunch)]) {
      expect(await refusalOf(update(unknown, {}))).toBe('ResourceNotFoundException');
      expect(await refusalOf(described(unknown))).toBe('ResourceNotFoundException');
    }
  });
});

describe('SearchAgentStatuses', () => {
  interface Row {
    name: string;
    description: string | null;
    type: string;
    state: 'ENABLED' | 'DISABLED';
    displayorder: string;
    tags: Record<string, string>;
  }
  let own: Centre;
  const rows: Row[] = [
    { name: 'Available', description: null, type: 'ROUTABLE', state: 'ENABLED', displayorder: '1', tags: {} },
    { name: 'Offline', description: null, type: 'OFFLINE', state: 'ENABLED', displayorder: '2', tags: {} },
  ];
  beforeAll(async () => {
    own = await openCentre({ as: 'ACCESS_KEY', clock: monday });
    const names = ['Lunch', 'lunch break', 'Training 50%', 'Meeting', 'Över', 'b_reak', 'Coaching', 'Admin'];
    for (const [n, name] of names.entries()) {
      const row: Row = {
        name,
        description: n % 3 === 0 ? null : `Is ${n % 2 ? 'away' : 'busy'}`,
        type: 'CUSTOM',
        state: n % 2 ? 'ENABLED' : 'DISABLED',
        displayorder: n % 4 === 0 ? '' : String(n + 2),
        tags: n % 3 === 1 ? { Team: n % 2 ? 'North' : 'South' } : {},
      };
      rows.push(row);
      await create(
        {
          Name: row.name,
          State: row.state,
          ...(row.description && { Description: row.description }),
          ...(row.displayorder && { DisplayOrder: Number(row.displayorder) }),
          ...(Object.keys(row.tags).length > 0 && { Tags: row.tags }),
        },
        own,
      );
    }
  });
  afterAll(() => own.close());

  type Leaf = { FieldName: string; Value: string; ComparisonType: 'EXACT' | 'STARTS_WITH' | 'CONTAINS' };
  const meets = (row: Row, { FieldName, Value, ComparisonType }: Leaf) => {
    const whole = String(row[FieldName.toLowerCase() as 'name'] ?? '').toLowerCase();
    const wanted = Value.toLowerCase();
    if (ComparisonType === 'EXACT') return whole === wanted;
    return ComparisonType === 'STARTS_WITH' ? whole.startsWith(wanted) : whole.includes(wanted);
  };
  const leaf: fc.Arbitrary<Leaf> = fc.record({
    FieldName: fc.constantFrom('name', 'Name', 'description', 'state', 'type', 'displayOrder'),
    Value: fc.constantFrom('lunch', 'L', 'ÖV', '50%', '_', 'away', 'ENABLED', 'disabled', 'CUSTOM', 'OFF', '1', '5'),
    ComparisonType: fc.constantFrom('EXACT', 'STARTS_WITH', 'CONTAINS'),
  });
  const tag = fc.constantFrom({ TagKey: 'Team' }, { TagKey: 'Team', TagValue: 'North' }, { TagKey: 'None' });
  type Tag = { TagKey: string; TagValue?: string };
  const tagged = (row: Row, { TagKey, TagValue }: Tag) =>
    Object.hasOwn(row.tags, TagKey) && (TagValue === undefined || row.tags[TagKey] === TagValue);

  test('finds what criteria and filter mean, each once over pages of any size', async () => {
    const filter = fc.oneof(
      { weight: 3, arbitrary: fc.constant({ filter: {}, passes: (_: Row) => true }) },
      tag.map((one: Tag) => ({ filter: { TagCondition: one }, passes: (row: Row) => tagged(row, one) })),
      fc.array(tag, { minLength: 1, maxLength: 2 }).map((all: Tag[]) => ({
        filter: { AndCondition: { TagConditions: all } },
        passes: (row: Row) => all.every((one) => tagged(row, one)),
      })),
      fc.array(tag, { minLength: 1, maxLength: 2 }).map((any: Tag[]) => ({
        filter: { OrConditions: any.map((one) => ({ TagConditions: [one] })) },
        passes: (row: Row) => any.some((one) => tagged(row, one)),
      })),
    );
    const trees = fc.array(fc.array(leaf, { minLength: 1, maxLength: 2 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(trees, filter, fc.integer({ min: 1, max: 11 }), async (any, { filter, passes }, MaxResults) => {
        const expected = rows.filter(
          (row) => passes(row) && (any.length === 0 || any.some((all) => all.every((one) => meets(row, one)))),
        );
        const OrConditions = any.map((all) => ({ AndConditions: all.map((one) => ({ StringCondition: one })) }));
        const pages = await allPages((NextToken) =>
          own.call('SearchAgentStatuses', {
            ...(any.length > 0 && { SearchCriteria: { OrConditions } }),
            ...(Object.keys(filter).length > 0 && { SearchFilter: { AttributeFilter: filter } }),
            MaxResults,
            NextToken,
          }),
        );
        const found = pages.flatMap((page) => (page.AgentStatuses ?? []).map(({ Name }) => Name));
        expect(found.toSorted()).toEqual(expected.map(({ name }) => name).toSorted());
        for (const page of pages) expect(page.ApproximateTotalCount).toBe(expected.length);
      }),
      { numRuns: 120 },
    );
  });

  test('shows each as DescribeAgentStatus does, and finds it by id or ARN', async () => {
    const [first] = await list({ AgentStatusTypes: ['CUSTOM'] }, own);
    for (const Value of [first?.Id, first?.Arn]) {
      const { AgentStatuses } = await own.call('SearchAgentStatuses', {
        SearchCriteria: { StringCondition: { FieldName: 'resourceID', Value, ComparisonType: 'EXACT' } },
      });
      expect(AgentStatuses).toEqual([await described(first?.Id ?? '', own)]);
    }
  });

  test.each([
    { MaxResults: 0 },
    { MaxResults: 101 },
    { NextToken: 'x' },
    { SearchCriteria: { StringCondition: { FieldName: 'colour', Value: 'x', ComparisonType: 'EXACT' } } },
    { SearchCriteria: { StringCondition: { FieldName: 'name', ComparisonType: 'EXACT' } } },
    { SearchFilter: { AttributeFilter: { TagCondition: { TagKey: 'a' }, AndCondition: {} } } },
    { SearchFilter: { AttributeFilter: { TagCondition: {} } } },
  ])('refuses %j', async (input) => {
    expect(await refusalOf(own.send('SearchAgentStatuses', input))).toBe('InvalidParameterException');
  });
});

test('each operation needs its own permission; who may only enable and disable does that alone', async () => {
  const id = await create({ Name: newName() });
  type Verb = 'Create' | 'Edit' | 'EnableAndDisable' | 'View';
  const calls: [operation: string, input: () => object, sufficient: Verb[]][] = [
    ['ListAgentStatuses', () => ({}), ['View', 'Edit']],
    ['SearchAgentStatuses', () => ({}), ['View', 'Edit']],
    ['DescribeAgentStatus', () => ({ AgentStatusId: id }), ['View', 'Edit']],
    ['CreateAgentStatus', () => ({ Name: newName(), State: 'ENABLED' }), ['Create']],
    ['UpdateAgentStatus', () => ({ AgentStatusId: id, Name: newName(), State: 'DISABLED' }), ['Edit']],
    ['UpdateAgentStatus', () => ({ AgentStatusId: id, State: 'ENABLED' }), ['Edit', 'EnableAndDisable']],
  ];
  const every: readonly Verb[] = ['Create', 'Edit', 'EnableAndDisable', 'View'];
  for (const [operation, input, sufficient] of calls) {
    const others = every.filter((verb) => !sufficient.includes(verb)).map((verb) => `AgentStates.${verb}` as const);
    const without = await centre.signedIn([...others, 'Users.Edit', 'Users.View']);
    expect(await refusalOf(centre.send(operation, input(), without)), operation).toBe('AccessDeniedException');
    for (const verb of sufficient) {
      const only = await centre.signedIn([`AgentStates.${verb}`]);
      expect(await refusalOf(centre.send(operation, input(), only)), operation).toBe('was not refused');
    }
  }
});
