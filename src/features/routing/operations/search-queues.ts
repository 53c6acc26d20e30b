import { seesQueues } from '../../../access/sees.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { countMatching } from '../../../operations/count-matching.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { andAll, criteriaCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields, withTagFilter } from '../../../operations/search-fields.ts';
import { searchQueues as search } from '../queue-store.ts';
import { queueOf } from './queue-answer.ts';

/** Standard queues alone, as the API Reference's SearchableQueueType says. */
export const searchQueues = defineRead('SearchQueues', {
  permission: seesQueues,
  constraints: { ...instanceId, ...pageOf(500), NextToken: length(1, 2500) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('found-queues', input);
    // QueueTypeCondition can be STANDARD alone, which holds for all of them.
    const criteria = criteriaCondition(input.SearchCriteria, ({ StringCondition: condition }) =>
      condition ? [fieldCondition(resourceFields, condition)] : [],
    );
    const condition = andAll([access.within('queue', 'queue'), withTagFilter(criteria, input.SearchFilter?.TagFilter)]);
    const [found, count] = await Promise.all([
      search(db, instance.id, condition, page),
      countMatching(db, 'queue', instance.id, condition),
    ]);
    const { rows, nextToken } = cutByName(page, found);
    return {
      Queues: rows.map((row) => queueOf(instance, row)),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});
