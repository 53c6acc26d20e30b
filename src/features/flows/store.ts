import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { ContactFlowTable } from '../../database/tables.ts';
import { notFound } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { type Found, type Listed, listByName, searchByName } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';
import type { ContactFlow, FlowSettings, FlowSummary, FlowType, NewContactFlow } from './types.ts';

type Row = Selectable<ContactFlowTable>;

const fromRow = (row: Row): ContactFlow => ({
  ...summaryOf(row),
  description: row.description,
  content: row.content,
  savedContent: row.saved_content,
  isDefault: row.is_default,
  tags: row.tags,
  lastModifiedTime: row.last_modified_time,
  lastModifiedRegion: row.last_modified_region,
});

const summaryOf = ({ id, name, type, state, status }: Pick<Row, 'id' | 'name' | 'type' | 'state' | 'status'>) => ({
  id,
  name,
  // Written from a FlowType alone.
  type: type as FlowType,
  state,
  status,
});

/** All types when none is given. */
export function listContactFlows(
  db: Db,
  instanceId: string,
  types: readonly string[],
  page: NamePage,
): Promise<Listed<FlowSummary>> {
  const condition = types.length > 0 ? sql<SqlBool>`type = any(${types}::text[])` : undefined;
  const columns = ['type', 'state', 'status'];
  return listByName(db, 'contact-flow', { instanceId, page, condition, columns }, summaryOf);
}

/** The condition is on contact_flow. */
export function searchContactFlows(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<Found<ContactFlow>> {
  return searchByName(db, 'contact-flow', { instanceId, page, condition }, fromRow);
}

const byId = (db: Db | Tx, instanceId: string, id: string) =>
  db.selectFrom('contact_flow').selectAll().where('instance_id', '=', instanceId).where('id', '=', id);

/** @throws ResourceNotFoundException */
export async function flowIn(db: Db, instance: Instance, id: string): Promise<ContactFlow> {
  const row = await byId(db, instance.id, id).executeTakeFirst();
  if (!row) throw notFound('contact-flow', id);
  return fromRow(row);
}

/**
 * What a quick connect must know of the flow that it is to use; null for an unknown one. Share-locked, so that it cannot
 * be deleted before the quick connect is there.
 */
export async function lockContactFlow(tx: Tx, instanceId: string, id: string) {
  const row = await tx
    .selectFrom('contact_flow')
    .select(['id', 'name', 'type'])
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
  return row ?? null;
}

export async function insertContactFlows(tx: Tx, flows: readonly NewContactFlow[]): Promise<void> {
  if (flows.length === 0) return;
  await tx
    .insertInto('contact_flow')
    .values(
      flows.map((made) => ({
        id: made.id,
        instance_id: made.instanceId,
        name: made.name,
        type: made.type,
        description: made.description,
        content: made.content,
        status: made.status ?? 'PUBLISHED',
        is_default: made.isDefault ?? false,
        tags: JSON.stringify(made.tags ?? {}),
        last_modified_time: made.now,
        last_modified_region: made.region,
      })),
    )
    .execute();
}

/**
 * The flow for changing it, so that two changes take turns; with `whole` for deleting it: then also whoever makes
 * something that uses it waits, and finds it gone. @throws ResourceNotFoundException
 */
export async function lockedFlow(tx: Tx, instance: Instance, id: string, { whole = false } = {}): Promise<ContactFlow> {
  const query = byId(tx, instance.id, id);
  const row = await (whole ? query.forUpdate() : query.forNoKeyUpdate()).executeTakeFirst();
  if (!row) throw notFound('contact-flow', id);
  return fromRow(row);
}

export type FlowChanges = { readonly [K in keyof FlowSettings]?: FlowSettings[K] | undefined };

/** @throws DuplicateResourceException for a name in use */
export async function updateContactFlow(
  tx: Tx,
  id: string,
  { savedContent, ...changes }: FlowChanges,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  await withUniqueName(
    { constraint: 'contact_flow_name_key', kind: 'flow', name: changes.name ?? '' },
    tx
      .updateTable('contact_flow')
      .set({ ...changes, saved_content: savedContent, last_modified_time: now, last_modified_region: region })
      .where('id', '=', id)
      .execute(),
  );
}

export async function deleteContactFlow(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('contact_flow').where('id', '=', id).execute();
}

/**
 * What runs a flow: quick connects, and queues for their outbound calls. This goes over the fences of two features, as
 * an index over all uses would; whoever asks has locked the flow in whole, so that no other comes to it meanwhile.
 */
export async function usesOfFlow(tx: Tx, instanceId: string, flowId: string, limit: number) {
  const { rows } = await sql<{ type: 'transfer-destination' | 'queue'; id: string }>`
    select 'transfer-destination' as type, id from quick_connect where contact_flow_id = ${flowId}
    union all
    select 'queue', id from queue
    where instance_id = ${instanceId} and outbound_caller_config ->> 'OutboundFlowId' = ${flowId}
    limit ${limit}`.execute(tx);
  return rows;
}
