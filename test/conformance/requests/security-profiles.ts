import { tags, type World } from '../world.ts';
import { criteriaOf, list, nameContains, only, type RequestTable, search, tagFilters } from './request-table.ts';

const made = (world: World) => ({ SecurityProfileId: world.madeSecurityProfile });
const fresh = async (world: World) => ({ SecurityProfileId: await world.makeSecurityProfile() });

export const securityProfileRequests: RequestTable = {
  CreateSecurityProfile: {
    full: (world) => ({ ...world.securityProfile, SecurityProfileName: world.fresh('Created'), Tags: tags }),
    minimal: (world) => ({ SecurityProfileName: world.fresh('Created') }),
  },
  DescribeSecurityProfile: only(made),
  ListSecurityProfiles: list('ListSecurityProfiles'),
  SearchSecurityProfiles: search(
    'SearchSecurityProfiles',
    criteriaOf(nameContains('Security profile')),
    tagFilters.map((TagFilter) => ({ TagFilter })),
  ),
  ListSecurityProfilePermissions: list('ListSecurityProfilePermissions', made),
  ListSecurityProfileApplications: list('ListSecurityProfileApplications', made),
  ListSecurityProfileFlowModules: list('ListSecurityProfileFlowModules', made),
  ListSecurityProfileAIAgents: list('ListSecurityProfileAIAgents', made),
  UpdateSecurityProfile: {
    full: async (world) => ({ ...(await fresh(world)), ...world.securityProfile, Description: 'Changed' }),
    minimal: fresh,
  },
  DeleteSecurityProfile: only(fresh),
};
