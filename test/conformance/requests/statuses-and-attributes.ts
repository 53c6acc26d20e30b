import { tags, type World } from '../world.ts';
import { attributeFilters, criteriaOf, list, nameContains, only, type RequestTable, search } from './request-table.ts';

const status = (world: World) => ({ AgentStatusId: world.otherStatus });
const attribute = (world: World) => ({ Name: world.attribute });
const fresh = async (world: World) => ({ Name: await world.makeAttribute() });
const settings = {
  Values: { StringList: ['Gold', 'Silver'] },
  Purposes: ['PROFICIENCY'],
  AttributeConfiguration: { EnableValueValidationOnAssociation: true },
};

export const statusRequests: RequestTable = {
  ListAgentStatuses: list(
    'ListAgentStatuses',
    () => ({}),
    () => ({ AgentStatusTypes: ['ROUTABLE', 'CUSTOM'] }),
  ),
  DescribeAgentStatus: only(status),
  CreateAgentStatus: {
    full: (world) => ({
      Name: world.fresh('Created status'),
      Description: 'At the dentist',
      State: 'DISABLED',
      DisplayOrder: 3,
      Tags: tags,
    }),
    minimal: (world) => ({ Name: world.fresh('Created status'), State: 'DISABLED' }),
  },
  // Statuses cannot be deleted and an instance has 50 at most: these all change the same one.
  UpdateAgentStatus: {
    full: (world) => ({
      ...status(world),
      Name: world.fresh('Renamed status'),
      Description: '',
      State: 'ENABLED',
      DisplayOrder: 4,
    }),
    minimal: (world) => ({ ...status(world), Description: world.fresh('At the dentist') }),
    others: [(world) => ({ ...status(world), ResetOrderNumber: true })],
  },
  SearchAgentStatuses: search(
    'SearchAgentStatuses',
    criteriaOf(nameContains('status')),
    attributeFilters.map((AttributeFilter) => ({ AttributeFilter })),
  ),
};

export const attributeRequests: RequestTable = {
  CreatePredefinedAttribute: {
    full: (world) => ({ Name: world.fresh('Created skill'), ...settings }),
    minimal: (world) => ({ Name: world.fresh('Created skill') }),
  },
  DescribePredefinedAttribute: only(attribute),
  UpdatePredefinedAttribute: {
    full: async (world) => ({ ...(await fresh(world)), ...settings }),
    minimal: fresh,
  },
  DeletePredefinedAttribute: only(fresh),
  ListPredefinedAttributes: list('ListPredefinedAttributes'),
  SearchPredefinedAttributes: search('SearchPredefinedAttributes', criteriaOf(nameContains('Skill')), []),
};
