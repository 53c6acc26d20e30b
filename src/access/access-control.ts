import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../database/db.ts';
import type { Tags } from '../database/tables.ts';
import { andAll, orAny } from '../operations/search.ts';
import { type RestrictableName, type RestrictableType, resources } from '../resources/resources.ts';
import type { PermissionId } from './permissions.ts';
import { type AccessProfile, accessProfilesOf } from './profiles.ts';

/**
 * Granular access control: a security profile may reach only resources with certain tags (TBAC), or only users in a
 * part of the hierarchy (HBAC). Sources: Admin guide "Apply tag-based access control" and "Apply hierarchy-based access
 * control". It narrows what a permission reaches and never grants one. Access keys are account-level, as in IAM, and
 * are never narrowed. What can be limited says so in resources/; naming anything else as restricted is refused: a
 * restriction that nobody enforces would be worse than none.
 */

/** What one security profile lets through. An empty part does not narrow. */
export interface Limit {
  /** All of them must be on the resource. */
  readonly tags: Tags;
  /** For users: this group or one below it. Null: a group that nobody is in. */
  readonly hierarchyGroupId?: string | null;
}

/** What a caller may do, and what they reach by virtue of the permissions that allowed the call. */
export interface Access {
  /** Whether the caller has any one of the permissions. An access key is not judged by them and has all. */
  holds(permissions: readonly PermissionId[]): boolean;
  /**
   * The limits of the resources of a type, of which one is enough; null when the caller reaches all of them. Other
   * permissions than those of the operation can be asked about: whoever has none of them reaches nothing.
   */
  limits(type: RestrictableType, permissions?: readonly PermissionId[]): readonly Limit[] | null;
  /** The same as a condition on the resource's table under the alias, for the lists of its operations. */
  within(type: RestrictableType, alias: string, permissions?: readonly PermissionId[]): RawBuilder<SqlBool>;
}

const everything = andAll([]);

export const unlimited: Access = { holds: () => true, limits: () => null, within: () => everything };

/** What somebody reaches at this moment by virtue of these permissions, for work that goes on after the request. */
export async function accessOf(
  db: Db | Tx,
  requester: { readonly type: 'USER' | 'ACCESS_KEY'; readonly id: string },
  permissions: readonly PermissionId[],
): Promise<Access> {
  return requester.type === 'USER' ? limitedAccess(await accessProfilesOf(db, requester.id), permissions) : unlimited;
}

/**
 * Several profiles add up: each reaches what it reaches, and one that grants a permission without a limit lifts the
 * limits of the others for it.
 */
export function limitedAccess(profiles: readonly AccessProfile[], permissions: readonly PermissionId[]): Access {
  const grantingAny = (wanted: readonly PermissionId[]) =>
    profiles.filter((profile) => wanted.some((permission) => profile.permissions.includes(permission)));
  const limits: Access['limits'] = (type, wanted = permissions) => {
    // What everybody who is signed in may do rests on no profile, so no profile limits it.
    if (wanted.length === 0) return null;
    const found = grantingAny(wanted).map((profile) => limitOf(profile, type));
    return found.some((limit) => limit === null) ? null : found.filter((limit) => limit !== null);
  };
  return {
    holds: (wanted) => grantingAny(wanted).length > 0,
    limits,
    within: (type, alias, wanted) => {
      const found = limits(type, wanted);
      return found ? orAny(found.map((limit) => limitCondition(limit, alias))) : everything;
    },
  };
}

/** Null for none. Tags without resources, and resources without tags, have no effect. */
function limitOf(profile: AccessProfile, type: RestrictableType): Limit | null {
  const name = resources[type].restrictedAs;
  const tags = profile.tagRestrictedResources.includes(name) ? profile.allowedAccessControlTags : {};
  if (profile.hierarchyRestrictedResources.includes(name)) {
    // Without a group of its own the profile means the holder's, as the choice on Connect's page does.
    return { tags, hierarchyGroupId: profile.allowedAccessControlHierarchyGroupId ?? profile.holderGroupId };
  }
  return Object.keys(tags).length > 0 ? { tags } : null;
}

/** May be null instead of false, for a user without a group: `is not true` finds what is outside. */
function limitCondition({ tags, hierarchyGroupId }: Limit, alias: string): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (Object.keys(tags).length > 0) {
    conditions.push(sql`${sql.ref(`${alias}.tags`)} @> ${JSON.stringify(tags)}::jsonb`);
  }
  if (hierarchyGroupId !== undefined) {
    conditions.push(sql`${sql.ref(`${alias}.hierarchy_group_id`)} in (
      with recursive below as (
        select ${hierarchyGroupId}::uuid as id
        union all
        select child.id from hierarchy_group child join below on child.parent_group_id = below.id
      ) select id from below)`);
  }
  return andAll(conditions);
}

/** The same rule for the rows of security profiles themselves: those that reach every resource of the kind. */
export function reachesEvery(name: RestrictableName, alias: string): RawBuilder<SqlBool> {
  const column = (of: string) => sql.ref(`${alias}.${of}`);
  return sql<SqlBool>`not (
    coalesce(${name} = any(${column('tag_restricted_resources')}), false)
    and coalesce(${column('allowed_access_control_tags')}, '{}') <> '{}'
    or coalesce(${name} = any(${column('hierarchy_restricted_resources')}), false))`;
}

/** For messages: "with the tag Team=Red, or in the hierarchy group 4f… or below it". */
export function inWords(limits: readonly Limit[]): string {
  const each = limits.map(({ tags, hierarchyGroupId }) => {
    const pairs = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
    const parts = pairs.length > 0 ? [`with the ${pairs.length > 1 ? 'tags' : 'tag'} ${pairs.join(' and ')}`] : [];
    if (hierarchyGroupId !== undefined) {
      parts.push(
        hierarchyGroupId
          ? `in the hierarchy group ${hierarchyGroupId} or below it`
          : 'in a hierarchy group of your own',
      );
    }
    return parts.join(' and ');
  });
  return each.join(', or ');
}
