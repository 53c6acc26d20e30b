import { sql } from 'kysely';
import type { Db, Tx } from '../database/db.ts';
import type { Tags } from '../database/tables.ts';
import type { PermissionId } from './permissions.ts';

/** What a signed-in user may do at this moment: the union over their security profiles. Empty for a user that is gone. */
export async function permissionsOf(db: Db | Tx, userId: string): Promise<ReadonlySet<PermissionId>> {
  const { rows } = await sql<{ permission: PermissionId }>`
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
