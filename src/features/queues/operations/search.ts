import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { andAll, criteriaCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields, withTagFilter } from '../../../operations/search-fields.ts';
import { resources } from '../../../resources/resources.ts';
import { shownQueue } from '../answer.ts';
import { searchQueues as search } from '../store.ts';

/** Standard queues alone, as the API Reference's SearchableQueueType says. */
export const searchQueues = defineRead('SearchQueues', {
  permission: resources.queue.sees,
  constraints: { ...instanceId, ...pageOf(500), NextToken: length(1, 2500) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('found-queues', input);
    // QueueTypeCondition can be STANDARD alone, which holds for all of them.
    const criteria = criteriaCondition(input.SearchCriteria, ({ StringCondition: condition }) =>
      condition ? [fieldCondition(resourceFields, condition)] : [],
    );
    const condition = andAll([access.within('queue', 'queue'), withTagFilter(criteria, input.SearchFilter?.TagFilter)]);
    const { items, nextToken, count } = await search(db, instance.id, condition, page);
    return {
      Queues: items.map((queue) => shownQueue(instance, queue)),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});
