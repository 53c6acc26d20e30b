import { arnOf } from '../../../operations/arn.ts';
import { instanceId, pageOf } from '../../../operations/constraints.ts';
import { defineRead, type InstanceContext } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { listSummaries, shownSummary } from '../../../operations/name-lists.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { pageOfRows, positionIn } from '../../../operations/paging.ts';
import { resources } from '../../../resources/resources.ts';
import { findSecurityProfile } from '../store.ts';
import type { SecurityProfile } from '../types.ts';

export const listSecurityProfiles = defineRead('ListSecurityProfiles', {
  permission: resources['security-profile'].seesNames,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('security-profiles', input);
    const condition = access.within('security-profile', 'security_profile');
    const { items, nextToken } = await listSummaries(db, 'security-profile', {
      instanceId: instance.id,
      page,
      condition,
    });
    return {
      SecurityProfileSummaryList: items.map((profile) => shownSummary(instance, 'security-profile', profile)),
      NextToken: nextToken,
    };
  },
});

async function theProfile({ db, instance }: InstanceContext, id: string): Promise<SecurityProfile> {
  const profile = await findSecurityProfile(db, instance.id, id);
  if (!profile) throw notFound('security-profile', id);
  return profile;
}

/** Without permissions, applications and the like, which have list operations of their own, as in Connect. */
export const describeSecurityProfile = defineRead('DescribeSecurityProfile', {
  permission: resources['security-profile'].sees,
  constraints: instanceId,
  handler: async (context, input) => {
    const profile = await theProfile(context, input.SecurityProfileId);
    const { settings } = profile;
    return {
      SecurityProfile: {
        Id: profile.id,
        OrganizationResourceId: context.instance.id,
        Arn: arnOf(context.instance, 'security-profile', profile.id),
        SecurityProfileName: profile.name,
        Description: settings.Description ?? undefined,
        Tags: profile.tags,
        AllowedAccessControlTags: settings.AllowedAccessControlTags ?? undefined,
        TagRestrictedResources: listOf(settings.TagRestrictedResources),
        HierarchyRestrictedResources: listOf(settings.HierarchyRestrictedResources),
        AllowedAccessControlHierarchyGroupId: settings.AllowedAccessControlHierarchyGroupId ?? undefined,
        GranularAccessControlConfiguration: settings.GranularAccessControlConfiguration ?? undefined,
        LastModifiedTime: profile.lastModifiedTime,
        LastModifiedRegion: profile.lastModifiedRegion,
      },
    };
  },
});

const listOf = <T>(items: readonly T[] | null): T[] | undefined => (items ? [...items] : undefined);

interface Asked {
  readonly SecurityProfileId: string;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

/** A page of one of a profile's lists, by position: it comes in one piece, and a change replaces it as a whole. */
async function pageOfProfile<Item>(
  context: InstanceContext,
  input: Asked,
  kind: string,
  itemsOf: (profile: SecurityProfile) => readonly Item[],
) {
  const profile = await theProfile(context, input.SecurityProfileId);
  const start = positionIn(kind, input.NextToken);
  const size = input.MaxResults ?? 100;
  const behind = itemsOf(profile)
    .map((item, index) => ({ item, position: index + 1 }))
    .slice(start, start + size + 1);
  const { rows, nextToken } = pageOfRows(behind, size, kind, ({ position }) => [position]);
  return {
    items: rows.map(({ item }) => item),
    rest: {
      NextToken: nextToken,
      LastModifiedTime: profile.lastModifiedTime,
      LastModifiedRegion: profile.lastModifiedRegion,
    },
  };
}

const listDeclaration = {
  permission: resources['security-profile'].sees,
  constraints: { ...instanceId, ...pageOf(1000) },
} as const;

export const listPermissions = defineRead('ListSecurityProfilePermissions', {
  ...listDeclaration,
  handler: async (context, input) => {
    const kind = 'security-profile-permissions';
    const page = await pageOfProfile(context, input, kind, ({ settings }) => [...settings.Permissions].sort());
    return { Permissions: page.items, ...page.rest };
  },
});

export const listApplications = defineRead('ListSecurityProfileApplications', {
  ...listDeclaration,
  handler: async (context, input) => {
    const kind = 'security-profile-applications';
    const page = await pageOfProfile(context, input, kind, ({ settings }) => settings.Applications ?? []);
    return { Applications: page.items, ...page.rest };
  },
});

export const listFlowModules = defineRead('ListSecurityProfileFlowModules', {
  ...listDeclaration,
  handler: async (context, input) => {
    const kind = 'security-profile-flow-modules';
    const page = await pageOfProfile(context, input, kind, ({ settings }) => settings.AllowedFlowModules ?? []);
    return { AllowedFlowModules: page.items, ...page.rest };
  },
});

export const listAIAgents = defineRead('ListSecurityProfileAIAgents', {
  ...listDeclaration,
  handler: async (context, input) => {
    const kind = 'security-profile-ai-agents';
    const page = await pageOfProfile(context, input, kind, ({ settings }) => settings.AllowedAIAgents ?? []);
    return { AllowedAIAgents: page.items, ...page.rest };
  },
});
