import { seesRoutingProfileNames, seesRoutingProfiles } from '../../../access/sees.ts';
import { arnOf, isUuid } from '../../../operations/arn.ts';
import type { Connect } from '../../../operations/connect-types.ts';
import { instanceId, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { listManualAssignmentQueues } from '../association-store.ts';
import { findRoutingProfile, listQueuesOfRoutingProfile, listRoutingProfiles } from '../store.ts';
import { createRoutingProfile } from './create-routing-profile.ts';
import { deleteRoutingProfile } from './delete-routing-profile.ts';
import {
  associateRoutingProfileQueues,
  disassociateRoutingProfileQueues,
  updateRoutingProfileQueues,
} from './routing-profile-queues.ts';
import { searchRoutingProfiles } from './search-routing-profiles.ts';
import { routingProfileUpdates } from './update-routing-profile.ts';

const list = defineRead('ListRoutingProfiles', {
  permission: seesRoutingProfileNames,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('routing-profiles', input);
    const { rows, nextToken } = cutByName(page, await listRoutingProfiles(db, instance.id, page, access));
    return {
      RoutingProfileSummaryList: rows.map((row) => ({
        Id: row.id,
        Arn: arnOf(instance, 'routing-profile', row.id),
        Name: row.name,
        LastModifiedTime: row.last_modified_time,
        LastModifiedRegion: row.last_modified_region,
      })),
      NextToken: nextToken,
    };
  },
});

/** Without AssociatedQueueIds, which the real DescribeRoutingProfile leaves out too. */
const describe = defineRead('DescribeRoutingProfile', {
  permission: seesRoutingProfiles,
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.RoutingProfileId;
    const row = await findRoutingProfile(db, instance.id, id);
    if (!row) throw notFound('routing profile', id);
    return {
      RoutingProfile: {
        InstanceId: instance.id,
        RoutingProfileId: row.id,
        RoutingProfileArn: arnOf(instance, 'routing-profile', row.id),
        Name: row.name,
        Description: row.description,
        DefaultOutboundQueueId: row.default_outbound_queue_id,
        MediaConcurrencies: row.media_concurrencies as Connect.MediaConcurrency[],
        AgentAvailabilityTimer: row.agent_availability_timer,
        IsDefault: row.is_default,
        NumberOfAssociatedQueues: Number(row.queue_count),
        NumberOfAssociatedManualAssignmentQueues: Number(row.manual_assignment_queue_count),
        NumberOfAssociatedUsers: Number(row.user_count),
        Tags: row.tags,
        LastModifiedTime: row.last_modified_time,
        LastModifiedRegion: row.last_modified_region,
      },
    };
  },
});

const listQueues = defineRead('ListRoutingProfileQueues', {
  permission: seesRoutingProfiles,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance, access }, input) => {
    const id = input.RoutingProfileId;
    const profile = await findRoutingProfile(db, instance.id, id);
    if (!profile) throw notFound('routing profile', id);
    const size = input.MaxResults ?? 100;
    const found = await listQueuesOfRoutingProfile(db, id, access, startOf(input.NextToken), size + 1);
    const page = pageOfRows(found, size, kind, (row) => [row.priority, row.queue_id, row.channel]);
    return {
      RoutingProfileQueueConfigSummaryList: page.rows.map((row) => ({
        QueueId: row.queue_id,
        QueueArn: arnOf(instance, 'queue', row.queue_id),
        QueueName: row.name ?? undefined,
        Channel: row.channel,
        Priority: row.priority,
        Delay: row.delay,
      })),
      NextToken: page.nextToken,
      LastModifiedTime: profile.last_modified_time,
      LastModifiedRegion: profile.last_modified_region,
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

const listForManualAssignment = defineRead('ListRoutingProfileManualAssignmentQueues', {
  permission: seesRoutingProfiles,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance, access }, input) => {
    const id = input.RoutingProfileId;
    const profile = await findRoutingProfile(db, instance.id, id);
    if (!profile) throw notFound('routing profile', id);
    const size = input.MaxResults ?? 100;
    const found = await listManualAssignmentQueues(db, id, access, manualStartOf(input.NextToken), size + 1);
    const page = pageOfRows(found, size, manualKind, (row) => [row.queue_id, row.channel]);
    return {
      RoutingProfileManualAssignmentQueueConfigSummaryList: page.rows.map((row) => ({
        QueueId: row.queue_id,
        QueueArn: arnOf(instance, 'queue', row.queue_id),
        QueueName: row.name ?? undefined,
        Channel: row.channel,
      })),
      NextToken: page.nextToken,
      LastModifiedTime: profile.last_modified_time,
      LastModifiedRegion: profile.last_modified_region,
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

export const routingProfileOperations = [
  createRoutingProfile,
  describe,
  list,
  searchRoutingProfiles,
  ...routingProfileUpdates,
  deleteRoutingProfile,
  listQueues,
  listForManualAssignment,
  associateRoutingProfileQueues,
  disassociateRoutingProfileQueues,
  updateRoutingProfileQueues,
] as const;
