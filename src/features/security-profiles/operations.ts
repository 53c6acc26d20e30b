import { arnOf, idIn } from '../../operations/arn.ts';
import type { Connect } from '../../operations/connect-types.ts';
import { instanceId, pageOf } from '../../operations/constraints.ts';
import { defineRead, type InstanceContext, type Operation } from '../../operations/define-operation.ts';
import { notFound } from '../../operations/errors.ts';
import { cutByName, namePage } from '../../operations/name-paging.ts';
import { decodeToken, pageOfRows } from '../../operations/paging.ts';
import type { PermissionId } from './permissions.ts';
import { findSecurityProfile, listSecurityProfiles } from './store.ts';

const seesProfiles: readonly PermissionId[] = ['SecurityProfiles.View', 'SecurityProfiles.Edit'];

/** The names stand in the drop-down of whoever looks at a user. */
const seesProfileNames: readonly PermissionId[] = [
  ...seesProfiles,
  'Users.View',
  'Users.Edit',
  'Users.EditPermission',
  'Users.Create',
];

const list = defineRead('ListSecurityProfiles', {
  permission: seesProfileNames,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('security-profiles', input);
    const within = access.within('security-profile', 'security_profile');
    const { rows, nextToken } = cutByName(page, await listSecurityProfiles(db, instance.id, within, page));
    return {
      SecurityProfileSummaryList: rows.map((row) => ({
        Id: row.id,
        Arn: arnOf(instance, 'security-profile', row.id),
        Name: row.name,
        LastModifiedTime: row.last_modified_time,
        LastModifiedRegion: row.last_modified_region,
      })),
      NextToken: nextToken,
    };
  },
});

async function theProfile({ db, instance }: InstanceContext, given: string) {
  const id = idIn(given, 'security-profile', instance);
  const row = await findSecurityProfile(db, instance.id, id);
  if (!row) throw notFound('security profile', id);
  return row;
}

/** Without the permissions, which only ListSecurityProfilePermissions answers, as in Connect. */
const describe = defineRead('DescribeSecurityProfile', {
  permission: seesProfiles,
  constraints: instanceId,
  handler: async (context, input) => {
    const row = await theProfile(context, input.SecurityProfileId);
    return {
      SecurityProfile: {
        Id: row.id,
        OrganizationResourceId: context.instance.id,
        Arn: arnOf(context.instance, 'security-profile', row.id),
        SecurityProfileName: row.name,
        Description: row.description ?? undefined,
        Tags: row.tags,
        AllowedAccessControlTags: row.allowed_access_control_tags ?? undefined,
        TagRestrictedResources: row.tag_restricted_resources ?? undefined,
        HierarchyRestrictedResources: row.hierarchy_restricted_resources ?? undefined,
        AllowedAccessControlHierarchyGroupId: row.allowed_access_control_hierarchy_group_id ?? undefined,
        GranularAccessControlConfiguration: (row.granular_access_control_configuration ?? undefined) as
          | Connect.GranularAccessControlConfiguration
          | undefined,
        LastModifiedTime: row.last_modified_time,
        LastModifiedRegion: row.last_modified_region,
      },
    };
  },
});

const listPermissions = defineRead('ListSecurityProfilePermissions', {
  permission: seesProfiles,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async (context, input) => {
    const row = await theProfile(context, input.SecurityProfileId);
    const kind = 'security-profile-permissions';
    const [after] = decodeToken(kind, input.NextToken, 1) ?? [];
    const size = input.MaxResults ?? 100;
    // Sorted here by code units: a profile has a few hundred permissions at most, and they come in one array.
    const behind = [...row.permissions].sort().filter((id) => after === undefined || id > String(after));
    const page = pageOfRows(behind, size, kind, (id) => [id]);
    return {
      Permissions: page.rows,
      NextToken: page.nextToken,
      LastModifiedTime: row.last_modified_time,
      LastModifiedRegion: row.last_modified_region,
    };
  },
});

export const securityProfileOperations: readonly Operation[] = [list, describe, listPermissions];
