import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { centreForFile, monday } from '../../../../test/support/centre.ts';
import { inTransaction } from '../../../database/transaction.ts';
import { arnOf } from '../../../operations/arn.ts';
import type { InputOf } from '../../../operations.ts';
import { insertUsers } from '../store.ts';
import type { DetailSort } from './details-store.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });
const north = { Id: randomUUID(), Name: 'North' };
const berlin = { Id: randomUUID(), Name: 'Berlin' };
const south = { Id: randomUUID(), Name: 'south' };
const sales = { Id: randomUUID(), Name: 'A sales profile' };
const ids: Record<string, string> = {};
beforeAll(async () => {
  const { db, instance } = centre;
  const modified = { last_modified_time: centre.clock, last_modified_region: 'us-east-1' };
  for (const [group, parent] of [[north], [berlin, north], [south]] as const) {
    const level = parent ? 2 : 1;
    const row = {
      id: group.Id,
      instance_id: instance.id,
      level,
      parent_group_id: parent?.Id ?? null,
      name: group.Name,
    };
    await db
      .insertInto('hierarchy_group')
      .values({ ...row, ...modified })
      .execute();
  }
  const basic = await db.selectFrom('routing_profile').selectAll().executeTakeFirstOrThrow();
  const media = JSON.stringify(basic.media_concurrencies);
  const profile = {
    ...basic,
    id: sales.Id,
    name: sales.Name,
    media_concurrencies: media,
    tags: '{}',
    is_default: false,
  };
  await db.insertInto('routing_profile').values(profile).execute();

  const people = [
    { username: 'carl', firstName: 'Zoë', lastName: 'adams', hierarchyGroupId: south.Id },
    { username: 'Anna', firstName: 'ben', lastName: 'Young', hierarchyGroupId: berlin.Id, routingProfileId: sales.Id },
    { username: 'bert', firstName: 'Carla', lastName: 'Miller', hierarchyGroupId: north.Id },
    {
      username: 'dora',
      firstName: null,
      lastName: null,
      phoneType: 'DESK_PHONE',
      deskPhoneNumber: '+12065550100',
      tags: { Team: 'x' },
    },
  ] as const;
  for (const person of people) {
    centre.clock = new Date(centre.clock.getTime() + 1000);
    ids[person.username] = await centre.addUser(person);
  }
  for (const name of ['one', 'two']) {
    const quickConnect = { id: randomUUID(), instance_id: instance.id, name, type: 'USER' as const, user_id: ids.Anna };
    await db
      .insertInto('quick_connect')
      .values({ ...quickConnect, ...modified })
      .execute();
  }
});

const details = (input: object = {}) => centre.call('SearchUserDetails', input);
const logins = async (input: object) => (await details(input)).Users.map((user) => user.Username);

describe('SearchUserDetails', () => {
  test('shows a user with the names of what they refer to', async () => {
    const { Users, TotalCount } = await details();
    expect(TotalCount).toBe(4);
    expect(Users.map((user) => user.Username)).toEqual(['Anna', 'bert', 'carl', 'dora']);
    const agent = { Id: centre.securityProfiles.Agent, Name: 'Agent' };
    expect(Users[0]).toEqual({
      Id: ids.Anna,
      Arn: arnOf(centre.instance, 'agent', ids.Anna ?? ''),
      Username: 'Anna',
      FirstName: 'ben',
      LastName: 'Young',
      PhoneType: 'SOFT_PHONE',
      RoutingProfile: sales,
      SecurityProfiles: [agent],
      HierarchyPath: [north, berlin],
      Tags: {},
      QuickConnectCount: 2,
      LastModifiedTime: expect.any(Number),
    });
    expect(Users[3]).toMatchObject({
      PhoneType: 'DESK_PHONE',
      DeskPhoneNumber: '+12065550100',
      HierarchyPath: [],
      Tags: { Team: 'x' },
      QuickConnectCount: 0,
    });
    expect(Users[3]).not.toHaveProperty('FirstName');
  });

  test.each<[DetailSort, string[]]>([
    ['Username', ['Anna', 'bert', 'carl', 'dora']],
    ['FirstName', ['Anna', 'bert', 'carl', 'dora']],
    ['LastName', ['carl', 'bert', 'Anna', 'dora']],
    ['RoutingProfile', ['Anna', 'bert', 'carl', 'dora']],
    ['HierarchyGroup', ['bert', 'Anna', 'carl', 'dora']],
    ['PhoneType', ['dora', 'Anna', 'bert', 'carl']],
    ['LastModifiedTime', ['carl', 'Anna', 'bert', 'dora']],
  ])('sorts by %s, up and down', async (SortBy, expected) => {
    expect(await logins({ SortBy })).toEqual(expected);
    expect(await logins({ SortBy, SortOrder: 'DESCENDING' })).toEqual(expected.toReversed());
  });

  test('gives any page, with the number of all', async () => {
    expect(await details({ StartIndex: 1, MaxResults: 2 })).toMatchObject({
      Users: [{ Username: 'bert' }, { Username: 'carl' }],
      TotalCount: 4,
    });
    expect(await details({ StartIndex: 40 })).toEqual({ Users: [], TotalCount: 4 });
  });

  test('takes the searches of SearchUsers', async () => {
    const HierarchyGroupCondition = { Value: north.Id, HierarchyGroupMatchType: 'WITH_CHILD_GROUPS' };
    expect(await details({ SearchCriteria: { HierarchyGroupCondition } })).toMatchObject({
      Users: [{ Username: 'Anna' }, { Username: 'bert' }],
      TotalCount: 2,
    });
    const SearchFilter = { TagFilter: { TagCondition: { TagKey: 'Team' } } };
    expect(await logins({ SearchFilter })).toEqual(['dora']);
  });

  test.each([
    [{ SortBy: 'Email' }, /SortBy must be one of/],
    [{ SortOrder: 'UP' }, /SortOrder must be one of/],
    [{ StartIndex: -1 }, /StartIndex must be 0 or more/],
    [{ MaxResults: 501 }, /MaxResults must be from 1 to 500/],
    [{ SearchCriteria: { OrConditions: [] } }, /OrConditions is empty/],
  ])('refuses %j', async (input, message) => {
    await expect(details(input)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
  });

  test('shows nobody of another instance, and needs Users.View', async () => {
    const other = await centre.signedIn(['TransferDestinations.View']);
    await expect(centre.call('SearchUserDetails', {}, other)).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await expect(centre.call('ListTagKeys', {}, other)).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await centre.db.deleteFrom('users').where('id', '=', other.userId).execute();
    await expect(centre.call('SearchUserDetails', { InstanceId: randomUUID() })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});

test('ListTagKeys gives the keys of all users and up to 100 values of each', async () => {
  const made: string[] = [];
  for (let n = 0; n < 120; n += 1) {
    made.push(await centre.addUser({ tags: { Badge: String(n).padStart(3, '0'), Team: n % 2 ? 'x' : 'y' } }));
  }
  expect(await centre.call('ListTagKeys', {})).toEqual({
    Tags: [
      { Key: 'Badge', Values: Array.from({ length: 100 }, (_, n) => String(n).padStart(3, '0')) },
      { Key: 'Team', Values: ['x', 'y'] },
    ],
  });
  await centre.db.deleteFrom('users').where('id', 'in', made).execute();
});

describe('as a file', () => {
  const lines = async (input: Omit<InputOf<'DownloadUsers'>, 'InstanceId'>) => {
    const answer = await centre.download('DownloadUsers', input);
    let text = '';
    for await (const chunk of answer.chunks) text += chunk;
    return { answer, lines: text.split('\r\n') };
  };

  test('it has every user of the search in the order of logins, and ends with a line', async () => {
    const { answer, lines: all } = await lines({});
    expect(answer).toMatchObject({ contentType: 'text/csv; charset=utf-8' });
    expect(answer.fileName).toMatch(/^users-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(all[0]).toMatch(/^\uFEFFfirst name,last name,user login,/);
    expect(all.at(-1)).toBe('');
    const { Users } = await centre.call('SearchUserDetails', { MaxResults: 500 });
    expect(all.slice(1, -1).map((line) => line.split(',').at(-1))).toEqual(Users.map(({ Id }) => Id));
  });

  test('a user is one line, with lists parted by a bar and nothing that a spreadsheet would run', async () => {
    const { lines: all } = await lines({ UserIds: [ids.Anna ?? '', ids.dora ?? ''] });
    expect(all).toHaveLength(4);
    expect(all[1]).toContain('ben,Young,Anna,Berlin,A sales profile,');
    expect(all[1]).toContain(',North|Berlin,soft,,,2,');
    expect(all[2]).toContain(",desk,'+12065550100,Team:x,0,");
  });

  test('more users than one page are all in it, each once', async () => {
    const { db } = centre;
    await inTransaction(db, (tx) =>
      insertUsers(
        tx,
        centre.instance,
        Array.from({ length: 1100 }, (_, index) => ({
          id: randomUUID(),
          username: `paged-${index % 2 ? 'A' : 'a'}-${index}`,
          routingProfileId: sales.Id,
          securityProfileIds: [],
        })),
        centre.clock,
      ),
    );
    const StringCondition = { FieldName: 'Username', Value: 'paged-', ComparisonType: 'STARTS_WITH' } as const;
    const { lines: all } = await lines({ SearchCriteria: { StringCondition } });
    expect(new Set(all.slice(1, -1)).size).toBe(1100);
    await db.deleteFrom('users').where('username', 'like', 'paged-%').execute();
  });

  test('it is of 100,000 ids at most, and of one at least', async () => {
    await expect(lines({ UserIds: [] })).rejects.toThrow('UserIds must have');
  });
});
