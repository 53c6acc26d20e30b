import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { mayBeNamed, namesAll, namesEverybody, shownName } from '../../access/shown-names.ts';
import type { Change } from '../../audit/change.ts';
import type { Door } from '../../audit/store.ts';
import type { Db } from '../../database/db.ts';
import { type Caller, identityOf } from '../../operations/caller.ts';
import type { Instance } from '../../operations/instance.ts';
import { andAll } from '../../operations/search.ts';
import type { NamedType } from '../../resources/resources.ts';
import { type EntryType, visible } from './visible-entries.ts';

/** Reads the audit for people: what a reader may see of it, newest first. */

export interface EntryFilter {
  readonly start: Date;
  readonly end: Date;
  readonly actorId?: string | undefined;
  readonly actorName?: string | undefined;
  readonly resourceTypes?: readonly EntryType[] | undefined;
  readonly resourceId?: string | undefined;
  readonly resourceName?: string | undefined;
  readonly actions?: readonly Change['change'][] | undefined;
  readonly operations?: readonly string[] | undefined;
  readonly doors?: readonly Door[] | undefined;
  readonly permissions?: readonly string[] | undefined;
}

/** The place of an entry in the order. */
export interface EntryKey {
  /** Microseconds since 1970, as the database has it. */
  readonly micros: number;
  readonly id: string;
}

export interface Entry extends EntryKey {
  readonly time: Date;
  readonly operation: string;
  readonly action: Change['change'];
  readonly door: Door;
  readonly permission: string;
  readonly actorType: 'USER' | 'ACCESS_KEY' | 'SYSTEM';
  readonly actorId: string;
  /** Null: not for this reader. */
  readonly actorName: string | null;
  readonly resourceType: EntryType;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly userBatchId: string | null;
  readonly requestId: string;
  readonly values: readonly { readonly member: string; readonly Old?: unknown; readonly New?: unknown }[];
}

export interface Reader {
  readonly db: Db;
  readonly instance: Instance;
  readonly access: Access;
  readonly caller: Caller;
}

export async function listEntries(
  reader: Reader,
  filter: EntryFilter,
  after: EntryKey | null,
  limit: number,
): Promise<Entry[]> {
  const { rows } = await entriesQuery(reader, filter, after, limit).execute(reader.db);
  return rows.map(({ details, ...row }) => ({ ...row, values: valuesOf(reader.access, row.action, details) }));
}

/** For tests, which look at its plan. */
export function entriesQuery(
  { instance, access, caller }: Omit<Reader, 'db'>,
  filter: EntryFilter,
  after: EntryKey | null,
  limit: number,
): RawBuilder<Omit<Entry, 'values'> & { readonly details: unknown }> {
  const { id: reader, name } = identityOf(caller);
  const actorUser = sql<string>`case when a.actor_type = 'USER' then a.actor_id::uuid end`;
  const actorName = namesEverybody(access)
    ? sql`a.actor_name`
    : sql`case when a.actor_id = ${reader} then ${name}
        else (select ${shownName(access, 'agent', 'u')} from users u where u.id = ${actorUser}) end`;
  return sql`
    select a.id, (extract(epoch from a.time) * 1000000)::bigint as micros, a.time, a.operation, a.change as action,
      a.door, a.permission, a.actor_type as "actorType", a.actor_id as "actorId", ${actorName} as "actorName",
      a.resource_type as "resourceType", a.resource_id as "resourceId", a.resource_name as "resourceName",
      a.user_batch_id as "userBatchId", a.request_id as "requestId", a.details
    from audit_entry a
    where a.instance_id = ${instance.id} and ${andAll([
      ...conditionsOf(filter),
      ...(filter.actorName === undefined ? [] : [madeBy(filter.actorName, { instance, access, caller })]),
      visible({ instance, access, reader }, filter.resourceTypes),
      ...(after
        ? [
            sql<SqlBool>`(a.time, a.id) < (timestamptz 'epoch' + ${after.micros}::bigint * interval '1 microsecond', ${after.id}::uuid)`,
          ]
        : []),
    ])}
    order by a.time desc, a.id desc limit ${limit}`;
}

function conditionsOf(filter: EntryFilter): RawBuilder<SqlBool>[] {
  const { start, end, actorId, resourceTypes, resourceId, resourceName } = filter;
  const { actions, operations, doors, permissions } = filter;
  const among = (name: string, values: readonly string[] | undefined) => {
    if (values === undefined) return [];
    const column = sql.ref(`a.${name}`);
    // Of one value an index has the entries in order; of a list it has not.
    return [
      values.length === 1 ? sql<SqlBool>`${column} = ${values[0]}` : sql<SqlBool>`${column} = any(${values}::text[])`,
    ];
  };
  return [
    sql<SqlBool>`a.time >= ${start} and a.time < ${end}`,
    ...(actorId === undefined ? [] : [sql<SqlBool>`a.actor_id = ${actorId}`]),
    ...(resourceId === undefined ? [] : [sql<SqlBool>`a.resource_id = ${resourceId}`]),
    ...(resourceName === undefined ? [] : [sql<SqlBool>`lower(a.resource_name) = lower(${resourceName})`]),
    ...among('resource_type', resourceTypes),
    ...among('change', actions),
    ...among('operation', operations),
    ...among('door', doors),
    ...among('permission', permissions),
  ];
}

/** A name that the reader is not told must not be found out by asking for it either. */
function madeBy(name: string, { instance, access, caller }: Omit<Reader, 'db'>): RawBuilder<SqlBool> {
  const named = sql<SqlBool>`lower(a.actor_name) = lower(${name})`;
  if (namesEverybody(access)) return named;
  const own = identityOf(caller);
  const isOwn = own.name.toLowerCase() === name.toLowerCase();
  // Logins do not change: the name as it was narrows it by an index, and who has it says whether the reader may be told.
  return sql`${named} and (a.actor_id in (
      select u.id::text from users u
      where u.instance_id = ${instance.id} and lower(u.username) = lower(${name}) and ${mayBeNamed(access, 'agent', 'u')})
    or ${isOwn}::boolean and a.actor_id = ${own.id} or a.actor_type = 'ACCESS_KEY' and lower(a.actor_id) = lower(${name}))`;
}

/** Members of snapshots that tell the name of something else beside its id. */
const namedIn: Readonly<Record<string, NamedType>> = {
  RoutingProfile: 'routing-profile',
  HierarchyGroup: 'agent-group',
  SecurityProfiles: 'security-profile',
};

function valuesOf(access: Access, action: Change['change'], details: unknown): Entry['values'] {
  const shown = (member: string, value: unknown) => {
    const type = Object.hasOwn(namedIn, member) ? namedIn[member] : undefined;
    return type && !namesAll(access, type) ? withoutNames(value) : value;
  };
  if (!isObject(details)) return [];
  if (action !== 'UPDATED') {
    const when = action === 'CREATED' ? 'New' : 'Old';
    return Object.entries(details).map(([member, value]) => ({ member, [when]: shown(member, value) }));
  }
  return Object.entries(isObject(details.Changes) ? details.Changes : {}).map(([member, values]) => ({
    member,
    ...(isObject(values) && 'Old' in values && { Old: shown(member, values.Old) }),
    ...(isObject(values) && 'New' in values && { New: shown(member, values.New) }),
  }));
}

function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames);
  if (!isObject(value)) return value;
  const { Name: _, ...rest } = value;
  return rest;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
