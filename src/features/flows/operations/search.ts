import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Checked, Connect } from '../../../operations/connect-types.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { andAll, criteriaCondition, orAny, requireFewConditions, tagCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields, withTagFilter } from '../../../operations/search-fields.ts';
import { resources } from '../../../resources/resources.ts';
import { shownFlow } from '../answer.ts';
import { searchContactFlows } from '../store.ts';

export const searchFlows = defineRead('SearchContactFlows', {
  permission: resources['contact-flow'].sees,
  constraints: { ...instanceId, ...pageOf(100), NextToken: length(1, 2500) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('found-contact-flows', input);
    const { TagFilter, FlowAttributeFilter } = input.SearchFilter ?? {};
    const criteria = criteriaCondition(input.SearchCriteria, (node) => [
      ...(node.StringCondition ? [fieldCondition(resourceFields, node.StringCondition)] : []),
      ...(node.TypeCondition ? [sql<SqlBool>`type = ${node.TypeCondition}`] : []),
      ...(node.StateCondition ? [sql<SqlBool>`state = ${node.StateCondition}`] : []),
      ...(node.StatusCondition ? [sql<SqlBool>`status = ${node.StatusCondition}`] : []),
    ]);
    const condition = andAll([
      withTagFilter(criteria, TagFilter),
      ...(FlowAttributeFilter ? [attributeCondition(FlowAttributeFilter)] : []),
    ]);
    const { items: flows, nextToken, count } = await searchContactFlows(db, instance.id, condition, page);
    return {
      ContactFlows: flows.map((flow) => shownFlow(instance, flow, false)),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});

type AttributeFilter = Checked<Connect.ContactFlowAttributeFilter>;

type AttributeAndCondition = NonNullable<AttributeFilter['AndCondition']>;

/** Exactly one of its members, as for a tag filter. @throws InvalidParameterException */
function attributeCondition(filter: AttributeFilter): RawBuilder<SqlBool> {
  const { OrConditions, AndCondition, TagCondition, ContactFlowTypeCondition } = filter;
  const given = [OrConditions, AndCondition, TagCondition, ContactFlowTypeCondition].filter((one) => one !== undefined);
  if (given.length > 1) {
    throw invalidParameter(
      'FlowAttributeFilter takes one of OrConditions, AndCondition, TagCondition and ContactFlowTypeCondition, not several.',
    );
  }
  const lists = OrConditions ?? (AndCondition ? [AndCondition] : []);
  requireFewConditions(lists.reduce((sum, list) => sum + (list.TagConditions?.length ?? 0), 0));
  if (TagCondition) return tagCondition(sql.ref('tags'), TagCondition);
  if (ContactFlowTypeCondition) return typeCondition(ContactFlowTypeCondition);
  if (AndCondition) return allOf(AndCondition);
  return OrConditions && OrConditions.length > 0 ? orAny(OrConditions.map(allOf)) : andAll([]);
}

function allOf({ TagConditions, ContactFlowTypeCondition }: AttributeAndCondition): RawBuilder<SqlBool> {
  return andAll([
    ...(TagConditions ?? []).map((one) => tagCondition(sql.ref('tags'), one)),
    ...(ContactFlowTypeCondition ? [typeCondition(ContactFlowTypeCondition)] : []),
  ]);
}

function typeCondition({ ContactFlowType: type }: { readonly ContactFlowType?: string | undefined }) {
  if (!type) throw invalidParameter('ContactFlowTypeCondition needs a ContactFlowType.');
  return sql<SqlBool>`type = ${type}`;
}
