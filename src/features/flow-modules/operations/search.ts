import { type SqlBool, sql } from 'kysely';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { criteriaCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields, withTagFilter } from '../../../operations/search-fields.ts';
import { resources } from '../../../resources/resources.ts';
import { shownModule } from '../answer.ts';
import { searchModules } from '../store.ts';

export const searchFlowModules = defineRead('SearchContactFlowModules', {
  permission: resources['flow-module'].sees,
  constraints: { ...instanceId, ...pageOf(100), NextToken: length(1, 2500) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('found-contact-flow-modules', input);
    const criteria = criteriaCondition(input.SearchCriteria, (node) => [
      ...(node.StringCondition ? [fieldCondition(resourceFields, node.StringCondition)] : []),
      ...(node.StateCondition ? [sql<SqlBool>`state = ${node.StateCondition}`] : []),
      // A module is published from the beginning; what may be saved beside it does not count.
      ...(node.StatusCondition ? [sql<SqlBool>`${node.StatusCondition}::text = 'PUBLISHED'`] : []),
    ]);
    const condition = withTagFilter(criteria, input.SearchFilter?.TagFilter);
    const { items: modules, nextToken, count } = await searchModules(db, instance.id, condition, page);
    return {
      ContactFlowModules: modules.map((module) => shownModule(instance, module, false)),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});
