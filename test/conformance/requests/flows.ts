import { randomUUID } from 'node:crypto';
import { flowContent, tags, type World } from '../world.ts';
import {
  criteriaOf,
  list,
  nameContains,
  onePage,
  only,
  type RequestTable,
  search,
  tagFilters,
} from './request-table.ts';

const tagCondition = { TagKey: 'Team', TagValue: tags.Team };
const type = { ContactFlowTypeCondition: { ContactFlowType: 'CONTACT_FLOW' } };
const freshFlow = async (world: World) => ({ ContactFlowId: await world.makeFlow('CONTACT_FLOW') });
const freshModule = async (world: World) => ({ ContactFlowModuleId: await world.makeModule() });
const settings = '{"a":1}';

export const flowRequests: RequestTable = {
  DescribeContactFlow: only((world) => ({ ContactFlowId: world.flow })),
  ListContactFlows: list(
    'ListContactFlows',
    () => ({}),
    () => ({ ContactFlowTypes: ['CONTACT_FLOW', 'AGENT_TRANSFER'] }),
  ),
  SearchContactFlows: search(
    'SearchContactFlows',
    criteriaOf({
      ...nameContains('Flow'),
      TypeCondition: 'CONTACT_FLOW',
      StateCondition: 'ACTIVE',
      StatusCondition: 'PUBLISHED',
    }),
    [
      ...tagFilters.map((TagFilter) => ({ TagFilter })),
      { FlowAttributeFilter: { OrConditions: [{ TagConditions: [tagCondition], ...type }] } },
      { FlowAttributeFilter: { AndCondition: { TagConditions: [tagCondition], ...type } } },
      { FlowAttributeFilter: { TagCondition: tagCondition } },
      { FlowAttributeFilter: type },
    ],
  ),
  CreateContactFlow: {
    full: (world) => ({
      Name: world.fresh('Created flow'),
      Type: 'CONTACT_FLOW',
      Content: flowContent,
      Description: 'Ends at once',
      Status: 'PUBLISHED',
      Tags: tags,
    }),
    minimal: (world) => ({ Name: world.fresh('Created flow'), Type: 'CONTACT_FLOW', Content: flowContent }),
  },
  UpdateContactFlowContent: {
    ...only(async (world) => ({ ...(await freshFlow(world)), Content: flowContent })),
    others: [
      async (world) => ({ ContactFlowId: `${await world.makeFlow('CONTACT_FLOW')}:$SAVED`, Content: flowContent }),
    ],
  },
  UpdateContactFlowMetadata: {
    full: async (world) => ({
      ...(await freshFlow(world)),
      Name: world.fresh('Renamed'),
      Description: '',
      ContactFlowState: 'ARCHIVED',
    }),
    minimal: async (world) => ({ ...(await freshFlow(world)), Description: 'Ends at once' }),
  },
  UpdateContactFlowName: {
    full: async (world) => ({ ...(await freshFlow(world)), Name: world.fresh('Renamed'), Description: '' }),
    minimal: async (world) => ({ ...(await freshFlow(world)), Description: 'Ends at once' }),
  },
  DeleteContactFlow: only(freshFlow),
  ListContactFlowVersions: onePage((world) => ({ ContactFlowId: world.flow })),
  ListContactFlowModuleVersions: onePage((world) => ({ ContactFlowModuleId: world.module })),
  ListContactFlowModuleAliases: onePage((world) => ({ ContactFlowModuleId: world.module })),
  DescribeContactFlowModule: only((world) => ({ ContactFlowModuleId: world.module })),
  ListContactFlowModules: list(
    'ListContactFlowModules',
    () => ({}),
    () => ({ ContactFlowModuleState: 'ACTIVE' }),
  ),
  SearchContactFlowModules: search(
    'SearchContactFlowModules',
    criteriaOf({ ...nameContains('Module'), StateCondition: 'ACTIVE', StatusCondition: 'PUBLISHED' }),
    tagFilters.map((TagFilter) => ({ TagFilter })),
  ),
  CreateContactFlowModule: {
    full: (world) => ({
      Name: world.fresh('Created module'),
      Content: flowContent,
      Description: 'Ends at once',
      Tags: tags,
      ClientToken: randomUUID(),
      Settings: settings,
      ExternalInvocationConfiguration: { Enabled: true },
    }),
    minimal: (world) => ({ Name: world.fresh('Created module'), Content: flowContent }),
  },
  UpdateContactFlowModuleContent: {
    full: async (world) => ({ ...(await freshModule(world)), Content: flowContent, Settings: settings }),
    minimal: async (world) => ({ ...(await freshModule(world)), Content: flowContent }),
    others: [async (world) => ({ ContactFlowModuleId: `${await world.makeModule()}:$SAVED`, Content: flowContent })],
  },
  UpdateContactFlowModuleMetadata: {
    full: async (world) => ({
      ...(await freshModule(world)),
      Name: world.fresh('Renamed'),
      Description: '',
      State: 'ARCHIVED',
    }),
    minimal: async (world) => ({ ...(await freshModule(world)), Description: 'Ends at once' }),
  },
  DeleteContactFlowModule: only(freshModule),
};
