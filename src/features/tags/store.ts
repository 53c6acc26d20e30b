import { sql } from 'kysely';
import type { Tags } from '../../database/tables.ts';
import type { Db, Tx } from '../../operations/define-operation.ts';
import type { TaggedResource } from './rules.ts';

/**
 * The column `tags`, which is the same in every table that has it. This store is about that column alone, so it goes
 * over the fences of the features, which would otherwise repeat the same two statements ten times.
 */
const places = {
  instance: { table: 'instance', name: sql`coalesce(alias, id::text)`, owner: sql`id` },
  agent: { table: 'users', name: sql`username`, owner: sql`instance_id` },
  'agent-group': { table: 'hierarchy_group', name: sql`name`, owner: sql`instance_id` },
  'agent-state': { table: 'agent_status', name: sql`name`, owner: sql`instance_id` },
  'security-profile': { table: 'security_profile', name: sql`name`, owner: sql`instance_id` },
  'routing-profile': { table: 'routing_profile', name: sql`name`, owner: sql`instance_id` },
  queue: { table: 'queue', name: sql`name`, owner: sql`instance_id` },
  'transfer-destination': { table: 'quick_connect', name: sql`name`, owner: sql`instance_id` },
  'contact-flow': { table: 'contact_flow', name: sql`name`, owner: sql`instance_id` },
  'flow-module': { table: 'contact_flow_module', name: sql`name`, owner: sql`instance_id` },
  'operating-hours': { table: 'hours_of_operation', name: sql`name`, owner: sql`instance_id` },
} as const satisfies Record<TaggedResource['type'], object>;

export interface Tagged {
  readonly tags: Tags;
  /** As people know the resource: for the audit. */
  readonly name: string;
}

/** Null when the instance has no such resource. */
export async function findTagged(db: Db | Tx, instanceId: string, resource: TaggedResource): Promise<Tagged | null> {
  const { table, name, owner } = places[resource.type];
  const { rows } = await sql<Tagged>`
    select tags, ${name} as name from ${sql.table(table)}
    where ${owner} = ${instanceId} and id = ${resource.id}`.execute(db);
  return rows[0] ?? null;
}

/** The same, kept from being changed or deleted by others until the transaction ends. */
export async function lockTagged(tx: Tx, instanceId: string, resource: TaggedResource): Promise<Tagged | null> {
  const { table, name, owner } = places[resource.type];
  const { rows } = await sql<Tagged>`
    select tags, ${name} as name from ${sql.table(table)}
    where ${owner} = ${instanceId} and id = ${resource.id} for no key update`.execute(tx);
  return rows[0] ?? null;
}

export async function setTags(
  tx: Tx,
  resource: TaggedResource,
  tags: Readonly<Record<string, string>>,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  const { table } = places[resource.type];
  // An instance has no time of its last change.
  const modified =
    resource.type === 'instance' ? sql`` : sql`, last_modified_time = ${now}, last_modified_region = ${region}`;
  await sql`
    update ${sql.table(table)} set tags = ${JSON.stringify(tags)}::jsonb ${modified}
    where id = ${resource.id}`.execute(tx);
}
