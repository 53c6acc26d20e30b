import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { ContactFlowModuleTable } from '../../database/tables.ts';
import { notFound } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { type Found, type Listed, listByName, searchByName } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';
import type { FlowModule, ModuleSettings, ModuleSummary, NewContactFlowModule } from './types.ts';

type Row = Selectable<ContactFlowModuleTable>;

const fromRow = (row: Row): FlowModule => ({
  ...summaryOf(row),
  description: row.description,
  content: row.content,
  savedContent: row.saved_content,
  settings: row.settings,
  externalInvocationEnabled: row.external_invocation_enabled,
  tags: row.tags,
});

const summaryOf = ({ id, name, state }: Pick<Row, 'id' | 'name' | 'state'>): ModuleSummary => ({ id, name, state });

/** Of one state, or of all. */
export function listModules(
  db: Db,
  instanceId: string,
  state: ModuleSettings['state'] | undefined,
  page: NamePage,
): Promise<Listed<ModuleSummary>> {
  const condition = state && sql<SqlBool>`state = ${state}`;
  return listByName(db, 'flow-module', { instanceId, page, condition, columns: ['state'] }, summaryOf);
}

/** The condition is on contact_flow_module. */
export function searchModules(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<Found<FlowModule>> {
  return searchByName(db, 'flow-module', { instanceId, page, condition }, fromRow);
}

const byId = (db: Db | Tx, instanceId: string, id: string) =>
  db.selectFrom('contact_flow_module').selectAll().where('instance_id', '=', instanceId).where('id', '=', id);

/** @throws ResourceNotFoundException */
export async function moduleIn(db: Db, instance: Instance, id: string): Promise<FlowModule> {
  const row = await byId(db, instance.id, id).executeTakeFirst();
  if (!row) throw notFound('flow-module', id);
  return fromRow(row);
}

/** The same, so that two changes of it take turns. */
export async function lockedModule(tx: Tx, instance: Instance, id: string): Promise<FlowModule> {
  const row = await byId(tx, instance.id, id).forUpdate().executeTakeFirst();
  if (!row) throw notFound('flow-module', id);
  return fromRow(row);
}

/** What a request with this client token has made; the instance is locked, so two requests with one token take turns. */
export function findModuleByToken(tx: Tx, instanceId: string, clientToken: string) {
  return tx
    .selectFrom('contact_flow_module')
    .select(['id', 'request_hash as requestHash'])
    .where('instance_id', '=', instanceId)
    .where('client_token', '=', clientToken)
    .executeTakeFirst();
}

const uniqueName = (name: string) => ({ constraint: 'contact_flow_module_name_key', kind: 'flow module', name });

/** @throws DuplicateResourceException for a name in use */
export async function insertModule(tx: Tx, made: NewContactFlowModule): Promise<void> {
  const row = {
    id: made.id,
    instance_id: made.instanceId,
    name: made.name,
    description: made.description,
    content: made.content,
    settings: made.settings,
    external_invocation_enabled: made.externalInvocationEnabled,
    client_token: made.clientToken,
    request_hash: made.requestHash,
    tags: JSON.stringify(made.tags ?? {}),
    last_modified_time: made.now,
    last_modified_region: made.region,
  };
  await withUniqueName(uniqueName(made.name), tx.insertInto('contact_flow_module').values(row).execute());
}

export type ModuleChanges = { readonly [K in keyof ModuleSettings]?: ModuleSettings[K] | undefined };

/** @throws DuplicateResourceException for a name in use */
export async function updateModule(
  tx: Tx,
  id: string,
  { savedContent, ...changes }: ModuleChanges,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  await withUniqueName(
    uniqueName(changes.name ?? ''),
    tx
      .updateTable('contact_flow_module')
      .set({ ...changes, saved_content: savedContent, last_modified_time: now, last_modified_region: region })
      .where('id', '=', id)
      .execute(),
  );
}

export async function deleteModule(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('contact_flow_module').where('id', '=', id).execute();
}
