import { randomUUID } from 'node:crypto';
import { tags, type World } from '../world.ts';
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

const concurrencies = [
  { Channel: 'VOICE', Concurrency: 1, CrossChannelBehavior: { BehaviorType: 'ROUTE_CURRENT_CHANNEL_ONLY' } },
];
/** In place of one number for the channel. */
const byWorkload = [
  {
    Channel: 'TASK',
    WorkloadTypeConcurrencies: [
      {
        WorkloadType: 'Back office',
        Concurrency: 1,
        CrossChannelWorkloadBehavior: {
          ChannelWorkloadBehaviorType: 'ROUTE_CURRENT_CHANNEL_CURRENT_WORKLOADTYPE_ONLY',
        },
      },
    ],
  },
];
const pair = (QueueId: string) => ({ QueueId, Channel: 'VOICE' });
const queueConfigs = (queue: string) => [{ QueueReference: pair(queue), Priority: 1, Delay: 0 }];
const manualConfigs = (queue: string) => [{ QueueReference: pair(queue) }];
const newProfile = (world: World) => ({
  Name: world.fresh('Profile'),
  Description: 'Of a team',
  DefaultOutboundQueueId: world.queue,
  MediaConcurrencies: concurrencies,
});
const profile = (world: World) => ({ RoutingProfileId: world.routingProfile });
const freshProfile = async (world: World) => ({ RoutingProfileId: await world.makeRoutingProfile() });

const outbound = (world: World) => ({
  OutboundCallerIdName: 'Claims',
  OutboundCallerIdNumberId: randomUUID(),
  OutboundFlowId: world.outboundWhisper,
});
const outboundEmail = { OutboundEmailAddressId: randomUUID() };
const freshQueue = async (world: World) => ({ QueueId: await world.makeQueue() });

export const routingRequests: RequestTable = {
  CreateRoutingProfile: {
    full: (world) => ({
      ...newProfile(world),
      QueueConfigs: queueConfigs(world.queue),
      ManualAssignmentQueueConfigs: manualConfigs(world.otherQueue),
      AgentAvailabilityTimer: 'TIME_SINCE_LAST_INBOUND',
      Tags: tags,
    }),
    minimal: newProfile,
    others: [(world) => ({ ...newProfile(world), MediaConcurrencies: byWorkload })],
  },
  DescribeRoutingProfile: only(profile),
  ListRoutingProfiles: list('ListRoutingProfiles'),
  SearchRoutingProfiles: search(
    'SearchRoutingProfiles',
    criteriaOf(nameContains('Routing profile')),
    tagFilters.map((TagFilter) => ({ TagFilter })),
  ),
  UpdateRoutingProfileName: {
    full: async (world) => ({ ...(await freshProfile(world)), Name: world.fresh('Renamed'), Description: 'Of a team' }),
    minimal: async (world) => ({ ...(await freshProfile(world)), Description: 'Of another team' }),
  },
  UpdateRoutingProfileConcurrency: {
    ...only(async (world) => ({ ...(await freshProfile(world)), MediaConcurrencies: concurrencies })),
    others: [
      async (world) => ({
        ...(await freshProfile(world)),
        MediaConcurrencies: [...concurrencies, ...byWorkload],
      }),
    ],
  },
  UpdateRoutingProfileDefaultOutboundQueue: only(async (world) => ({
    ...(await freshProfile(world)),
    DefaultOutboundQueueId: world.otherQueue,
  })),
  UpdateRoutingProfileAgentAvailabilityTimer: only(async (world) => ({
    ...(await freshProfile(world)),
    AgentAvailabilityTimer: 'TIME_SINCE_LAST_INBOUND',
  })),
  DeleteRoutingProfile: only(freshProfile),
  ListRoutingProfileQueues: list('ListRoutingProfileQueues', profile),
  ListRoutingProfileManualAssignmentQueues: list('ListRoutingProfileManualAssignmentQueues', profile),
  AssociateRoutingProfileQueues: {
    full: async (world) => ({
      ...(await freshProfile(world)),
      QueueConfigs: queueConfigs(world.basicQueue),
      ManualAssignmentQueueConfigs: manualConfigs(world.basicQueue),
    }),
    minimal: async (world) => ({ ...(await freshProfile(world)), QueueConfigs: queueConfigs(world.basicQueue) }),
  },
  DisassociateRoutingProfileQueues: {
    full: async (world) => ({
      ...(await freshProfile(world)),
      QueueReferences: [pair(world.otherQueue)],
      ManualAssignmentQueueReferences: [pair(world.otherQueue)],
    }),
    minimal: async (world) => ({ ...(await freshProfile(world)), QueueReferences: [pair(world.otherQueue)] }),
  },
  UpdateRoutingProfileQueues: only(async (world) => ({
    ...(await freshProfile(world)),
    QueueConfigs: [{ QueueReference: pair(world.otherQueue), Priority: 2, Delay: 30 }],
  })),

  CreateQueue: {
    full: (world) => ({
      Name: world.fresh('Created queue'),
      Description: 'Claims',
      HoursOfOperationId: world.hours,
      OutboundCallerConfig: outbound(world),
      OutboundEmailConfig: outboundEmail,
      MaxContacts: 10,
      QuickConnectIds: [world.quickConnect],
      EmailAddressesConfig: [{ EmailAddressId: randomUUID() }],
      Tags: tags,
    }),
    minimal: (world) => ({ Name: world.fresh('Created queue'), HoursOfOperationId: world.hours }),
  },
  ListQueueEmailAddresses: onePage((world) => ({ QueueId: world.queue })),
  DescribeQueue: only((world) => ({ QueueId: world.queue })),
  ListQueues: list(
    'ListQueues',
    () => ({}),
    () => ({ QueueTypes: ['STANDARD', 'AGENT'] }),
  ),
  SearchQueues: search(
    'SearchQueues',
    criteriaOf({ ...nameContains('Queue'), QueueTypeCondition: 'STANDARD' }),
    tagFilters.map((TagFilter) => ({ TagFilter })),
  ),
  UpdateQueueName: {
    full: async (world) => ({ ...(await freshQueue(world)), Name: world.fresh('Renamed'), Description: 'Claims' }),
    minimal: async (world) => ({ ...(await freshQueue(world)), Description: 'Claims' }),
  },
  UpdateQueueStatus: only(async (world) => ({ ...(await freshQueue(world)), Status: 'DISABLED' })),
  UpdateQueueHoursOfOperation: only(async (world) => ({
    ...(await freshQueue(world)),
    HoursOfOperationId: await world.makeHours(),
  })),
  UpdateQueueMaxContacts: {
    full: async (world) => ({ ...(await freshQueue(world)), MaxContacts: 5 }),
    minimal: freshQueue,
  },
  UpdateQueueOutboundCallerConfig: {
    full: async (world) => ({ ...(await freshQueue(world)), OutboundCallerConfig: outbound(world) }),
    minimal: async (world) => ({
      ...(await freshQueue(world)),
      OutboundCallerConfig: { OutboundCallerIdName: 'Claims' },
    }),
  },
  UpdateQueueOutboundEmailConfig: only(async (world) => ({
    ...(await freshQueue(world)),
    OutboundEmailConfig: outboundEmail,
  })),
  DeleteQueue: only(freshQueue),
};
