import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { permissionIds } from '../../src/access/permissions.ts';
import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import type { UserCaller } from '../../src/operations/caller.ts';
import { resources, restrictableNames, restrictableTypes } from '../../src/resources/resources.ts';
import type { Input } from '../support/wire-request.ts';
import { type House, offered, offeredOperation, openHouse } from './house.ts';
import { allRequestsOf, inInstance } from './requests.ts';
import { wantedFor } from './wanted-permissions.ts';

/*
 * Every name in the instance becomes a secret that tells its kind and its id. Then every operation is sent every request
 * by callers with limits: no answer and no message may hold a secret that the caller's own lists would not show.
 */

interface Named {
  readonly table: string;
  readonly column: string;
  /** Of what the name is; `id` if left out. */
  readonly id?: string;
  /** Any of them. */
  readonly lists: readonly string[];
  readonly limited: boolean;
}

/** Whoever sees a contact sees the names as they were, of whatever is within reach. */
const history = 'SearchContactDetails';
/** So does whoever reads what agents did. */
const audit = 'GetAgentActivity';
const logins = 'GetLoginLogoutReport';

/** What has a name, where it is kept, and the lists that show it. */
const kinds = {
  login: { table: 'users', column: 'username', lists: ['ListUsers'], limited: true },
  firstname: { table: 'users', column: 'first_name', lists: ['ListUsers', history, logins], limited: true },
  lastname: { table: 'users', column: 'last_name', lists: ['ListUsers', history, logins], limited: true },
  email: { table: 'users', column: 'email', lists: ['ListUsers'], limited: true },
  profile: { table: 'security_profile', column: 'name', lists: ['ListSecurityProfiles'], limited: true },
  routing: { table: 'routing_profile', column: 'name', lists: ['ListRoutingProfiles'], limited: true },
  queue: { table: 'queue', column: 'name', lists: ['ListQueues'], limited: true },
  group: { table: 'hierarchy_group', column: 'name', lists: ['ListUserHierarchyGroups'], limited: true },
  quickconnect: { table: 'quick_connect', column: 'name', lists: ['ListQuickConnects'], limited: false },
  flow: { table: 'contact_flow', column: 'name', lists: ['ListContactFlows'], limited: false },
  module: { table: 'contact_flow_module', column: 'name', lists: ['ListContactFlowModules'], limited: false },
  hours: { table: 'hours_of_operation', column: 'name', lists: ['ListHoursOfOperations'], limited: false },
  pastlogin: {
    table: 'agent_snapshot',
    column: 'username',
    id: 'user_id',
    lists: [history, audit, logins],
    limited: true,
  },
  pastqueue: { table: 'queue_snapshot', column: 'name', id: 'queue_id', lists: [history], limited: true },
  pastrouting: {
    table: 'agent_snapshot',
    column: 'routing_profile_name',
    id: 'routing_profile_id',
    lists: [history, logins],
    limited: true,
  },
} as const satisfies Readonly<Record<string, Named>>;
type Kind = keyof typeof kinds;
/** The same in the audit. */
const auditedAs = {
  login: 'agent',
  profile: 'security-profile',
  routing: 'routing-profile',
  queue: 'queue',
  group: 'agent-group',
  quickconnect: 'transfer-destination',
  flow: 'contact-flow',
  module: 'flow-module',
  hours: 'operating-hours',
} as const satisfies Partial<Record<Kind, string>>;
const restrictable = restrictableTypes.map((type) => resources[type].table);
/** Of people whose tags are not to be had any more: only whoever may be told of everybody is told. */
const peopleOnceThere = ['gone', 'actor', 'requester', 'record'];

let house: House;
let profileId: string;
let somebody: UserCaller;
/** Within the limits of the limited caller whatever is asked; what they refer to is not. */
let alwaysWithin: string[];
let gone: string;

beforeAll(async () => {
  house = await openHouse();
  const { world } = house;
  profileId = await world.makeSecurityProfile({});
  const userId = await world.makeUser({ username: 'somebody', securityProfileIds: [profileId] });
  somebody = { kind: 'USER', userId, username: 'somebody', instanceId: world.instance.id };
  const subordinate = await world.makeGroup(world.group);
  const member = await world.makeUser({ hierarchyGroupId: subordinate });
  alwaysWithin = [subordinate, member, world.otherRoutingProfile, world.madeSecurityProfile];
  gone = await world.makeUser();
  await world.makeQuickConnect(gone);
  await world.call('DeleteUser', { UserId: gone });
});
afterAll(() => house.close());

const secretOf = (kind: string, id: string) => `'secret${kind}' || replace(${id}::text, '-', '')`;

/** Puts a secret into the name of what has none yet; what the request says in so many words keeps its name. */
async function hideNames(asked: string): Promise<void> {
  for (const [kind, { table, column, id = 'id' }] of Object.entries<Named>(kinds)) {
    const name = sql.raw(`t.${column}`);
    await sql`update ${sql.table(table)} t set ${sql.raw(column)} = ${name} || '-' || ${sql.raw(secretOf(kind, `t.${id}`))}
      where ${name} not like '%secret%' and position(lower(${name}) in lower(${asked})) = 0`.execute(house.db);
  }
  await sql`update audit_entry set resource_name = ${sql.raw(secretOf('gone', 'resource_id'))},
      details = jsonb_build_object('FirstName', ${sql.raw(secretOf('gone', 'resource_id'))})
    where change = 'DELETED' and resource_type = 'agent' and resource_name not like 'secret%'`.execute(house.db);
  for (const [kind, type] of Object.entries(auditedAs)) {
    await sql`update audit_entry set resource_name = ${sql.raw(secretOf(kind, 'resource_id'))}
      where resource_type = ${type} and not (change = 'DELETED' and resource_type = 'agent')
        and resource_name not like '%secret%' and position(lower(resource_name) in lower(${asked})) = 0`.execute(
      house.db,
    );
  }
  await sql`update audit_entry set details = jsonb_build_object('FirstName', ${sql.raw(secretOf('firstname', 'resource_id'))},
      'RoutingProfile', jsonb_build_object('Name', ${sql.raw(`'secretrouting' || replace('${randomUUID()}', '-', '')`)}))
    where change = 'CREATED' and resource_type = 'agent' and details::text not like '%secret%'`.execute(house.db);
  await sql`update audit_entry set actor_name = ${sql.raw(secretOf('actor', 'request_id'))}
    where actor_name not like 'secret%'`.execute(house.db);
  await sql`update user_batch set requested_by_name = ${sql.raw(secretOf('requester', 'id'))}
    where requested_by_name not like 'secret%' and requested_by_id <> ${somebody.userId}`.execute(house.db);
  await sql`update user_batch_record r set username = ${sql.raw(secretOf('record', 'r.user_batch_id'))},
      first_name = username, reason = case when reason is not null then ${sql.raw(secretOf('record', 'r.user_batch_id'))} end
    from user_batch b
    where b.id = r.user_batch_id and b.requested_by_id <> ${somebody.userId} and r.username not like 'secret%'`.execute(
    house.db,
  );
}

/** Puts these within the limits of the limited caller, and everything else out of them. */
async function putWithin(ids: readonly string[]): Promise<void> {
  for (const table of restrictable) {
    await sql`update ${sql.table(table)} set tags = case when id = any(${ids}::uuid[])
        then tags || '{"Reach":"Inside"}' else tags - 'Reach' end
      where (tags ? 'Reach') <> (id = any(${ids}::uuid[]))`.execute(house.db);
  }
}

const idsIn = (text: string) => text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi) ?? [];

/** A restriction would hide whatever contacts the limits leave. */
const withoutRestriction = permissionIds.filter((id) => id !== 'RestrictContactAccessByHierarchy.View');

async function beLimited(): Promise<void> {
  await sql`update security_profile set permissions = ${withoutRestriction},
      allowed_access_control_tags = '{"Reach":"Inside"}', tag_restricted_resources = ${restrictableNames}
    where id = ${profileId}`.execute(house.db);
}

async function haveOnly(permissions: readonly string[]): Promise<void> {
  await sql`update security_profile set permissions = ${permissions}, tag_restricted_resources = null,
    allowed_access_control_tags = null where id = ${profileId}`.execute(house.db);
}

const day = new Date('2026-11-02T00:00:00Z');

/** The lists that the caller has with these permissions. */
function listed(permissions: readonly string[]): ReadonlySet<string> {
  const lists: readonly string[] = Object.values<Named>(kinds).flatMap((kind) => kind.lists);
  return new Set(
    lists.filter((name) => {
      const operation = offeredOperation(name);
      const range = { StartTime: day, EndTime: day };
      const asked: Readonly<Record<string, Input>> = {
        [history]: { TimeRange: { Type: 'INITIATION_TIMESTAMP', ...range } },
        [audit]: { AgentIds: [house.world.user], ...range },
        [logins]: range,
      };
      const required = asked[name] ?? {};
      const wanted = wantedFor(operation, inInstance(operation, house.world.instance.id, required));
      return wanted !== 'ACCESS_KEY_ONLY' && wanted.some((permission) => permissions.includes(permission));
    }),
  );
}

interface Reader {
  readonly lists: ReadonlySet<string>;
  /** Null: without limits. */
  readonly within: ReadonlySet<string> | null;
}

/** The secrets in an answer, in its page tokens too, that the reader's lists would not show. */
function leaksIn(answer: string, asked: string, { lists, within }: Reader): string[] {
  const tokens = [...answer.matchAll(/"NextToken":"([^"]+)"/g)].map(([, token]) =>
    Buffer.from(token ?? '', 'base64url').toString('utf8'),
  );
  const found = [answer, ...tokens].join('\n').match(/secret[a-z]+[0-9a-f]{32}/g) ?? [];
  return [...new Set(found)].filter((secret) => {
    const [, kind = '', hex = ''] = /^secret([a-z]+?)([0-9a-f]{32})$/.exec(secret) ?? [];
    if (asked.includes(secret)) return false;
    if (peopleOnceThere.includes(kind)) return !lists.has('ListUsers') || within !== null;
    const { lists: showing, limited }: Named = kinds[kind as Kind];
    return !showing.some((list) => lists.has(list)) || (limited && within !== null && !within.has(hex));
  });
}

/** What is refused, for what is in the way, or not as it must be, has names that its message could tell. */
const refusedRequests: Readonly<Record<string, () => Promise<Input> | Input>> = {
  DeleteQueue: () => ({ QueueId: house.world.queue }),
  DeleteRoutingProfile: () => ({ RoutingProfileId: house.world.basicRoutingProfile }),
  DeleteSecurityProfile: () => ({ SecurityProfileId: house.world.agentProfile }),
  DeleteUserHierarchyGroup: () => ({ HierarchyGroupId: house.world.group }),
  DeleteHoursOfOperation: () => ({ HoursOfOperationId: house.world.hours }),
  DeleteContactFlow: () => ({ ContactFlowId: house.world.agentTransfer }),
  DeletePredefinedAttribute: () => ({ Name: house.world.attribute }),
  UpdatePredefinedAttribute: () => ({ Name: house.world.attribute, Values: { StringList: ['Silver'] } }),
  UpdateRoutingProfileQueues: async () => ({
    RoutingProfileId: house.world.routingProfile,
    QueueConfigs: [
      { QueueReference: { QueueId: await house.world.makeQueue(), Channel: 'CHAT' }, Priority: 1, Delay: 0 },
    ],
  }),
  CreateQuickConnect: () => ({
    Name: house.world.fresh('Quick connect'),
    QuickConnectConfig: {
      QuickConnectType: 'USER',
      UserConfig: { UserId: house.world.user, ContactFlowId: house.world.queueTransfer },
    },
  }),
  UpdateQueueOutboundCallerConfig: () => ({
    QueueId: house.world.queue,
    OutboundCallerConfig: { OutboundFlowId: house.world.agentTransfer },
  }),
  PreviewUserDeletion: () => ({ UserIds: [gone, house.world.user, house.world.otherUser, randomUUID()] }),
  StartUserDeletion: () => ({ UserIds: [gone, house.world.otherUser, randomUUID()] }),
};

/** Members by which a list is cut, so that it makes a token. */
const cut = ({ body, query }: CompiledOperation, input: Input): Input[] =>
  [...body, ...query].some(({ name }) => name === 'MaxResults') && input.MaxResults === undefined
    ? [{ ...input, MaxResults: 1 }]
    : [];

test.each([...offered.values()].map((operation) => [operation.operation.name, operation] as const))(
  '%s tells no name that its caller may not see',
  async (name, operation) => {
    const { world } = house;
    const extra = refusedRequests[name];
    const requests = [
      ...allRequestsOf(operation).map(
        ({ build }) =>
          () =>
            build(world),
      ),
      ...(extra ? [async () => inInstance(operation, world.instance.id, await extra())] : []),
    ];
    const leaks: string[] = [];
    const send = async (who: string, input: Input, reader: Reader) => {
      const asked = JSON.stringify(input);
      for (const one of [input, ...cut(operation, input)]) {
        const { text, status } = await house.sendInput(name, one, somebody);
        for (const leak of leaksIn(text, asked, reader)) leaks.push(`${who} (${status}): ${leak} after ${asked}`);
      }
    };
    const prepared = async (build: () => Promise<Input>) => {
      const input = await build();
      await hideNames(JSON.stringify(input));
      return input;
    };

    for (const build of requests) {
      const first = await prepared(build);
      const within = [...idsIn(JSON.stringify(first)), ...alwaysWithin].filter((id) => id !== gone);
      if (name.endsWith('UserDeletion')) within.splice(within.indexOf(world.otherUser), 1);
      await putWithin(within);
      await beLimited();
      const hexes = within.map((id) => id.toLowerCase().replaceAll('-', ''));
      await send('limited', first, { lists: listed(withoutRestriction), within: new Set(hexes) });

      const wanted = wantedFor(operation, first);
      for (const permission of wanted === 'ACCESS_KEY_ONLY' ? [] : wanted) {
        const input = await prepared(build);
        await haveOnly([permission]);
        await send(`only ${permission}`, input, { lists: listed([permission]), within: null });
      }
    }
    expect(leaks).toEqual([]);
    expect(house.takeFailures()).toEqual([]);
  },
);
