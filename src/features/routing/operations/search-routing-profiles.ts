import { sql } from 'kysely';
import type { Access } from '../../../access/access-control.ts';
import { reaches } from '../../../access/enforcement.ts';
import { seesRoutingProfiles } from '../../../access/sees.ts';
import { arnOf } from '../../../operations/arn.ts';
import type { Connect } from '../../../operations/connect-types.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { countMatching } from '../../../operations/count-matching.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { andAll, criteriaCondition } from '../../../operations/search.ts';
import {
  fieldCondition,
  idField,
  resourceFields,
  type SearchFields,
  withTagFilter,
} from '../../../operations/search-fields.ts';
import { queueIdsOf } from '../association-store.ts';
import { searchRoutingProfiles as search } from '../routing-profile-store.ts';

/** A profile is found by any one of its queues. */
const fieldsFor = (access: Access): SearchFields => ({
  ...resourceFields,
  associatedQueueIds: (condition) => sql`exists (
    select from routing_profile_queue pq where pq.routing_profile_id = routing_profile.id
      and ${idField(sql`pq.queue_id`)(condition)} and ${reaches(access, 'queue', sql`pq.queue_id`)})`,
});

/**
 * As the API Reference says: with AssociatedQueueIds, and without LastModifiedTime, LastModifiedRegion,
 * CrossChannelBehavior and AgentAvailabilityTimer, which DescribeRoutingProfile has instead.
 */
export const searchRoutingProfiles = defineRead('SearchRoutingProfiles', {
  permission: seesRoutingProfiles,
  constraints: { ...instanceId, ...pageOf(500), NextToken: length(1, 2500) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('found-routing-profiles', input);
    const criteria = criteriaCondition(input.SearchCriteria, ({ StringCondition: condition }) =>
      condition ? [fieldCondition(fieldsFor(access), condition)] : [],
    );
    const condition = andAll([
      access.within('routing-profile', 'routing_profile'),
      withTagFilter(criteria, input.SearchFilter?.TagFilter),
    ]);
    const [found, count] = await Promise.all([
      search(db, instance.id, condition, page),
      countMatching(db, 'routing_profile', instance.id, condition),
    ]);
    const { rows, nextToken } = cutByName(page, found);
    const ids = rows.map((row) => row.id);
    const [queues, manual] = await Promise.all([
      queueIdsOf(db, 'routing_profile_queue', ids),
      queueIdsOf(db, 'routing_profile_manual_assignment_queue', ids),
    ]);
    return {
      RoutingProfiles: rows.map((row) => ({
        InstanceId: instance.id,
        RoutingProfileId: row.id,
        RoutingProfileArn: arnOf(instance, 'routing-profile', row.id),
        Name: row.name,
        Description: row.description,
        DefaultOutboundQueueId: row.default_outbound_queue_id,
        MediaConcurrencies: (row.media_concurrencies as Connect.MediaConcurrency[]).map(
          ({ CrossChannelBehavior: _, ...concurrency }) => concurrency,
        ),
        IsDefault: row.is_default,
        NumberOfAssociatedQueues: queues.get(row.id)?.length ?? 0,
        NumberOfAssociatedManualAssignmentQueues: manual.get(row.id)?.length ?? 0,
        NumberOfAssociatedUsers: Number(row.user_count),
        AssociatedQueueIds: queues.get(row.id) ?? [],
        AssociatedManualAssignmentQueueIds: manual.get(row.id) ?? [],
        Tags: row.tags,
      })),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});
