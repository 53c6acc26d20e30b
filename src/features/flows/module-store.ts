import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';
import type { NewContactFlowModule } from './types.ts';

/** In the order of names; one more than the page. The condition is on contact_flow_module. */
export function listModules(db: Db | Tx, instanceId: string, condition: RawBuilder<SqlBool>, page: NamePage) {
  return db
    .selectFrom('contact_flow_module')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where(condition)
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}

export function findModule(db: Db | Tx, instanceId: string, id: string) {
  return db
    .selectFrom('contact_flow_module')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** What a request with this client token has made; the instance is locked, so two requests with one token take turns. */
export function findModuleByToken(tx: Tx, instanceId: string, clientToken: string) {
  return tx
    .selectFrom('contact_flow_module')
    .select(['id', 'request_hash'])
    .where('instance_id', '=', instanceId)
    .where('client_token', '=', clientToken)
    .executeTakeFirst();
}

/** So that two changes of it take turns. */
export function lockModule(tx: Tx, instanceId: string, id: string) {
  return tx
    .selectFrom('contact_flow_module')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .forUpdate()
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

export interface ModuleChanges {
  readonly name?: string | undefined;
  /** Null: none. */
  readonly description?: string | null | undefined;
  readonly state?: 'ACTIVE' | 'ARCHIVED' | undefined;
  readonly content?: string | undefined;
  /** Null: nothing is saved beside what is published. */
  readonly saved_content?: string | null | undefined;
  readonly settings?: string | null | undefined;
}

/** @throws DuplicateResourceException for a name in use */
export async function updateModule(
  tx: Tx,
  id: string,
  changes: ModuleChanges,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  await withUniqueName(
    uniqueName(changes.name ?? ''),
    tx
      .updateTable('contact_flow_module')
      .set({ ...changes, last_modified_time: now, last_modified_region: region })
      .where('id', '=', id)
      .execute(),
  );
}

export async function deleteModule(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('contact_flow_module').where('id', '=', id).execute();
}
