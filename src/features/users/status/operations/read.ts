import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../../../../database/db.ts';
import { arnOf, isUuid } from '../../../../operations/arn.ts';
import type { InputOf } from '../../../../operations/connect-types.ts';
import { instanceId, items, pageOf } from '../../../../operations/constraints.ts';
import { defineRead, type InstanceContext } from '../../../../operations/define-operation.ts';
import { invalidParameter } from '../../../../operations/errors.ts';
import type { Instance } from '../../../../operations/instance.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../../operations/paging.ts';
import { requirePresent } from '../../../../operations/present.ts';
import { andAll } from '../../../../operations/search.ts';
import { byLevel } from '../../../hierarchy/rules.ts';
import { type PathStep, pathsTo } from '../../../hierarchy/store.ts';
import { usersWithin } from '../../search/condition.ts';
import { countUsersInStatus, listUsersInStatus, type UserInStatus } from '../store.ts';

type Filters = InputOf<'GetCurrentUserData'>['Filters'];

/** What each kind of filter names, and the users that it means, on `users as u`. */
const filters = {
  Queues: {
    type: 'queue',
    users: (ids: readonly string[]) => sql<SqlBool>`u.routing_profile_id in (
      select routing_profile_id from routing_profile_queue where queue_id = any(${ids}::uuid[]))`,
  },
  RoutingProfiles: {
    type: 'routing-profile',
    users: (ids: readonly string[]) => sql<SqlBool>`u.routing_profile_id = any(${ids}::uuid[])`,
  },
  Agents: {
    type: 'agent',
    users: (ids: readonly string[]) => sql<SqlBool>`u.id = any(${ids}::uuid[])`,
  },
  UserHierarchyGroups: {
    type: 'agent-group',
    users: (ids: readonly string[]) => sql<SqlBool>`u.hierarchy_group_id in (
      with recursive below as (
        select id from hierarchy_group where id = any(${ids}::uuid[])
        union all
        select child.id from hierarchy_group child join below on child.parent_group_id = below.id
      ) select id from below)`,
  },
} as const;

const kinds = Object.keys(filters) as (keyof typeof filters)[];

/** @throws InvalidParameterException unless exactly one kind is there; ResourceNotFoundException */
async function conditionOf(
  { db, instance, access }: InstanceContext<Db>,
  given: Filters,
): Promise<RawBuilder<SqlBool>> {
  const [kind, ...others] = kinds.filter((one) => given[one] !== undefined);
  if (!kind || others.length > 0) {
    throw invalidParameter(`Filters must have exactly one of ${kinds.join(', ')}, beside ContactFilter.`);
  }
  const { type, users } = filters[kind];
  const ids = [...new Set(given[kind] ?? [])];
  await requirePresent(db, instance, type, ids);
  // Nobody has contacts, so nobody has one in any of the states.
  const states = given.ContactFilter?.ContactStates ?? [];
  const byContacts = states.length > 0 ? [sql<SqlBool>`false`] : [];
  return andAll([usersWithin(instance, access), users(ids), ...byContacts]);
}

function userDataOf(instance: Instance, user: UserInStatus, path: readonly PathStep[]) {
  const slots = (count: (concurrency: number) => number) =>
    Object.fromEntries(
      user.mediaConcurrencies.map(({ Channel, Concurrency }) => [String(Channel), count(Concurrency ?? 0)]),
    );
  const reference = (type: 'agent' | 'routing-profile' | 'agent-group', id: string) => ({
    Id: id,
    Arn: arnOf(instance, type, id),
  });
  return {
    User: reference('agent', user.id),
    RoutingProfile: reference('routing-profile', user.routingProfileId),
    HierarchyPath: user.hierarchyGroupId ? byLevel(path, ({ id }) => reference('agent-group', id)) : undefined,
    Status: {
      StatusStartTimestamp: user.statusStartTime,
      StatusArn: arnOf(instance, 'agent-state', user.agentStatusId),
      StatusName: user.statusName,
    },
    // Only in a routable status does an agent take contacts.
    AvailableSlotsByChannel: slots((most) => (user.statusType === 'ROUTABLE' ? most : 0)),
    MaxSlotsByChannel: slots((most) => most),
    ActiveSlotsByChannel: slots(() => 0),
    Contacts: [],
  };
}

const token = 'current-user-data';

function startOf(given: string | undefined): string | null {
  const [id = null] = decodeToken(token, given, 1) ?? [];
  if (id !== null && (typeof id !== 'string' || !isUuid(id))) throw unusableToken();
  return id;
}

/** In the order of ids: the answer has no logins, so neither its order nor its tokens tell any. */
export const getCurrentUserData = defineRead('GetCurrentUserData', {
  permission: ['AccessMetrics.RealTimeMetrics.Access', 'AccessMetrics'],
  constraints: {
    ...instanceId,
    ...pageOf(100),
    'UserDataFilters.Queues': items(1, 100),
    'UserDataFilters.RoutingProfiles': items(1, 100),
    'UserDataFilters.Agents': items(1, 100),
    'UserDataFilters.UserHierarchyGroups': items(1, 1),
    'ContactFilter.ContactStates': items(0, 9),
  },
  approximate:
    'Shows the users whose status was set with PutUserStatus, since nobody signs in to a Contact Control Panel here; they have no contacts.',
  handler: async (context, input) => {
    const { db, instance, access } = context;
    const size = input.MaxResults ?? 100;
    const after = startOf(input.NextToken);
    const condition = await conditionOf(context, input.Filters);
    const found = await listUsersInStatus(db, condition, after, size + 1);
    const { rows, nextToken } = pageOfRows(found, size, token, ({ id }) => [id]);
    const groups = rows.flatMap((user) => user.hierarchyGroupId ?? []);
    const paths = await pathsTo(db, instance.id, access, [...new Set(groups)]);
    return {
      UserDataList: rows.map((user) => userDataOf(instance, user, paths.get(user.hierarchyGroupId ?? '') ?? [])),
      NextToken: nextToken,
      ApproximateTotalCount: await countUsersInStatus(db, condition),
    };
  },
});
