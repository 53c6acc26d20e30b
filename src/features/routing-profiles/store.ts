import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { countRows } from '../../database/count.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { RoutingProfileTable } from '../../database/tables.ts';
import { notFound } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { type Found, type Listed, listSummaries, type Summary, searchByName } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';
import { associateManualAssignmentQueues, associateQueues, queueIdsOf } from './association-store.ts';
import type { CountedRoutingProfile, NewRoutingProfile, RoutingProfile, RoutingProfileSettings } from './types.ts';

function fromRow(row: Selectable<RoutingProfileTable>): RoutingProfile {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    defaultOutboundQueueId: row.default_outbound_queue_id,
    // Written by columnsOf alone, in this shape.
    mediaConcurrencies: row.media_concurrencies as RoutingProfileSettings['mediaConcurrencies'],
    agentAvailabilityTimer: row.agent_availability_timer,
    isDefault: row.is_default,
    tags: row.tags,
    lastModifiedTime: row.last_modified_time,
    lastModifiedRegion: row.last_modified_region,
  };
}

type Changes = { readonly [K in keyof RoutingProfileSettings]?: RoutingProfileSettings[K] | undefined };

/** The columns of the settings that are there; what is undefined kysely leaves out. */
const columnsOf = (settings: Changes) => ({
  name: settings.name,
  description: settings.description,
  default_outbound_queue_id: settings.defaultOutboundQueueId,
  media_concurrencies: settings.mediaConcurrencies && JSON.stringify(settings.mediaConcurrencies),
  agent_availability_timer: settings.agentAvailabilityTimer,
});

/** Those that the caller reaches. */
export function listRoutingProfiles(
  db: Db,
  instanceId: string,
  page: NamePage,
  access: Access,
): Promise<Listed<Summary>> {
  const condition = access.within('routing-profile', 'routing_profile');
  return listSummaries(db, 'routing-profile', { instanceId, page, condition });
}

/** The condition is on routing_profile. */
export async function searchRoutingProfiles(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<Found<RoutingProfile>> {
  return searchByName(db, 'routing-profile', { instanceId, page, condition }, fromRow);
}

const byId = (db: Db | Tx, instanceId: string, id: string) =>
  db.selectFrom('routing_profile').selectAll().where('instance_id', '=', instanceId).where('id', '=', id);

/** @throws ResourceNotFoundException */
export async function routingProfileIn(db: Db, instance: Instance, id: string): Promise<RoutingProfile> {
  const row = await byId(db, instance.id, id).executeTakeFirst();
  if (!row) throw notFound('routing-profile', id);
  return fromRow(row);
}

/** @throws ResourceNotFoundException */
export async function countedRoutingProfileIn(db: Db, instance: Instance, id: string): Promise<CountedRoutingProfile> {
  const profile = await routingProfileIn(db, instance, id);
  const [queues, manual, users] = await Promise.all([
    queueIdsOf(db, 'routing_profile_queue', [id]),
    queueIdsOf(db, 'routing_profile_manual_assignment_queue', [id]),
    userCountsOf(db, [id]),
  ]);
  return {
    ...profile,
    queueCount: queues.get(id)?.length ?? 0,
    manualAssignmentQueueCount: manual.get(id)?.length ?? 0,
    userCount: users.get(id) ?? 0,
  };
}

/** How many users have each of the routing profiles; those that nobody has are not there. */
export async function userCountsOf(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select routing_profile_id as id, count(*) as count from users
    where routing_profile_id = any(${ids}::uuid[]) group by routing_profile_id`.execute(db);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/**
 * Locked, so that whoever changes the profile or its queues takes turns; in whole for deleting it, which also waits for
 * whoever is giving it to a user. @throws ResourceNotFoundException
 */
export async function lockedRoutingProfile(
  tx: Tx,
  instance: Instance,
  id: string,
  { whole = false } = {},
): Promise<RoutingProfile> {
  const query = byId(tx, instance.id, id);
  const row = await (whole ? query.forUpdate() : query.forNoKeyUpdate()).executeTakeFirst();
  if (!row) throw notFound('routing-profile', id);
  return fromRow(row);
}

export async function insertRoutingProfiles(tx: Tx, profiles: readonly NewRoutingProfile[]): Promise<void> {
  const rows = profiles.map((made) => ({
    ...columnsOf(made),
    id: made.id,
    instance_id: made.instanceId,
    name: made.name,
    description: made.description,
    default_outbound_queue_id: made.defaultOutboundQueueId,
    media_concurrencies: JSON.stringify(made.mediaConcurrencies),
    is_default: made.isDefault ?? false,
    tags: JSON.stringify(made.tags ?? {}),
    last_modified_time: made.now,
    last_modified_region: made.region,
  }));
  if (rows.length > 0) await tx.insertInto('routing_profile').values(rows).execute();
  for (const { id, queues, manualAssignmentQueues } of profiles) {
    await associateQueues(tx, id, queues);
    await associateManualAssignmentQueues(tx, id, manualAssignmentQueues ?? []);
  }
}

/** Also without changes of its own: then what belongs to it changed. @throws DuplicateResourceException */
export async function updateRoutingProfile(
  tx: Tx,
  id: string,
  changes: Changes,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  await withUniqueName(
    { constraint: 'routing_profile_name_key', kind: 'routing profile', name: changes.name ?? '' },
    tx
      .updateTable('routing_profile')
      .set({ ...columnsOf(changes), last_modified_time: now, last_modified_region: region })
      .where('id', '=', id)
      .execute(),
  );
}

/** Its associations with queues go with it. */
export async function deleteRoutingProfile(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('routing_profile').where('id', '=', id).execute();
}

/** Somebody who has the routing profile, and how many have it. */
export async function usersOf(tx: Tx, routingProfileId: string): Promise<{ count: number; firstId: string | null }> {
  const { rows } = await sql<{ id: string }>`
    select id from users where routing_profile_id = ${routingProfileId} limit 1`.execute(tx);
  const count = await countRows(tx, sql`from users where routing_profile_id = ${routingProfileId}`);
  return { count, firstId: rows[0]?.id ?? null };
}
