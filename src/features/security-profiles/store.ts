import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tags } from '../../database/tables.ts';
import type { Db, Tx } from '../../operations/define-operation.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';
import type { PermissionId } from './permissions.ts';

/** What a signed-in user may do at this moment: the union over their security profiles. Empty for a user that is gone. */
export async function permissionsOf(db: Db | Tx, userId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ permission: string }>`
    select distinct unnest(p.permissions) as permission
    from user_security_profile up join security_profile p on p.id = up.security_profile_id
    where up.user_id = ${userId}`.execute(db);
  return new Set(rows.map((row) => row.permission));
}

/** A security profile as it bears on what its holder may do, and on what it reaches. */
export interface AccessProfile {
  readonly permissions: readonly string[];
  readonly allowedAccessControlTags: Tags;
  readonly tagRestrictedResources: readonly string[];
  readonly hierarchyRestrictedResources: readonly string[];
  readonly allowedAccessControlHierarchyGroupId: string | null;
  /** The hierarchy group of the user who holds the profile. */
  readonly holderGroupId: string | null;
}

/** Those of a user, as they are at this moment. Empty for a user that is gone. */
export async function accessProfilesOf(db: Db | Tx, userId: string): Promise<AccessProfile[]> {
  const { rows } = await sql<AccessProfile>`
    select p.permissions, coalesce(p.allowed_access_control_tags, '{}') as "allowedAccessControlTags",
      coalesce(p.tag_restricted_resources, '{}') as "tagRestrictedResources",
      coalesce(p.hierarchy_restricted_resources, '{}') as "hierarchyRestrictedResources",
      p.allowed_access_control_hierarchy_group_id as "allowedAccessControlHierarchyGroupId",
      u.hierarchy_group_id as "holderGroupId"
    from users u
      join user_security_profile up on up.user_id = u.id
      join security_profile p on p.id = up.security_profile_id
    where u.id = ${userId}`.execute(db);
  return rows;
}

/** In the order of names, by a condition on the bare table; one more than the page, to see whether another follows. */
export function listSecurityProfiles(db: Db | Tx, instanceId: string, condition: RawBuilder<SqlBool>, page: NamePage) {
  return db
    .selectFrom('security_profile')
    .select(['id', 'name', 'last_modified_time', 'last_modified_region'])
    .where('instance_id', '=', instanceId)
    .where(condition)
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}

export function findSecurityProfile(db: Db | Tx, instanceId: string, id: string) {
  return db
    .selectFrom('security_profile')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export interface NewSecurityProfile {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly description: string | null;
  readonly permissions: readonly PermissionId[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}

export async function insertSecurityProfiles(tx: Tx, profiles: readonly NewSecurityProfile[]): Promise<void> {
  if (profiles.length === 0) return;
  await tx
    .insertInto('security_profile')
    .values(
      profiles.map((made) => ({
        id: made.id,
        instance_id: made.instanceId,
        name: made.name,
        description: made.description,
        permissions: [...made.permissions],
        tags: JSON.stringify(made.tags ?? {}),
        last_modified_time: made.now,
        last_modified_region: made.region,
      })),
    )
    .execute();
}
