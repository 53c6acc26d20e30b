import { sql } from 'kysely';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { andAll, attributeFilterCondition, criteriaCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields, type SearchFields, textField } from '../../../operations/search-fields.ts';
import { resources } from '../../../resources/resources.ts';
import { shownStatus } from '../answer.ts';
import { searchAgentStatuses } from '../store.ts';

/** API Reference, AgentStatusSearchCriteria. */
const searched: SearchFields = {
  ...resourceFields,
  state: textField(sql.ref('state')),
  type: textField(sql.ref('type')),
  displayOrder: textField(sql<string>`display_order::text`),
};

export const searchStatuses = defineRead('SearchAgentStatuses', {
  permission: resources['agent-state'].sees,
  constraints: { ...instanceId, ...pageOf(100), NextToken: length(1, 2500) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('found-agent-statuses', input);
    const { AttributeFilter: filter } = input.SearchFilter ?? {};
    const condition = andAll([
      criteriaCondition(input.SearchCriteria, ({ StringCondition: leaf }) =>
        leaf ? [fieldCondition(searched, leaf)] : [],
      ),
      ...(filter ? [attributeFilterCondition(sql.ref('tags'), filter)] : []),
    ]);
    const found = await searchAgentStatuses(db, instance.id, condition, page);
    return {
      AgentStatuses: found.items.map((status) => shownStatus(instance, status)),
      NextToken: found.nextToken,
      ApproximateTotalCount: found.count,
    };
  },
});
