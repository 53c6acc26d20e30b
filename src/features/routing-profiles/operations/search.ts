import { sql } from 'kysely';
import type { Access } from '../../../access/access-control.ts';
import { reaches } from '../../../access/enforcement.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { andAll, criteriaCondition } from '../../../operations/search.ts';
import {
  fieldCondition,
  idField,
  resourceFields,
  type SearchFields,
  withTagFilter,
} from '../../../operations/search-fields.ts';
import { resources } from '../../../resources/resources.ts';
import { shownProfile } from '../answer.ts';
import { queueIdsOf } from '../association-store.ts';
import { searchRoutingProfiles as search, userCountsOf } from '../store.ts';

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
  permission: resources['routing-profile'].sees,
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
    const { items, nextToken, count } = await search(db, instance.id, condition, page);
    const ids = items.map(({ id }) => id);
    const [queues, manual, users] = await Promise.all([
      queueIdsOf(db, 'routing_profile_queue', ids),
      queueIdsOf(db, 'routing_profile_manual_assignment_queue', ids),
      userCountsOf(db, ids),
    ]);
    return {
      RoutingProfiles: items.map((profile) => ({
        ...shownProfile(instance, profile),
        MediaConcurrencies: profile.mediaConcurrencies.map(({ CrossChannelBehavior: _, ...rest }) => rest),
        NumberOfAssociatedQueues: queues.get(profile.id)?.length ?? 0,
        NumberOfAssociatedManualAssignmentQueues: manual.get(profile.id)?.length ?? 0,
        NumberOfAssociatedUsers: users.get(profile.id) ?? 0,
        AssociatedQueueIds: queues.get(profile.id) ?? [],
        AssociatedManualAssignmentQueueIds: manual.get(profile.id) ?? [],
      })),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});
