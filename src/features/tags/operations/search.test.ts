import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../../test/support/callers.ts';
import { centreForFile, monday } from '../../../../test/support/centre.ts';
import type { Caller } from '../../../operations/caller.ts';
import { resources, taggableTypes } from '../../../resources/resources.ts';
import { searchedTypes } from '../rules.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });
beforeEach(async () => {
  await centre.db.deleteFrom('users').execute();
  await centre.db.updateTable('queue').set({ tags: '{}' }).execute();
});

const search = (input: object = {}, caller?: Caller) => centre.call('SearchResourceTags', input, caller);
const found = async (input: object = {}, caller?: Caller) =>
  ((await search(input, caller)).Tags ?? []).map(({ key, value }) => `${key}=${value}`);
const by = (condition: object) => ({ SearchCriteria: { TagSearchCondition: condition } });
const tagQueue = (tags: object) =>
  centre.db
    .updateTable('queue')
    .set({ tags: JSON.stringify(tags) })
    .execute();

test('each pair of key and value is found once, in alphabetical order, whatever carries it', async () => {
  await centre.addUser({ tags: { team: 'red', site: 'Paris' } });
  await centre.addUser({ tags: { team: 'red' } });
  await tagQueue({ team: 'red', Team: 'blue' });
  expect(await found()).toEqual(['Team=blue', 'site=Paris', 'team=red']);
  expect(await found({ ResourceTypes: [] })).toHaveLength(3);
  expect(await found({ ResourceTypes: ['standard-queue'] })).toEqual(['Team=blue', 'team=red']);
  expect(await found({ ResourceTypes: ['agent', 'standard-queue'] })).toHaveLength(3);
  expect(await found({ ResourceTypes: ['prompt', 'metric'] })).toEqual([]);
  expect(await refusalOf(search({ ResourceTypes: ['queue'] }))).toBe('InvalidParameterException');
});

test('every type that can be searched is found by its own name', async () => {
  const made = {
    id: randomUUID(),
    instance_id: centre.instance.id,
    name: 'One',
    last_modified_time: centre.clock,
    last_modified_region: 'us-east-1',
  };
  await centre.addUser();
  await centre.db
    .insertInto('quick_connect')
    .values({ ...made, type: 'PHONE_NUMBER' })
    .execute();
  await centre.db
    .insertInto('contact_flow_module')
    .values({ ...made, content: '{}' })
    .execute();
  const searchable = taggableTypes.filter((type) => 'searchedAs' in resources[type].tags);
  expect(searchable.length).toBeGreaterThan(8);
  for (const type of searchable) {
    const { table, tags } = resources[type];
    await centre.db
      .updateTable(table)
      .set({ tags: JSON.stringify({ marked: type }) })
      .execute();
    const ResourceTypes = 'searchedAs' in tags ? [tags.searchedAs] : [];
    expect(await found({ ResourceTypes, ...by({ tagKey: 'marked' }) }), type).toEqual([`marked=${type}`]);
  }
  expect(searchable).toHaveLength(searchedTypes.length - 2);
});

test('keys and values are compared as asked, with their case and with wildcards as plain characters', async () => {
  await tagQueue({ 'cost_%centre': 'A1', 'cost centre': 'A2', Cost: 'a1' });
  const keys = (tagKey: string, tagKeyComparisonType?: string) => found(by({ tagKey, tagKeyComparisonType }));
  expect(await keys('cost', 'STARTS_WITH')).toEqual(['cost centre=A2', 'cost_%centre=A1']);
  expect(await keys('_%', 'CONTAINS')).toEqual(['cost_%centre=A1']);
  expect(await keys('Cost', 'EXACT')).toEqual(['Cost=a1']);
  expect(await keys('Cos')).toEqual([]);
  expect(await found(by({ tagValue: 'A', tagValueComparisonType: 'STARTS_WITH' }))).toHaveLength(2);
  expect(
    await found(
      by({ tagKey: 'cost', tagKeyComparisonType: 'STARTS_WITH', tagValue: '2', tagValueComparisonType: 'CONTAINS' }),
    ),
  ).toEqual(['cost centre=A2']);
  expect(await refusalOf(search(by({ tagKey: 'a', tagKeyComparisonType: 'LIKE' })))).toBe('InvalidParameterException');
});

test('pages follow each other, and end at 1,000 tags', async () => {
  const tags = (from: number) =>
    Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key ${from + index}`, 'x']));
  for (let from = 0; from < 1050; from += 50) await centre.addUser({ tags: tags(from) });
  const some = await allPages((NextToken) =>
    search({ ...by({ tagKey: 'key 10', tagKeyComparisonType: 'STARTS_WITH' }), MaxResults: 20, NextToken }),
  );
  expect(some.map((page) => page.Tags?.length)).toEqual([20, 20, 20, 1]);
  expect(new Set(some.flatMap((page) => (page.Tags ?? []).map(({ key }) => key))).size).toBe(61);
  expect((await search()).Tags).toHaveLength(100);

  const seen: (string | undefined)[] = [];
  const onwards = async (NextToken?: string): Promise<string | undefined> => {
    const page = await search({ NextToken });
    seen.push(...(page.Tags ?? []).map(({ key }) => key));
    return page.NextToken;
  };
  let token = await onwards();
  for (let page = 2; page <= 10; page += 1) token = await onwards(token);
  expect(new Set(seen).size).toBe(1000);
  expect(await refusalOf(onwards(token))).toBe('MaximumResultReturnedException');
  expect(await refusalOf(search({ NextToken: 'nonsense' }))).toBe('InvalidParameterException');
  expect(await refusalOf(search({ MaxResults: 101 }))).toBe('InvalidParameterException');
});

test('whoever is signed in finds the tags of what they see', async () => {
  await tagQueue({ of: 'a queue' });
  await centre.addUser({ tags: { of: 'a user' } });
  const usersOnly = await centre.signedIn(['Users.View']);
  expect(await found({}, usersOnly)).toEqual(['of=a user']);
  expect(await refusalOf(search({ ResourceTypes: ['standard-queue'] }, usersOnly))).toBe('AccessDeniedException');
  expect(await found({ ResourceTypes: ['standard-queue', 'agent'] }, usersOnly)).toEqual(['of=a user']);
  expect(await refusalOf(search({}, await centre.signedIn(['Prompts.View'])))).toBe('AccessDeniedException');
});

test('and of those only that their security profiles reach', async () => {
  await centre.addUser({ tags: { team: 'red', secret: 'one' } });
  await centre.addUser({ tags: { team: 'blue', secret: 'two' } });
  const caller = await centre.signedIn(['Users.View']);
  const profile = await centre.addSecurityProfile([]);
  await centre.call('UpdateSecurityProfile', {
    SecurityProfileId: profile,
    Permissions: ['Users.View'],
    TagRestrictedResources: ['User'],
    AllowedAccessControlTags: { team: 'red' },
  });
  await centre.db
    .updateTable('user_security_profile')
    .set({ security_profile_id: profile })
    .where('user_id', '=', caller.userId)
    .execute();
  expect(await found({}, caller)).toEqual(['secret=one', 'team=red']);
});
