import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { centreForFile, monday } from '../../test/support/centre.ts';
import type { Tx } from '../database/db.ts';
import { insertHierarchyGroups } from '../features/hierarchy/store.ts';
import { insertSecurityProfiles } from '../features/security-profiles/store.ts';
import { insertUsers } from '../features/users/store.ts';
import { accessOf, limitedAccess, unlimited } from './access-control.ts';
import { outside } from './enforcement.ts';
import type { PermissionId } from './permissions.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });

/** A small world, by index instead of id: a group's parent comes before it. */
interface World {
  readonly parents: readonly (number | null)[];
  readonly users: readonly Person[];
  readonly profiles: readonly Profile[];
  readonly callerGroup: number | null;
  readonly asked: readonly PermissionId[];
}
interface Person {
  readonly tags: Record<string, string>;
  readonly group: number | null;
}
interface Profile {
  readonly permissions: readonly PermissionId[];
  readonly tags: Record<string, string>;
  readonly tagRestricted: readonly ('User' | 'Queue')[];
  readonly hierarchyRestricted: boolean;
  readonly group: number | null;
}

const permissions = ['Users.View', 'Users.Edit', 'Queues.View'] as const;
const tags = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'), { noNullPrototype: true });
const groups = 6;
const place = fc.option(fc.nat(groups - 1));

const world: fc.Arbitrary<World> = fc.record({
  parents: fc
    .tuple(
      ...Array.from({ length: groups }, (_, index) => (index === 0 ? fc.constant(null) : fc.option(fc.nat(index - 1)))),
    )
    .filter((parents) => parents.every((_, index) => pathOf(parents, index).length <= 5)),
  users: fc.array(fc.record({ tags, group: place }), { minLength: 1, maxLength: 8 }),
  profiles: fc.array(
    fc.record({
      permissions: fc.subarray([...permissions]),
      tags,
      tagRestricted: fc.subarray(['User', 'Queue'] as const),
      hierarchyRestricted: fc.boolean(),
      group: place,
    }),
    { minLength: 1, maxLength: 4 },
  ),
  callerGroup: place,
  asked: fc.subarray([...permissions], { minLength: 1 }),
});

/** The group and those above it. */
function pathOf(parents: World['parents'], group: number | null): number[] {
  return group === null ? [] : [group, ...pathOf(parents, parents[group] ?? null)];
}

/** The rule in words, without a database. */
function reaches({ parents, profiles, callerGroup, asked }: World, person: Person): boolean {
  return profiles.some((profile) => {
    if (!asked.some((permission) => profile.permissions.includes(permission))) return false;
    const wanted = profile.tagRestricted.includes('User') ? Object.entries(profile.tags) : [];
    if (wanted.some(([key, value]) => person.tags[key] !== value)) return false;
    if (!profile.hierarchyRestricted) return true;
    const top = profile.group ?? callerGroup;
    return top !== null && pathOf(parents, person.group).includes(top);
  });
}

/** Writes the world down. Answers the ids of its users and of the caller. */
async function build(tx: Tx, { parents, users, profiles, callerGroup }: World) {
  const { instance, clock, routingProfileId } = centre;
  const common = { instanceId: instance.id, now: clock, region: instance.region };
  const groupIds = parents.map(() => randomUUID());
  const groupId = (index: number | null) => (index === null ? null : (groupIds[index] ?? null));
  await insertHierarchyGroups(
    tx,
    parents.map((parent, index) => ({
      ...common,
      id: groupIds[index] ?? '',
      name: `Group ${index}`,
      level: pathOf(parents, index).length,
      parentGroupId: groupId(parent),
    })),
  );
  const made = profiles.map((profile) => ({
    ...common,
    id: randomUUID(),
    name: randomUUID(),
    description: null,
    permissions: profile.permissions,
    settings: {
      AllowedAccessControlTags: profile.tags,
      TagRestrictedResources: profile.tagRestricted,
      HierarchyRestrictedResources: profile.hierarchyRestricted ? ['User'] : null,
      AllowedAccessControlHierarchyGroupId: groupId(profile.group),
    },
  }));
  await insertSecurityProfiles(tx, made);
  const person = (tagged: Record<string, string>, group: number | null, securityProfileIds: string[]) => {
    const id = randomUUID();
    return { id, username: id, routingProfileId, securityProfileIds, hierarchyGroupId: groupId(group), tags: tagged };
  };
  const agent = [centre.securityProfiles.Agent ?? ''];
  const people = users.map((user) => person(user.tags, user.group, agent));
  const caller = person(
    {},
    callerGroup,
    made.map(({ id }) => id),
  );
  await insertUsers(tx, instance, [...people, caller], clock);
  return { ids: people.map(({ id }) => id), callerId: caller.id };
}

test('whoever is reached by the rule is reached by the condition, and nobody else', async () => {
  let narrowed = 0;
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const tx = await centre.db.startTransaction().execute();
      try {
        const { ids, callerId } = await build(tx, given);
        const access = await accessOf(tx, { type: 'USER', id: callerId }, given.asked);
        const { rows } = await sql<{ id: string }>`
          select u.id from users u where u.id = any(${ids}::uuid[]) and ${access.within('agent', 'u')}`.execute(tx);
        const reached = ids.filter((_, index) => reaches(given, given.users[index] as Person));
        expect(rows.map(({ id }) => id).sort()).toEqual([...reached].sort());
        const denied = ids.filter((id) => !reached.includes(id));
        expect(await outside(tx, centre.instance, access, 'agent', ids)).toEqual([...denied].sort());
        // No limit at all is said only where everybody is reached.
        if (access.limits('agent') === null) expect(denied).toEqual([]);
        if (reached.length > 0 && denied.length > 0) narrowed += 1;
      } finally {
        await tx.rollback().execute();
      }
    }),
    { numRuns: 200 },
  );
  expect(narrowed, 'worlds in which some are reached and some are not').toBeGreaterThan(20);
});

const profile = {
  permissions: ['Users.View'],
  allowedAccessControlTags: { team: 'red' },
  tagRestrictedResources: ['User'],
  hierarchyRestrictedResources: [],
  allowedAccessControlHierarchyGroupId: null,
  holderGroupId: null,
};

test('a profile limits the permissions that it grants, on the resources that it names', () => {
  const access = limitedAccess(
    [profile, { ...profile, permissions: ['Users.Edit'], tagRestrictedResources: [] }],
    ['Users.View'],
  );
  expect(access.limits('agent')).toEqual([{ tags: { team: 'red' } }]);
  expect(access.limits('queue')).toBeNull();
  expect(access.limits('agent', ['Users.Edit'])).toBeNull();
  expect(access.limits('agent', ['Users.View', 'Users.Edit'])).toBeNull();
  expect(access.limits('agent', ['Users.Delete'])).toEqual([]);
  expect([access.holds(['Users.Edit', 'Users.Delete']), access.holds(['Users.Delete'])]).toEqual([true, false]);
});

test('tags without resources and resources without tags have no effect', () => {
  for (const part of [{ allowedAccessControlTags: {} }, { tagRestrictedResources: [] }]) {
    expect(limitedAccess([{ ...profile, ...part }], ['Users.View']).limits('agent')).toBeNull();
  }
});

test('an access key is not limited', async () => {
  const access = await accessOf(centre.db, { type: 'ACCESS_KEY', id: 'TESTKEY' }, ['Users.View']);
  expect(access).toBe(unlimited);
  expect(access.holds(['Users.Delete'])).toBe(true);
});
