import type { RawBuilder, Selectable, SqlBool } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { PredefinedAttributeTable } from '../../database/tables.ts';
import { type Found, type Listed, listByName, searchByName } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';

export interface PredefinedAttribute {
  /** Of the database alone: callers know the attribute by its name. */
  readonly id: string;
  readonly name: string;
  /** In the order given. */
  readonly values: readonly string[];
  readonly purposes: readonly string[];
  readonly enableValueValidationOnAssociation: boolean;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

export interface NewPredefinedAttribute {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly values: readonly string[];
  readonly purposes?: readonly string[];
  readonly enableValueValidationOnAssociation?: boolean;
  readonly now: Date;
  readonly region: string;
}

export type AttributeSettings = Pick<PredefinedAttribute, 'values' | 'purposes' | 'enableValueValidationOnAssociation'>;

function fromRow(row: Selectable<PredefinedAttributeTable>): PredefinedAttribute {
  return {
    id: row.id,
    name: row.name,
    values: row.string_list,
    purposes: row.purposes,
    enableValueValidationOnAssociation: row.enable_value_validation_on_association,
    lastModifiedTime: row.last_modified_time,
    lastModifiedRegion: row.last_modified_region,
  };
}

/** Answers the ids that are there now: a name that is taken, in whatever case, leaves its attribute out. */
export async function insertPredefinedAttributes(
  tx: Tx,
  attributes: readonly NewPredefinedAttribute[],
): Promise<Set<string>> {
  if (attributes.length === 0) return new Set();
  const rows = await tx
    .insertInto('predefined_attribute')
    .values(
      attributes.map((made) => ({
        id: made.id,
        instance_id: made.instanceId,
        name: made.name,
        string_list: [...made.values],
        purposes: [...(made.purposes ?? [])],
        enable_value_validation_on_association: made.enableValueValidationOnAssociation ?? false,
        last_modified_time: made.now,
        last_modified_region: made.region,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return new Set(rows.map((row) => row.id));
}

const named = (db: Db | Tx, instanceId: string, name: string) =>
  db.selectFrom('predefined_attribute').selectAll().where('instance_id', '=', instanceId).where('name', '=', name);

/** Null when the instance has no attribute of exactly this name. */
export async function findPredefinedAttribute(
  db: Db | Tx,
  instanceId: string,
  name: string,
): Promise<PredefinedAttribute | null> {
  const row = await named(db, instanceId, name).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** The same, kept from being changed, deleted or given to users by others until the transaction ends. */
export async function lockPredefinedAttribute(
  tx: Tx,
  instanceId: string,
  name: string,
): Promise<PredefinedAttribute | null> {
  const row = await named(tx, instanceId, name).forUpdate().executeTakeFirst();
  return row ? fromRow(row) : null;
}

/**
 * Those of the names that are there, by name, kept as they are until the transaction ends. A share lock: many may give
 * the same attribute to users at once, while whoever changes its values waits.
 */
export async function sharePredefinedAttributes(
  tx: Tx,
  instanceId: string,
  names: readonly string[],
): Promise<Map<string, PredefinedAttribute>> {
  if (names.length === 0) return new Map();
  const rows = await tx
    .selectFrom('predefined_attribute')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('name', 'in', names)
    .orderBy('id')
    .forShare()
    .execute();
  return new Map(rows.map((row) => [row.name, fromRow(row)]));
}

/** `lockPredefinedAttribute` comes before. */
export async function updatePredefinedAttribute(
  tx: Tx,
  id: string,
  settings: AttributeSettings,
  modified: { readonly time: Date; readonly region: string },
): Promise<void> {
  await tx
    .updateTable('predefined_attribute')
    .set({
      string_list: [...settings.values],
      purposes: [...settings.purposes],
      enable_value_validation_on_association: settings.enableValueValidationOnAssociation,
      last_modified_time: modified.time,
      last_modified_region: modified.region,
    })
    .where('id', '=', id)
    .execute();
}

/** `lockPredefinedAttribute` comes before, and the proof that no user has it. */
export async function deletePredefinedAttribute(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('predefined_attribute').where('id', '=', id).execute();
}

/** The condition is on the bare table. */
export function listPredefinedAttributes(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool> | undefined,
  page: NamePage,
): Promise<Listed<PredefinedAttribute>> {
  return listByName(db, 'predefined-attribute', { instanceId, page, condition }, fromRow);
}

/** The same, with how many there are on all pages. */
export function searchPredefinedAttributes(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<Found<PredefinedAttribute>> {
  return searchByName(db, 'predefined-attribute', { instanceId, page, condition }, fromRow);
}
