import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';

/** Undefined for an unknown one. The lock makes whoever changes the profile or its queues take turns. */
export function lockRoutingProfile(tx: Tx, instanceId: string, id: string) {
  return tx
    .selectFrom('routing_profile')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** The same for deleting it: waits for whoever is giving it to a user, and makes the next one wait. */
export function lockRoutingProfileWhole(tx: Tx, instanceId: string, id: string) {
  return tx
    .selectFrom('routing_profile')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export interface RoutingProfileChanges {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly default_outbound_queue_id?: string | undefined;
  readonly agent_availability_timer?: 'TIME_SINCE_LAST_ACTIVITY' | 'TIME_SINCE_LAST_INBOUND' | undefined;
  /** Connect's list of MediaConcurrency. */
  readonly mediaConcurrencies?: readonly unknown[] | undefined;
}

/** Also without changes of its own: then what belongs to it changed. @throws DuplicateResourceException */
export async function updateRoutingProfile(
  tx: Tx,
  id: string,
  { mediaConcurrencies, ...columns }: RoutingProfileChanges,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  await withUniqueName(
    { constraint: 'routing_profile_name_key', kind: 'routing profile', name: columns.name ?? '' },
    tx
      .updateTable('routing_profile')
      .set({
        ...columns,
        ...(mediaConcurrencies && { media_concurrencies: JSON.stringify(mediaConcurrencies) }),
        last_modified_time: now,
        last_modified_region: region,
      })
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
  const { rows } = await sql<{ count: string; first: string | null }>`
    select count(*) as count, (select id from users where routing_profile_id = ${routingProfileId} limit 1) as first
    from users where routing_profile_id = ${routingProfileId}`.execute(tx);
  return { count: Number(rows[0]?.count ?? 0), firstId: rows[0]?.first ?? null };
}

/** In the order of names; one more than the page. The condition is on routing_profile. */
export function searchRoutingProfiles(db: Db | Tx, instanceId: string, condition: RawBuilder<SqlBool>, page: NamePage) {
  return db
    .selectFrom('routing_profile')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('users as u')
        .whereRef('u.routing_profile_id', '=', 'routing_profile.id')
        .select((count) => count.fn.countAll<string>().as('n'))
        .as('user_count'),
    )
    .where('instance_id', '=', instanceId)
    .where(condition)
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}
