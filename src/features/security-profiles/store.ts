import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { SecurityProfileTable } from '../../database/tables.ts';
import { type Found, searchByName } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';
import type { NewSecurityProfile, SecurityProfile, SecurityProfileSettings } from './types.ts';

/** The condition is on the bare table. */
export function searchSecurityProfiles(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<Found<SecurityProfile>> {
  return searchByName(db, 'security-profile', { instanceId, page, condition }, fromRow);
}

/** Null when the instance has no such security profile. */
export async function findSecurityProfile(
  db: Db | Tx,
  instanceId: string,
  id: string,
): Promise<SecurityProfile | null> {
  const { rows } = await sql<Row>`
    select * from security_profile where instance_id = ${instanceId} and id = ${id}`.execute(db);
  return rows[0] ? fromRow(rows[0]) : null;
}

/** The same under a row lock. `update` also waits for whoever is giving the profile to a user. */
export async function lockSecurityProfile(
  tx: Tx,
  instanceId: string,
  id: string,
  strength: 'no key update' | 'update',
): Promise<SecurityProfile | null> {
  const { rows } = await sql<Row>`
    select * from security_profile where instance_id = ${instanceId} and id = ${id}
    for ${sql.raw(strength)}`.execute(tx);
  return rows[0] ? fromRow(rows[0]) : null;
}

type Row = Selectable<SecurityProfileTable>;

function fromRow(row: Row): SecurityProfile {
  return {
    id: row.id,
    name: row.name,
    settings: {
      Description: row.description,
      Permissions: row.permissions,
      AllowedAccessControlTags: row.allowed_access_control_tags,
      TagRestrictedResources: row.tag_restricted_resources,
      HierarchyRestrictedResources: row.hierarchy_restricted_resources,
      AllowedAccessControlHierarchyGroupId: row.allowed_access_control_hierarchy_group_id,
      // Written by columnsOf alone, in these shapes.
      Applications: row.applications as SecurityProfileSettings['Applications'],
      AllowedFlowModules: row.allowed_flow_modules as SecurityProfileSettings['AllowedFlowModules'],
      AllowedAIAgents: row.allowed_ai_agents as SecurityProfileSettings['AllowedAIAgents'],
      GranularAccessControlConfiguration:
        row.granular_access_control_configuration as SecurityProfileSettings['GranularAccessControlConfiguration'],
    },
    tags: row.tags,
    lastModifiedTime: row.last_modified_time,
    lastModifiedRegion: row.last_modified_region,
  };
}

/** The columns of the settings that are there; what is left out is undefined, which kysely leaves out too. */
function columnsOf(settings: Partial<SecurityProfileSettings>) {
  const json = (value: unknown) => (value === undefined || value === null ? value : JSON.stringify(value));
  const list = (value: readonly string[] | null | undefined) => value && [...value];
  return {
    description: settings.Description,
    permissions: settings.Permissions && [...settings.Permissions],
    allowed_access_control_tags: json(settings.AllowedAccessControlTags),
    tag_restricted_resources: list(settings.TagRestrictedResources),
    hierarchy_restricted_resources: list(settings.HierarchyRestrictedResources),
    allowed_access_control_hierarchy_group_id: settings.AllowedAccessControlHierarchyGroupId,
    applications: json(settings.Applications),
    allowed_flow_modules: json(settings.AllowedFlowModules),
    allowed_ai_agents: json(settings.AllowedAIAgents),
    granular_access_control_configuration: json(settings.GranularAccessControlConfiguration),
  };
}

/** Writes the settings that are there; `lockSecurityProfile` comes before. */
export async function updateSecurityProfileRow(
  tx: Tx,
  id: string,
  settings: Partial<SecurityProfileSettings>,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  await tx
    .updateTable('security_profile')
    .set({ ...columnsOf(settings), last_modified_time: now, last_modified_region: region })
    .where('id', '=', id)
    .execute();
}

/** One of the users who have the profile; null when nobody has. Under the lock for `update` the answer holds. */
export async function firstHolder(tx: Tx, id: string): Promise<string | null> {
  const row = await tx
    .selectFrom('user_security_profile')
    .select('user_id')
    .where('security_profile_id', '=', id)
    .orderBy('user_id')
    .limit(1)
    .executeTakeFirst();
  return row?.user_id ?? null;
}

export async function deleteSecurityProfileRow(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('security_profile').where('id', '=', id).execute();
}

export async function insertSecurityProfiles(tx: Tx, profiles: readonly NewSecurityProfile[]): Promise<void> {
  if (profiles.length === 0) return;
  await tx
    .insertInto('security_profile')
    .values(
      profiles.map((made) => ({
        ...columnsOf({ ...made.settings, Description: made.description, Permissions: made.permissions }),
        id: made.id,
        instance_id: made.instanceId,
        name: made.name,
        tags: JSON.stringify(made.tags ?? {}),
        last_modified_time: made.now,
        last_modified_region: made.region,
      })),
    )
    .execute();
}
