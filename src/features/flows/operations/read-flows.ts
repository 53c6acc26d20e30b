import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { seesFlowNames, seesFlows } from '../../../access/sees.ts';
import type { ContactFlowTable } from '../../../database/tables.ts';
import { arnOf, takenOver } from '../../../operations/arn.ts';
import type { Checked, Connect } from '../../../operations/connect-types.ts';
import { instanceId, items, length, oneOf, pageOf } from '../../../operations/constraints.ts';
import { countMatching } from '../../../operations/count-matching.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { invalidParameter, notFound, OperationError } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { unusableToken } from '../../../operations/paging.ts';
import { andAll, criteriaCondition, orAny, requireFewConditions, tagCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields, withTagFilter } from '../../../operations/search-fields.ts';
import { sha256 } from '../content.ts';
import { findContactFlow, listContactFlows, searchContactFlows } from '../store.ts';
import { flowTypes } from '../types.ts';

const list = defineRead('ListContactFlows', {
  permission: seesFlowNames,
  constraints: {
    ...instanceId,
    ...pageOf(1000),
    ContactFlowTypes: items(0, 10),
    'ContactFlowTypes[]': oneOf(...flowTypes),
  },
  handler: async ({ db, instance }, input) => {
    const page = namePage('contact-flows', input);
    const found = await listContactFlows(db, instance.id, input.ContactFlowTypes ?? [], page);
    const { rows, nextToken } = cutByName(page, found);
    return {
      ContactFlowSummaryList: rows.map((row) => ({
        Id: row.id,
        Arn: arnOf(instance, 'contact-flow', row.id),
        Name: row.name,
        ContactFlowType: row.type as Connect.ContactFlowType,
        ContactFlowState: row.state,
        ContactFlowStatus: row.status,
      })),
      NextToken: nextToken,
    };
  },
});

/** A flow with the content that is meant: what is published, or what was saved last. */
function flowOf(instance: Instance, row: Selectable<ContactFlowTable>, saved: boolean): Connect.ContactFlow {
  const draft = saved ? row.saved_content : null;
  const content = draft ?? row.content;
  return {
    Id: row.id,
    Arn: arnOf(instance, 'contact-flow', row.id),
    Name: row.name,
    Type: row.type as Connect.ContactFlowType,
    State: row.state,
    Status: draft === null ? row.status : 'SAVED',
    Description: row.description ?? undefined,
    Content: content,
    FlowContentSha256: sha256(content),
    Tags: row.tags,
    LastModifiedTime: row.last_modified_time,
    LastModifiedRegion: row.last_modified_region,
  };
}

const describe = defineRead('DescribeContactFlow', {
  permission: seesFlows,
  constraints: { ...instanceId, ContactFlowId: length(1, 500) },
  approximate: 'Of a flow there is what is published and what was saved last; versions are not kept.',
  handler: async ({ db, instance }, input) => {
    const { id, saved } = takenOver(input.ContactFlowId);
    const row = await findContactFlow(db, instance.id, id);
    if (!row) throw notFound('flow', id);
    if (row.status === 'SAVED' && !saved) {
      throw new OperationError(
        'ContactFlowNotPublishedException',
        `The flow ${id} has not been published. Put :$SAVED behind its id to see what was saved.`,
      );
    }
    return { ContactFlow: flowOf(instance, row, saved) };
  },
});

const search = defineRead('SearchContactFlows', {
  permission: seesFlows,
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
    const [found, count] = await Promise.all([
      searchContactFlows(db, instance.id, condition, page),
      countMatching(db, 'contact_flow', instance.id, condition),
    ]);
    const { rows, nextToken } = cutByName(page, found);
    return {
      ContactFlows: rows.map((row) => flowOf(instance, row, false)),
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
  permission: seesFlows,
  constraints: { ...instanceId, ...pageOf(1000) },
  approximate: 'Versions are not kept, so a flow has none.',
  handler: async ({ db, instance }, input) => {
    const { id } = takenOver(input.ContactFlowId);
    if (!(await findContactFlow(db, instance.id, id))) throw notFound('flow', id);
    if (input.NextToken !== undefined) throw unusableToken();
    return { ContactFlowVersionSummaryList: [] };
  },
});

export const flowReads = [describe, list, search, listVersions] as const;
