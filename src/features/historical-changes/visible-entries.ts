import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Access, unlimited } from '../../access/access-control.ts';
import type { PermissionId } from '../../access/permissions.ts';
import type { Change } from '../../audit/change.ts';
import type { Instance } from '../../operations/instance.ts';
import { orAny } from '../../operations/search.ts';
import { isRestrictable, type RestrictableType, resources } from '../../resources/resources.ts';

/** Access keys are of the account: no instance's history has them. */
export type EntryType = Exclude<Change['resourceType'], 'access-key'>;

const seesUsers: readonly PermissionId[] = ['Users.View'];

/** Whoever sees the resources of a kind sees what became of them. Empty: everybody who may see changes at all. */
const permissionsFor: Readonly<Record<EntryType, readonly PermissionId[]>> = {
  instance: [],
  agent: seesUsers,
  session: seesUsers,
  'sign-in': seesUsers,
  'user-batch': [...seesUsers, 'Users.Delete'],
  'agent-group': resources['agent-group'].sees,
  'agent-group-level': resources['agent-group'].sees,
  'agent-state': resources['agent-state'].sees,
  'security-profile': resources['security-profile'].sees,
  'routing-profile': resources['routing-profile'].sees,
  queue: resources.queue.sees,
  'transfer-destination': resources['transfer-destination'].sees,
  'contact-flow': resources['contact-flow'].sees,
  'flow-module': resources['flow-module'].sees,
  'operating-hours': resources['operating-hours'].sees,
  'predefined-attribute': resources['predefined-attribute'].sees,
  contact: ['ContactSearch.View'],
  // Also of those that are nobody's but their owner's.
  'saved-report': ['ReportsAdmin.View'],
};

export const entryTypes = Object.keys(permissionsFor) as EntryType[];

/**
 * Which rows of `audit_entry as a` the reader sees. Whose reach is limited in a kind sees only what is there and within
 * it: what is gone took its tags and groups along, so that nobody can tell who reached it. The limits are those of the
 * right to see changes and of the right to see the kind, both.
 */
export function visible(
  { instance, access, reader }: { readonly instance: Instance; readonly access: Access; readonly reader: string },
  types: readonly EntryType[] = entryTypes,
): RawBuilder<SqlBool> {
  const wholly: EntryType[] = [];
  const partly: RawBuilder<SqlBool>[] = [];
  for (const type of types) {
    const permissions = permissionsFor[type];
    if (permissions.length > 0 && !access.holds(permissions)) continue;
    if (type === 'contact' && !reachesEveryContact(access)) continue;
    const limited = ofUsers.has(type) ? 'agent' : type;
    if (!isRestrictable(limited) || !isLimited(access, limited, permissions)) {
      wholly.push(type);
    } else if (type === 'user-batch') {
      partly.push(sql<SqlBool>`a.resource_type = 'user-batch' and a.actor_id = ${reader}`);
    } else {
      partly.push(sql<SqlBool>`a.resource_type = ${type} and exists (
        select 1 from ${sql.table(resources[limited].table)} r
        where r.id = ${idIn(type)} and r.instance_id = ${instance.id}
          and ${access.within(limited, 'r')} and ${access.within(limited, 'r', permissions)})`);
    }
  }
  const all = entryTypes.every((type) => wholly.includes(type)) && types.length === entryTypes.length;
  if (all) return sql<SqlBool>`a.resource_type <> 'access-key'`;
  return orAny([sql<SqlBool>`a.resource_type = any(${wholly}::text[])`, ...partly]);
}

/** A contact is within reach by its agent at that time, which no entry knows: who does not reach all sees of none. */
const reachesEveryContact = (access: Access) =>
  access === unlimited ||
  (access.limits('agent') === null &&
    access.limits('agent', permissionsFor.contact) === null &&
    !access.holds(['RestrictContactAccessByHierarchy.View']));

/** What belongs to users, or names them in its results. */
const ofUsers: ReadonlySet<EntryType> = new Set<EntryType>(['session', 'sign-in', 'user-batch']);

const isLimited = (access: Access, type: RestrictableType, permissions: readonly PermissionId[]) =>
  access.limits(type) !== null || access.limits(type, permissions) !== null;

/** The id of the resource, or of the user to whom it belongs. In a case, so that no other text is read as an id. */
function idIn(type: EntryType): RawBuilder<string> {
  const column = type === 'session' ? sql`a.details ->> 'UserId'` : sql`a.resource_id`;
  return sql<string>`case when a.resource_type = ${type} then (${column})::uuid end`;
}
