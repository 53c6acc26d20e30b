import type { RawBuilder, Selectable, SqlBool } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { AgentStatusTable } from '../../database/tables.ts';
import { type Found, type Listed, listByName, searchByName } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';

export const agentStatusTypes = ['ROUTABLE', 'CUSTOM', 'OFFLINE'] as const;
export type AgentStatusType = (typeof agentStatusTypes)[number];

/** What can change about a status. */
export interface AgentStatusSettings {
  readonly name: string;
  readonly description: string | null;
  readonly state: 'ENABLED' | 'DISABLED';
  /** 1 to 50; null: none set. */
  readonly displayOrder: number | null;
}

export interface AgentStatus extends AgentStatusSettings {
  readonly id: string;
  readonly type: AgentStatusType;
  readonly tags: Readonly<Record<string, string>>;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

export interface NewAgentStatus extends AgentStatusSettings {
  readonly id: string;
  readonly instanceId: string;
  readonly type: AgentStatusType;
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}

function fromRow(row: Selectable<AgentStatusTable>): AgentStatus {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    type: row.type,
    state: row.state,
    displayOrder: row.display_order,
    tags: row.tags,
    lastModifiedTime: row.last_modified_time,
    lastModifiedRegion: row.last_modified_region,
  };
}

/** The condition is on the bare table. */
export function listAgentStatuses(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool> | undefined,
  page: NamePage,
): Promise<Listed<AgentStatus>> {
  return listByName(db, 'agent-state', { instanceId, page, condition }, fromRow);
}

/** The same, with how many there are on all pages. */
export function searchAgentStatuses(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<Found<AgentStatus>> {
  return searchByName(db, 'agent-state', { instanceId, page, condition }, fromRow);
}

const byId = (db: Db | Tx, instanceId: string, id: string) =>
  db.selectFrom('agent_status').selectAll().where('instance_id', '=', instanceId).where('id', '=', id);

/** Null when the instance has no such status. */
export async function findAgentStatus(db: Db | Tx, instanceId: string, id: string): Promise<AgentStatus | null> {
  const row = await byId(db, instanceId, id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** The same, kept from being changed by others until the transaction ends. */
export async function lockAgentStatus(tx: Tx, instanceId: string, id: string): Promise<AgentStatus | null> {
  const row = await byId(tx, instanceId, id).forNoKeyUpdate().executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** The same for those who only rely on it: any number of them at once, while whoever changes it waits. */
export async function shareAgentStatus(tx: Tx, instanceId: string, id: string): Promise<AgentStatus | null> {
  const row = await byId(tx, instanceId, id).forShare().executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Whether a status has this name. The answer holds while the instance is locked, which all who give names do. */
export async function isTakenName(tx: Tx, instanceId: string, name: string): Promise<boolean> {
  const row = await tx
    .selectFrom('agent_status')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertAgentStatuses(tx: Tx, statuses: readonly NewAgentStatus[]): Promise<void> {
  if (statuses.length === 0) return;
  await tx
    .insertInto('agent_status')
    .values(
      statuses.map((made) => ({
        id: made.id,
        instance_id: made.instanceId,
        name: made.name,
        description: made.description,
        type: made.type,
        state: made.state,
        display_order: made.displayOrder,
        tags: JSON.stringify(made.tags ?? {}),
        last_modified_time: made.now,
        last_modified_region: made.region,
      })),
    )
    .execute();
}

/** Writes the members that are there; `lockAgentStatus` comes before. */
export async function updateAgentStatus(
  tx: Tx,
  id: string,
  settings: Partial<AgentStatusSettings>,
  modified: { readonly time: Date; readonly region: string },
): Promise<void> {
  await tx
    .updateTable('agent_status')
    .set({
      name: settings.name,
      description: settings.description,
      state: settings.state,
      display_order: settings.displayOrder,
      last_modified_time: modified.time,
      last_modified_region: modified.region,
    })
    .where('id', '=', id)
    .execute();
}
