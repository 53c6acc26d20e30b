import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { Connect } from '../../operations/connect-types.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';

export interface QueueChanges {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly status?: 'ENABLED' | 'DISABLED' | undefined;
  readonly hours_of_operation_id?: string | undefined;
  /** Null: no limit. */
  readonly max_contacts?: number | null | undefined;
  readonly outboundCallerConfig?: Connect.OutboundCallerConfig | undefined;
  readonly outboundEmailConfig?: Connect.OutboundEmailConfig | undefined;
}

/** @throws DuplicateResourceException for a name in use */
export async function updateQueue(
  tx: Tx,
  id: string,
  { outboundCallerConfig, outboundEmailConfig, ...columns }: QueueChanges,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  await withUniqueName(
    { constraint: 'queue_name_key', kind: 'queue', name: columns.name ?? '' },
    tx
      .updateTable('queue')
      .set({
        ...columns,
        ...(outboundCallerConfig && { outbound_caller_config: JSON.stringify(outboundCallerConfig) }),
        ...(outboundEmailConfig && { outbound_email_config: JSON.stringify(outboundEmailConfig) }),
        last_modified_time: now,
        last_modified_region: region,
      })
      .where('id', '=', id)
      .execute(),
  );
}

/** What it offers goes with it; what routes or leads to it must be gone before. */
export async function deleteQueue(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('queue').where('id', '=', id).execute();
}

export interface QueueUse {
  readonly type: 'routing-profile' | 'transfer-destination';
  readonly id: string;
}

/**
 * What keeps a queue from being deleted: routing profiles that have it, in whatever way, and quick connects that lead to
 * it. Up to `limit` of them; whoever asks has locked the queue, so that no other comes to it meanwhile.
 */
export async function usesOfQueue(tx: Tx, queueId: string, limit: number): Promise<QueueUse[]> {
  const { rows } = await sql<QueueUse>`
    select 'routing-profile' as type, p.id from routing_profile p
    where p.default_outbound_queue_id = ${queueId}
      or p.id in (select routing_profile_id from routing_profile_queue where queue_id = ${queueId})
      or p.id in (select routing_profile_id from routing_profile_manual_assignment_queue where queue_id = ${queueId})
    union all
    select 'transfer-destination', qc.id from quick_connect qc where qc.queue_id = ${queueId}
    limit ${limit}`.execute(tx);
  return rows;
}

/** In the order of names; one more than the page. The condition is on queue. */
export function searchQueues(db: Db | Tx, instanceId: string, condition: RawBuilder<SqlBool>, page: NamePage) {
  return db
    .selectFrom('queue')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where(condition)
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}
