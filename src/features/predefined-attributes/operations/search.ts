import { sql } from 'kysely';
import type { InputOf } from '../../../operations/connect-types.ts';
import { instanceId, length, oneOf, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { criteriaCondition, stringCondition } from '../../../operations/search.ts';
import { resources } from '../../../resources/resources.ts';
import { shownAttribute } from '../answer.ts';
import { searchPredefinedAttributes } from '../store.ts';

type Criteria = NonNullable<InputOf<'SearchPredefinedAttributes'>['SearchCriteria']>;

const searchCondition = (criteria: Criteria | undefined) =>
  criteriaCondition(criteria, ({ StringCondition: condition }) => {
    if (!condition) return [];
    if (condition.FieldName?.toLowerCase() !== 'name') {
      throw invalidParameter('The FieldName of a StringCondition must be name.');
    }
    return [stringCondition(sql.ref('name'), condition)];
  });

export const searchAttributes = defineRead('SearchPredefinedAttributes', {
  permission: resources['predefined-attribute'].sees,
  constraints: {
    ...instanceId,
    ...pageOf(100),
    NextToken: length(1, 2500),
    'StringCondition.ComparisonType': oneOf('STARTS_WITH', 'CONTAINS', 'EXACT'),
  },
  handler: async ({ db, instance }, input) => {
    const page = namePage('search-predefined-attributes', input);
    const condition = searchCondition(input.SearchCriteria);
    const { items, nextToken, count } = await searchPredefinedAttributes(db, instance.id, condition, page);
    return {
      PredefinedAttributes: items.map(shownAttribute),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});
