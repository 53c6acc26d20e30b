import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { arnOf, takenOver } from '../../../operations/arn.ts';
import type { Checked, Connect } from '../../../operations/connect-types.ts';
import { instanceId, items, length, oneOf, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { invalidParameter, OperationError } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { unusableToken } from '../../../operations/paging.ts';
import { andAll, criteriaCondition, orAny, requireFewConditions, tagCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields, withTagFilter } from '../../../operations/search-fields.ts';
import { resources } from '../../../resources/resources.ts';
import { sha256 } from '../content.ts';
import { flowIn, listContactFlows, searchContactFlows } from '../store.ts';
import { type ContactFlow, flowTypes } from '../types.ts';

const list = defineRead('ListContactFlows', {
  permission: resources['contact-flow'].seesNames,
  constraints: {
    ...instanceId,
    ...pageOf(1000),
    ContactFlowTypes: items(0, 10),
    'ContactFlowTypes[]': oneOf(...flowTypes),
  },
  handler: async ({ db, instance }, input) => {
    const page = namePage('contact-flows', input);
    const { items: flows, nextToken } = await listContactFlows(db, instance.id, input.ContactFlowTypes ?? [], page);
    return {
      ContactFlowSummaryList: flows.map((flow) => ({
        Id: flow.id,
        Arn: arnOf(instance, 'contact-flow', flow.id),
        Name: flow.name,
        ContactFlowType: flow.type,
        ContactFlowState: flow.state,
        ContactFlowStatus: flow.status,
      })),
      NextToken: nextToken,
    };
  },
});

/** A flow with the content that is meant: what is published, or what was saved last. */
function shownFlow(instance: Instance, flow: ContactFlow, saved: boolean): Connect.ContactFlow {
  const draft = saved ? flow.savedContent : null;
  const content = draft ?? flow.content;
  return {
    Id: flow.id,
    Arn: arnOf(instance, 'contact-flow', flow.id),
    Name: flow.name,
    Type: flow.type,
    State: flow.state,
    Status: draft === null ? flow.status : 'SAVED',
    Description: flow.description ?? undefined,
    Content: content,
    FlowContentSha256: sha256(content),
    Tags: flow.tags,
    LastModifiedTime: flow.lastModifiedTime,
    LastModifiedRegion: flow.lastModifiedRegion,
  };
}

const describe = defineRead('DescribeContactFlow', {
  permission: resources['contact-flow'].sees,
  constraints: { ...instanceId, ContactFlowId: length(1, 500) },
  approximate: 'Of a flow there is what is published and what was saved last; versions are not kept.',
  handler: async ({ db, instance }, input) => {
    const { id, saved } = takenOver(input.ContactFlowId);
    const flow = await flowIn(db, instance, id);
    if (flow.status === 'SAVED' && !saved) {
      throw new OperationError(
        'ContactFlowNotPublishedException',
        `The flow ${id} has not been published. Put :$SAVED behind its id to see what was saved.`,
      );
    }
    return { ContactFlow: shownFlow(instance, flow, saved) };
  },
});

const search = defineRead('SearchContactFlows', {
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

const listVersions = defineRead('ListContactFlowVersions', {
  permission: resources['contact-flow'].sees,
  constraints: { ...instanceId, ...pageOf(1000) },
  approximate: 'Versions are not kept, so a flow has none.',
  handler: async ({ db, instance }, input) => {
    const { id } = takenOver(input.ContactFlowId);
    await flowIn(db, instance, id);
    if (input.NextToken !== undefined) throw unusableToken();
    return { ContactFlowVersionSummaryList: [] };
  },
});

export const flowReads = [describe, list, search, listVersions] as const;
