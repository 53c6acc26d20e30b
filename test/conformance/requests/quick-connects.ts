import { tags, type World } from '../world.ts';
import { criteriaOf, list, nameContains, only, type RequestTable, search, tagFilters } from './request-table.ts';

const toUser = (world: World) => ({
  QuickConnectType: 'USER',
  UserConfig: { UserId: world.user, ContactFlowId: world.agentTransfer },
});
/** The other types of destinations. */
const destinations: readonly ((world: World) => object)[] = [
  (world) => ({
    QuickConnectType: 'QUEUE',
    QueueConfig: { QueueId: world.queue, ContactFlowId: world.queueTransfer },
  }),
  () => ({ QuickConnectType: 'PHONE_NUMBER', PhoneConfig: { PhoneNumber: '+12065550100' } }),
  (world) => ({ QuickConnectType: 'FLOW', FlowConfig: { ContactFlowId: world.flow } }),
];
const types = ['USER', 'QUEUE'];
const made = async (world: World) => ({ QuickConnectId: await world.makeQuickConnect(world.user) });
const offered = async (world: World) => ({
  QueueId: world.queue,
  QuickConnectIds: [await world.makeQuickConnect(world.user)],
});

export const quickConnectRequests: RequestTable = {
  CreateQuickConnect: {
    full: (world) => ({
      Name: world.fresh('To Ada'),
      Description: 'Straight to Ada',
      QuickConnectConfig: toUser(world),
      Tags: tags,
    }),
    minimal: (world) => ({ Name: world.fresh('To Ada'), QuickConnectConfig: toUser(world) }),
    others: destinations.map((to) => (world) => ({ Name: world.fresh('To'), QuickConnectConfig: to(world) })),
  },
  DescribeQuickConnect: only((world) => ({ QuickConnectId: world.quickConnect })),
  ListQuickConnects: list(
    'ListQuickConnects',
    () => ({}),
    () => ({ QuickConnectTypes: types }),
  ),
  SearchQuickConnects: search(
    'SearchQuickConnects',
    criteriaOf(nameContains('Quick connect')),
    tagFilters.map((TagFilter) => ({ TagFilter })),
  ),
  SearchQuickConnectDestinations: {
    full: (world) => ({
      NameContains: 'Quick',
      QuickConnectTypes: types,
      Orphaned: false,
      UserIds: [world.user],
      SortBy: 'Destination',
      SortOrder: 'DESCENDING',
      StartIndex: 0,
      MaxResults: 10,
    }),
    minimal: () => ({}),
  },
  UpdateQuickConnectName: {
    full: async (world) => ({ ...(await made(world)), Name: world.fresh('Renamed'), Description: '' }),
    minimal: async (world) => ({ ...(await made(world)), Description: 'To Ada' }),
  },
  UpdateQuickConnectConfig: {
    ...only(async (world) => ({ ...(await made(world)), QuickConnectConfig: toUser(world) })),
    others: destinations.map((to) => async (world) => ({ ...(await made(world)), QuickConnectConfig: to(world) })),
  },
  DeleteQuickConnect: only(made),
  BatchDeleteQuickConnects: only(async (world) => ({ QuickConnectIds: [await world.makeQuickConnect(world.user)] })),
  AssociateQueueQuickConnects: only(offered),
  DisassociateQueueQuickConnects: only(async (world) => {
    const input = await offered(world);
    await world.call('AssociateQueueQuickConnects', input);
    return input;
  }),
  ListQueueQuickConnects: list('ListQueueQuickConnects', (world) => ({ QueueId: world.queue })),
};
