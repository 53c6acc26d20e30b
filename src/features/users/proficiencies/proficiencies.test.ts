import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../../test/support/callers.ts';
import { type Centre, centreForFile, monday, openCentre } from '../../../../test/support/centre.ts';
import { arnOf } from '../../../operations/arn.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday, max: 12 });
let UserId: string;
const languages = ['Deutsch', 'English', 'Français', 'Español'];
const numbers = Array.from({ length: 12 }, (_, index) => `n${index}`);
beforeAll(async () => {
  for (const [Name, StringList] of [
    ['Language', languages],
    ['Number', numbers],
  ] as const) {
    await centre.call('CreatePredefinedAttribute', { Name, Values: { StringList } });
  }
});
beforeEach(async () => {
  UserId = await centre.addUser();
});

type Given = [name: string, value: string, level?: number];
const given = (...all: Given[]) =>
  all.map(([AttributeName, AttributeValue, Level]) => ({ AttributeName, AttributeValue, Level }));
const call = (verb: 'Associate' | 'Update' | 'Disassociate', ...all: Given[]) =>
  centre.call(`${verb}UserProficiencies`, { UserId, UserProficiencies: given(...all) });
const listed = async (input: object = {}) => centre.call('ListUserProficiencies', { UserId, ...input });
const has = async () => (await listed()).UserProficiencyList;
const later = () => {
  centre.clock = new Date(centre.clock.getTime() + 60_000);
};

describe('the proficiencies of a user', () => {
  test('are associated, changed and disassociated, each noted with what was and what is', async () => {
    expect(await listed()).toEqual({ UserProficiencyList: [] });
    expect(
      await call('Associate', ['Language', 'English', 4], ['Language', 'Deutsch', 2], ['Number', 'n1', 5]),
    ).toEqual({});
    later();
    await call('Update', ['Language', 'Deutsch', 3]);
    await call('Disassociate', ['Number', 'n1']);
    const proficiencies = given(['Language', 'Deutsch', 3], ['Language', 'English', 4]);
    expect(await listed({ UserId: arnOf(centre.instance, 'agent', UserId) })).toEqual({
      UserProficiencyList: proficiencies,
      LastModifiedTime: centre.clock.getTime() / 1000,
      LastModifiedRegion: 'us-east-1',
    });
    const { User } = await centre.call('DescribeUser', { UserId });
    expect(User).toMatchObject({ LastModifiedTime: centre.clock.getTime() / 1000 });
    const audit = await centre.history(UserId);
    expect(audit.map(({ operation }) => operation)).toEqual([
      'AssociateUserProficiencies',
      'UpdateUserProficiencies',
      'DisassociateUserProficiencies',
    ]);
    expect(audit[2]?.details).toEqual({
      Changes: {
        UserProficiencies: {
          Old: given(['Language', 'Deutsch', 3], ['Language', 'English', 4], ['Number', 'n1', 5]),
          New: proficiencies,
        },
      },
    });
  });

  test('that are so already are neither written nor audited', async () => {
    await call('Associate', ['Language', 'English', 4]);
    const before = await listed();
    later();
    await call('Associate', ['Language', 'English', 4]);
    await call('Update', ['Language', 'English', 4]);
    await call('Associate');
    expect(await listed()).toEqual(before);
    expect(await centre.history(UserId)).toHaveLength(1);
  });

  test('are ten at most, whoever adds them at once', async () => {
    await call('Associate', ...numbers.slice(0, 9).map((value): Given => ['Number', value, 1]));
    const last = numbers.slice(9).map((value) => refusalOf(call('Associate', ['Number', value, 1])));
    expect((await Promise.all(last)).toSorted()).toEqual([
      'InvalidRequestException',
      'InvalidRequestException',
      'was not refused',
    ]);
    expect(await has()).toHaveLength(10);
    await call('Disassociate', ['Number', 'n0'], ['Number', 'n1']);
    await call('Associate', ['Language', 'English', 1], ['Language', 'Deutsch', 1]);
  });

  test('are refused whole when one of them is wrong', async () => {
    await call('Associate', ['Language', 'English', 4]);
    const before = await listed();
    const refused = async (verb: Parameters<typeof call>[0], wrong: Given) =>
      refusalOf(call(verb, ['Language', verb === 'Associate' ? 'Deutsch' : 'English', 1], wrong));
    expect(await refused('Associate', ['Colour', 'red', 1])).toBe('ResourceNotFoundException');
    expect(await refused('Associate', ['language', 'Español', 1])).toBe('ResourceNotFoundException');
    expect(await refused('Associate', ['Language', 'Klingon', 1])).toBe('InvalidParameterException');
    expect(await refused('Associate', ['Language', 'English', 5])).toBe('InvalidRequestException');
    for (const level of [0, 6, 2.5, undefined]) {
      expect(await refused('Associate', ['Number', 'n1', level])).toBe('InvalidParameterException');
      expect(await refused('Update', ['Language', 'English', level])).toBe('InvalidParameterException');
    }
    expect(await refused('Associate', ['Language', 'Deutsch', 1])).toBe('InvalidParameterException');
    expect(await refused('Update', ['Language', 'Deutsch', 1])).toBe('InvalidRequestException');
    expect(await refused('Update', ['Language', 'English', 1])).toBe('InvalidParameterException');
    expect(await refused('Disassociate', ['Language', 'Deutsch'])).toBe('InvalidRequestException');
    expect(await refused('Disassociate', ['', 'Deutsch'])).toBe('InvalidParameterException');
    expect(await refused('Disassociate', ['Language', 'x'.repeat(101)])).toBe('InvalidParameterException');
    expect(await listed()).toEqual(before);
  });

  test('go with the user', async () => {
    await call('Associate', ['Language', 'English', 4]);
    await centre.call('DeleteUser', { UserId });
    const left = centre.db.selectFrom('user_proficiency').selectAll().where('user_id', '=', UserId);
    expect(await left.execute()).toEqual([]);
    expect(await refusalOf(listed())).toBe('ResourceNotFoundException');
    for (const verb of ['Associate', 'Update', 'Disassociate'] as const) {
      expect(await refusalOf(call(verb, ['Language', 'English', 4]))).toBe('ResourceNotFoundException');
    }
  });

  test('are listed once each over pages of any size, also when one goes in between', async () => {
    const all: Given[] = [
      ...languages.map((value): Given => ['Language', value, 1]),
      ['Number', 'n1', 1],
      ['Number', 'n2', 1],
    ];
    await call('Associate', ...all);
    const whole = await has();
    expect(whole).toHaveLength(6);
    for (const MaxResults of [1, 2, 3, 5, 6, 100]) {
      const pages = await allPages((NextToken) => listed({ MaxResults, NextToken }));
      expect(pages.flatMap((page) => page.UserProficiencyList ?? [])).toEqual(whole);
    }
    const first = await listed({ MaxResults: 2 });
    const [, second] = first.UserProficiencyList ?? [];
    await call('Disassociate', [second?.AttributeName ?? '', second?.AttributeValue ?? '']);
    expect((await listed({ NextToken: first.NextToken })).UserProficiencyList).toEqual(whole?.slice(2));
    for (const input of [{ MaxResults: 0 }, { MaxResults: 101 }, { NextToken: 'x' }]) {
      expect(await refusalOf(listed(input))).toBe('InvalidParameterException');
    }
  });

  test('are seen with Users.View and changed with Users.Edit', async () => {
    const viewer = await centre.signedIn(['Users.View', 'PredefinedAttributes.Edit']);
    const editor = await centre.signedIn(['Users.Edit']);
    const others = await centre.signedIn(['PredefinedAttributes.View', 'PredefinedAttributes.Edit', 'Users.Create']);
    for (const [operation, ...all] of [
      ['AssociateUserProficiencies', ['Language', 'English', 1]],
      ['UpdateUserProficiencies', ['Language', 'English', 2]],
      ['DisassociateUserProficiencies', ['Language', 'English']],
    ] as [string, ...Given[]][]) {
      const input = { UserId, UserProficiencies: given(...all) };
      expect(await refusalOf(centre.send(operation, input, viewer))).toBe('AccessDeniedException');
      await centre.send(operation, input, editor);
    }
    for (const caller of [viewer, editor]) await centre.call('ListUserProficiencies', { UserId }, caller);
    expect(await refusalOf(centre.call('ListUserProficiencies', { UserId }, others))).toBe('AccessDeniedException');
    expect((await centre.history(UserId)).map(({ permission }) => permission)).toEqual(Array(3).fill('Users.Edit'));
  });

  test('of nobody, or of somebody elsewhere, are not found', async () => {
    const foreign = arnOf({ ...centre.instance, id: randomUUID() }, 'agent', UserId);
    for (const id of [randomUUID(), foreign]) {
      expect(await refusalOf(listed({ UserId: id }))).toBe('ResourceNotFoundException');
      const input = { UserId: id, UserProficiencies: given(['Language', 'English', 1]) };
      expect(await refusalOf(centre.send('AssociateUserProficiencies', input))).toBe('ResourceNotFoundException');
    }
  });
});

describe('SearchUsers by proficiencies', () => {
  let own: Centre;
  type Has = { name: string; value: string; level: number };
  const users = new Map<string, Has[]>();
  const names = ['Language', 'Product', 'product 50%'];
  const values = ['English', 'english UK', 'Deutsch', 'x_y'];
  beforeAll(async () => {
    own = await openCentre({ as: 'ACCESS_KEY', clock: monday });
    for (const Name of names) {
      const attribute = { id: randomUUID(), instance_id: own.instance.id, name: Name, string_list: values };
      const modified = { last_modified_time: own.clock, last_modified_region: 'us-east-1' };
      await own.db
        .insertInto('predefined_attribute')
        .values({ ...attribute, ...modified })
        .execute();
    }
    // Spread so that every name, value and level meets the others somewhere; some users have nothing.
    for (let n = 0; n < 40; n += 1) {
      const id = await own.addUser();
      const proficiencies = new Map<string, Has>();
      for (let m = 0; m < n % 5; m += 1) {
        const name = names[(n + m) % names.length] ?? '';
        const value = values[(n * 3 + m * 2) % values.length] ?? '';
        proficiencies.set(`${name} ${value}`, { name, value, level: ((n + m * 3) % 5) + 1 });
      }
      users.set(id, [...proficiencies.values()]);
      const UserProficiencies = [...proficiencies.values()].map(({ name, value, level }) => ({
        AttributeName: name,
        AttributeValue: value,
        Level: level,
      }));
      await own.call('AssociateUserProficiencies', { UserId: id, UserProficiencies });
    }
  });
  afterAll(() => own.close());

  const search = (SearchCriteria: object, rest: object = {}) => own.call('SearchUsers', { SearchCriteria, ...rest });
  const list = (...Conditions: object[]) => ({ ListCondition: { TargetListType: 'PROFICIENCIES', Conditions } });
  const level = (ComparisonType: string, MinValue?: number, MaxValue?: number) => ({
    NumberCondition: { FieldName: 'level', ComparisonType, MinValue, MaxValue },
  });
  const text = (FieldName: string, ComparisonType: string, Value: string) => ({
    StringCondition: { FieldName, ComparisonType, Value },
  });

  const compared = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('name', 'value', 'Value'),
        fc.constantFrom('EXACT', 'STARTS_WITH', 'CONTAINS'),
        fc.constantFrom('Language', 'product', 'English', 'ENGLISH', '50%', 'x_', 'utsc', 'none'),
      )
      .map(([field, comparison, value]) => {
        const wanted = value.toLowerCase();
        const meets = (one: Has) => {
          const whole = (field === 'name' ? one.name : one.value).toLowerCase();
          if (comparison === 'EXACT') return whole === wanted;
          return comparison === 'STARTS_WITH' ? whole.startsWith(wanted) : whole.includes(wanted);
        };
        return { condition: text(field, comparison, value), meets };
      }),
    fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 4 }), fc.nat(7)).map(([low, width, kind]) => {
      const [condition, meets] = (
        [
          [level('GREATER_OR_EQUAL', low), (n) => n >= low],
          [level('GREATER', low), (n) => n > low],
          [level('LESSER_OR_EQUAL', undefined, low), (n) => n <= low],
          [level('LESSER', undefined, low), (n) => n < low],
          [level('EQUAL', low), (n) => n === low],
          [level('EQUAL', undefined, low), (n) => n === low],
          [level('NOT_EQUAL', low, low), (n) => n !== low],
          [level('RANGE', low, low + width), (n) => n >= low && n <= low + width],
        ] as [object, (n: number) => boolean][]
      )[kind] as [object, (n: number) => boolean];
      return { condition, meets: (one: Has) => meets(one.level) };
    }),
  );

  test('finds those of whose proficiencies one meets all the conditions', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(compared, { minLength: 1, maxLength: 3 }), async (all) => {
        const expected = [...users].filter(([, has]) => has.some((one) => all.every(({ meets }) => meets(one))));
        const { Users = [], ApproximateTotalCount } = await search(list(...all.map(({ condition }) => condition)));
        expect(Users.map((user) => user.Id).toSorted()).toEqual(expected.map(([id]) => id).toSorted());
        expect(ApproximateTotalCount).toBe(expected.length);
        hits += expected.length > 0 ? 1 : 0;
      }),
      { numRuns: 150 },
    );
    // Searches that find nobody say little. About a third finds somebody; far fewer than that chance never brings.
    expect(hits).toBeGreaterThan(15);
  });

  test('takes both kinds of condition in one, and stands among others', async () => {
    const english = { ...text('value', 'EXACT', 'English'), ...level('GREATER_OR_EQUAL', 4) };
    const expected = [...users].filter(([, has]) => has.some((one) => one.value === 'English' && one.level >= 4));
    expect((await search(list(english))).ApproximateTotalCount).toBe(expected.length);
    const [[first = ''] = []] = expected;
    const AndConditions = [list(english), text('resourceId', 'EXACT', first)];
    expect((await search({ AndConditions })).Users?.map((user) => user.Id)).toEqual([first]);
    const anything = { ListCondition: { TargetListType: 'PROFICIENCIES' } };
    const some = [...users.values()].filter((has) => has.length > 0).length;
    expect((await search(anything)).ApproximateTotalCount).toBe(some);
  });

  test.each<[object, RegExp]>([
    [{ ListCondition: {} }, /TargetListType/],
    [{ ListCondition: { TargetListType: 'SKILLS' } }, /TargetListType must be/],
    [list(), /Conditions is empty/],
    [list({}), /StringCondition or a NumberCondition/],
    [list(text('colour', 'EXACT', 'x')), /must be name or value/],
    [list({ NumberCondition: { ...level('EQUAL', 1).NumberCondition, FieldName: 'name' } }), /must be level/],
    [list(level('LIKE', 1)), /ComparisonType must be one of/],
    [list({ NumberCondition: { FieldName: 'level', MinValue: 1 } }), /needs a ComparisonType/],
    [list(level('GREATER', undefined, 3)), /needs MinValue for GREATER/],
    [list(level('LESSER', 3)), /needs MaxValue for LESSER/],
    [list(level('RANGE', 3)), /needs MaxValue for RANGE/],
    [list(level('RANGE', 3, 2)), /must not be greater/],
    [list(level('EQUAL', 3, 2)), /one number/],
  ])('refuses %j', async (criteria, message) => {
    await expect(search(criteria)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
  });
});
