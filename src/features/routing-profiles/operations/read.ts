import { arnOf, isUuid } from '../../../operations/arn.ts';
import { instanceId, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { shownSummary } from '../../../operations/name-lists.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { resources } from '../../../resources/resources.ts';
import { shownProfile } from '../answer.ts';
import { listManualAssignmentQueues, listQueuesOfRoutingProfile } from '../association-store.ts';
import { countedRoutingProfileIn, listRoutingProfiles, routingProfileIn } from '../store.ts';

export const listProfiles = defineRead('ListRoutingProfiles', {
  permission: resources['routing-profile'].seesNames,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('routing-profiles', input);
    const { items, nextToken } = await listRoutingProfiles(db, instance.id, page, access);
    return {
      RoutingProfileSummaryList: items.map((profile) => shownSummary(instance, 'routing-profile', profile)),
      NextToken: nextToken,
    };
  },
});

/** Without AssociatedQueueIds, which the real DescribeRoutingProfile leaves out too. */
export const describeRoutingProfile = defineRead('DescribeRoutingProfile', {
  permission: resources['routing-profile'].sees,
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const profile = await countedRoutingProfileIn(db, instance, input.RoutingProfileId);
    return {
      RoutingProfile: {
        ...shownProfile(instance, profile),
        NumberOfAssociatedQueues: profile.queueCount,
        NumberOfAssociatedManualAssignmentQueues: profile.manualAssignmentQueueCount,
        NumberOfAssociatedUsers: profile.userCount,
        AgentAvailabilityTimer: profile.agentAvailabilityTimer,
        LastModifiedTime: profile.lastModifiedTime,
        LastModifiedRegion: profile.lastModifiedRegion,
      },
    };
  },
});

export const listRoutingProfileQueues = defineRead('ListRoutingProfileQueues', {
  permission: resources['routing-profile'].sees,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance, access }, input) => {
    const id = input.RoutingProfileId;
    const profile = await routingProfileIn(db, instance, id);
    const size = input.MaxResults ?? 100;
    const found = await listQueuesOfRoutingProfile(db, id, access, startOf(input.NextToken), size + 1);
    const page = pageOfRows(found, size, kind, (row) => [row.priority, row.queueId, row.channel]);
    return {
      RoutingProfileQueueConfigSummaryList: page.rows.map((row) => ({
        QueueId: row.queueId,
        QueueArn: arnOf(instance, 'queue', row.queueId),
        QueueName: row.name ?? undefined,
        Channel: row.channel,
        Priority: row.priority,
        Delay: row.delay,
      })),
      NextToken: page.nextToken,
      LastModifiedTime: profile.lastModifiedTime,
      LastModifiedRegion: profile.lastModifiedRegion,
    };
  },
});

const kind = 'routing-profile-queues';

function startOf(token: string | undefined): { priority: number; queueId: string; channel: string } | null {
  const key = decodeToken(kind, token, 3);
  if (!key) return null;
  const [priority, queueId, channel] = key;
  if (typeof priority !== 'number' || Math.abs(priority) > 99) throw unusableToken();
  if (typeof queueId !== 'string' || !isUuid(queueId) || !isChannel(channel)) throw unusableToken();
  return { priority, queueId, channel };
}

const isChannel = (part: unknown): part is string => typeof part === 'string' && /^[A-Z]+$/.test(part);

export const listManualAssignment = defineRead('ListRoutingProfileManualAssignmentQueues', {
  permission: resources['routing-profile'].sees,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance, access }, input) => {
    const id = input.RoutingProfileId;
    const profile = await routingProfileIn(db, instance, id);
    const size = input.MaxResults ?? 100;
    const found = await listManualAssignmentQueues(db, id, access, manualStartOf(input.NextToken), size + 1);
    const page = pageOfRows(found, size, manualKind, (row) => [row.queueId, row.channel]);
    return {
      RoutingProfileManualAssignmentQueueConfigSummaryList: page.rows.map((row) => ({
        QueueId: row.queueId,
        QueueArn: arnOf(instance, 'queue', row.queueId),
        QueueName: row.name ?? undefined,
        Channel: row.channel,
      })),
      NextToken: page.nextToken,
      LastModifiedTime: profile.lastModifiedTime,
      LastModifiedRegion: profile.lastModifiedRegion,
    };
  },
});

const manualKind = 'routing-profile-manual-assignment-queues';

function manualStartOf(token: string | undefined): { queueId: string; channel: string } | null {
  const key = decodeToken(manualKind, token, 2);
  if (!key) return null;
  const [queueId, channel] = key;
  if (typeof queueId !== 'string' || !isUuid(queueId) || !isChannel(channel)) throw unusableToken();
  return { queueId, channel };
}
