import { sql } from 'kysely';
import type { Access } from '../../../access/access-control.ts';
import { reaches } from '../../../access/enforcement.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { andAll, attributeFilterCondition, criteriaCondition } from '../../../operations/search.ts';
import { fieldCondition, idField, type SearchFields, textField } from '../../../operations/search-fields.ts';
import { resources } from '../../../resources/resources.ts';
import { wholeOf } from '../shapes.ts';
import { searchGroups as groupsFound, pathsTo } from '../store.ts';

const fieldsFor = (access: Access): SearchFields => ({
  name: textField(sql`g.name`),
  parentId: (condition) =>
    andAll([idField(sql`g.parent_id`)(condition), reaches(access, 'agent-group', sql`g.parent_id`)]),
  levelId: textField(sql`g.level_id`),
  resourceID: idField(sql`g.id`),
});

/** Shows the root group too, as Connect's does: "not user-definable, nor is it visible in the UI" (API Reference). */
export const searchGroups = defineRead('SearchUserHierarchyGroups', {
  permission: resources['agent-group'].sees,
  constraints: { ...instanceId, ...pageOf(100), NextToken: length(1, 2500) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('found-hierarchy-groups', input);
    const { AttributeFilter: filter } = input.SearchFilter ?? {};
    const condition = andAll([
      access.within('agent-group', 'g'),
      criteriaCondition(input.SearchCriteria, ({ StringCondition: leaf }) =>
        leaf ? [fieldCondition(fieldsFor(access), leaf)] : [],
      ),
      ...(filter ? [attributeFilterCondition(sql`g.tags`, filter)] : []),
    ]);
    const { items, nextToken, count } = await groupsFound(db, instance.id, condition, page);
    const ids = items.map(({ id }) => id);
    const paths = await pathsTo(db, instance.id, access, ids);
    return {
      UserHierarchyGroups: items.map((group) => wholeOf(instance, group, paths.get(group.id) ?? [])),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});
