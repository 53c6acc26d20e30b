import { sql } from 'kysely';
import { idIn, kindOf, parseArn } from '../../operations/arn.ts';
import type { Change, Db, Tx } from '../../operations/define-operation.ts';
import { accessDenied, OperationError } from '../../operations/errors.ts';
import type { Instance } from '../instances/types.ts';
import { type Access, inWords, type RestrictableType, restrictableResources } from './access-control.ts';

/**
 * Access control where every call comes through: before the handler, whatever the request names must be within the
 * caller's limits; after it, whatever was written must still be. So a new operation on a user or a queue is covered
 * without a word of its own; only lists have to put `access.within` into their condition.
 *
 * What is outside is denied, not "not found": an id is no secret and tells nothing, and an administrator who is denied
 * knows what to do. What does not exist stays for the handler to say.
 */

/** The members by which requests name one resource, or a few. A user batch's UserIds are judged one by one. */
const namingMembers: ReadonlyMap<string, RestrictableType> = new Map([
  ['UserId', 'agent'],
  ['SecurityProfileId', 'security-profile'],
  ['SecurityProfileIds', 'security-profile'],
  ['RoutingProfileId', 'routing-profile'],
  ['QueueId', 'queue'],
  ['DefaultOutboundQueueId', 'queue'],
  ['HierarchyGroupId', 'agent-group'],
  ['ParentGroupId', 'agent-group'],
  ['AllowedAccessControlHierarchyGroupId', 'agent-group'],
]);

const arnMembers: ReadonlySet<string> = new Set(['resourceArn', 'EntityArn']);

/**
 * Not looked into: the rows of an import, of which one that names what is out of reach fails alone, and maps, whose keys
 * are anybody's words.
 */
const passedOver: ReadonlySet<string> = new Set(['Users', 'Tags', 'tags', 'AllowedAccessControlTags']);

const tables: Readonly<Record<RestrictableType, string>> = {
  agent: 'users',
  'security-profile': 'security_profile',
  queue: 'queue',
  'routing-profile': 'routing_profile',
  'agent-group': 'hierarchy_group',
};

const types = Object.values(restrictableResources);

/** Those that exist and lie outside of the limits. The column `tags`, like the limits themselves, is in every table. */
export async function outside(
  db: Db | Tx,
  instance: Instance,
  access: Access,
  type: RestrictableType,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0 || access.limits(type) === null) return [];
  const { rows } = await sql<{ id: string }>`
    select r.id from ${sql.table(tables[type])} r
    where r.instance_id = ${instance.id} and r.id = any(${ids}::uuid[]) and (${access.within(type, 'r')}) is not true
    order by r.id`.execute(db);
  return rows.map((row) => row.id);
}

/** @throws AccessDeniedException when one of them exists and lies outside of the limits */
export async function requireWithin(
  db: Db | Tx,
  instance: Instance,
  access: Access,
  type: RestrictableType,
  ids: readonly string[],
): Promise<void> {
  const [denied] = await outside(db, instance, access, type, ids);
  if (denied === undefined) return;
  throw accessDenied(
    `Your security profiles do not let you reach the ${kindOf(type)} ${denied}: you reach ${reachable(access, type)}.`,
  );
}

/** @throws AccessDeniedException when the request names something outside of the limits */
export async function requireNamedWithin(
  db: Db | Tx,
  instance: Instance,
  access: Access,
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (types.every((type) => access.limits(type) === null)) return;
  const named = new Map<RestrictableType, string[]>();
  walk(input, (type, given) => {
    const id = idOrNull(given, type, instance);
    if (!id) return;
    const ids = named.get(type);
    if (ids) ids.push(id);
    else named.set(type, [id]);
  });
  for (const [type, ids] of named) await requireWithin(db, instance, access, type, ids);
}

/** Finds what a request names, wherever it stands: a quick connect's user is two structures down. */
function walk(value: unknown, found: (type: RestrictableType, given: string) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, found);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [member, inner] of Object.entries(value)) {
    const type = namingMembers.get(member);
    if (type) for (const given of [inner].flat()) if (typeof given === 'string') found(type, given);
    if (arnMembers.has(member) && typeof inner === 'string') {
      const named = types.find((one) => one === parseArn(inner)?.resource?.type);
      if (named) found(named, inner);
    }
    if (!passedOver.has(member)) walk(inner, found);
  }
}

/**
 * A resource that a caller makes or changes must be one that they reach afterwards. Amazon Connect demands the access
 * control tags on what a limited person makes; that a change may not shed them is inferred from it.
 * @throws AccessDeniedException
 */
export async function requireWrittenWithin(
  tx: Tx,
  instance: Instance,
  access: Access,
  changes: readonly Change[],
): Promise<void> {
  for (const type of types) {
    const ids = changes
      .filter(({ change, resourceType }) => change !== 'DELETED' && resourceType === type)
      .map(({ resourceId }) => resourceId);
    const [denied] = await outside(tx, instance, access, type, ids);
    if (denied === undefined) continue;
    throw accessDenied(
      `This would put the ${kindOf(type)} out of your reach: your security profiles let you reach ${reachable(access, type)}.`,
    );
  }
}

/** The end of "you reach …". */
export function reachable(access: Access, type: RestrictableType): string {
  const limits = access.limits(type);
  if (!limits) return 'all';
  return limits.length > 0 ? `only those ${inWords(limits)}` : 'none';
}

/** Null for what is no id of the instance: the handler has the words for it. */
function idOrNull(given: string, type: RestrictableType, instance: Instance): string | null {
  try {
    return idIn(given, type, instance);
  } catch (error) {
    if (error instanceof OperationError) return null;
    throw error;
  }
}
