import { type Selectable, type SqlBool, sql } from 'kysely';
import { seesModules } from '../../../access/sees.ts';
import type { Db } from '../../../database/db.ts';
import type { ContactFlowModuleTable } from '../../../database/tables.ts';
import { arnOf, takenOver } from '../../../operations/arn.ts';
import type { Connect } from '../../../operations/connect-types.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { countMatching } from '../../../operations/count-matching.ts';
import { defineRead, type InstanceContext } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { unusableToken } from '../../../operations/paging.ts';
import { criteriaCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields, withTagFilter } from '../../../operations/search-fields.ts';
import { sha256 } from '../content.ts';
import { findModule, listModules } from '../module-store.ts';

const list = defineRead('ListContactFlowModules', {
  permission: seesModules,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('contact-flow-modules', input);
    const state = input.ContactFlowModuleState;
    const condition = state ? sql<SqlBool>`state = ${state}` : sql<SqlBool>`true`;
    const { rows, nextToken } = cutByName(page, await listModules(db, instance.id, condition, page));
    return {
      ContactFlowModulesSummaryList: rows.map((row) => ({
        Id: row.id,
        Arn: arnOf(instance, 'flow-module', row.id),
        Name: row.name,
        State: row.state,
      })),
      NextToken: nextToken,
    };
  },
});

/** A module with the content that is meant: what is published, or what was saved last. */
function moduleOf(
  instance: Instance,
  row: Selectable<ContactFlowModuleTable>,
  saved: boolean,
): Connect.ContactFlowModule {
  const draft = saved ? row.saved_content : null;
  const content = draft ?? row.content;
  return {
    Id: row.id,
    Arn: arnOf(instance, 'flow-module', row.id),
    Name: row.name,
    Description: row.description ?? undefined,
    Content: content,
    FlowModuleContentSha256: sha256(content),
    State: row.state,
    Status: draft === null ? 'PUBLISHED' : 'SAVED',
    Settings: row.settings ?? undefined,
    ExternalInvocationConfiguration:
      row.external_invocation_enabled === null ? undefined : { Enabled: row.external_invocation_enabled },
    Tags: row.tags,
  };
}

const describe = defineRead('DescribeContactFlowModule', {
  permission: seesModules,
  constraints: { ...instanceId, ContactFlowModuleId: length(1, 256) },
  approximate: 'Of a module there is what is published and what was saved last; versions and aliases are not kept.',
  handler: async ({ db, instance }, input) => {
    const { id, saved } = takenOver(input.ContactFlowModuleId);
    const row = await findModule(db, instance.id, id);
    if (!row) throw notFound('flow module', id);
    return { ContactFlowModule: moduleOf(instance, row, saved) };
  },
});

const search = defineRead('SearchContactFlowModules', {
  permission: seesModules,
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
    const [found, count] = await Promise.all([
      listModules(db, instance.id, condition, page),
      countMatching(db, 'contact_flow_module', instance.id, condition),
    ]);
    const { rows, nextToken } = cutByName(page, found);
    return {
      ContactFlowModules: rows.map((row) => moduleOf(instance, row, false)),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});

const noneOf = (what: string) => ({
  permission: seesModules,
  constraints: { ...instanceId, ...pageOf(1000) },
  approximate: `${what} are not kept, so a module has none.`,
});

/** @throws ResourceNotFoundException, InvalidParameterException */
async function requireModule(
  { db, instance }: InstanceContext<Db>,
  input: { readonly ContactFlowModuleId: string; readonly NextToken?: string | undefined },
): Promise<void> {
  const { id } = takenOver(input.ContactFlowModuleId);
  if (!(await findModule(db, instance.id, id))) throw notFound('flow module', id);
  if (input.NextToken !== undefined) throw unusableToken();
}

const listVersions = defineRead('ListContactFlowModuleVersions', {
  ...noneOf('Versions'),
  handler: async (context, input) => {
    await requireModule(context, input);
    return { ContactFlowModuleVersionSummaryList: [] };
  },
});

const listAliases = defineRead('ListContactFlowModuleAliases', {
  ...noneOf('Aliases'),
  // The model takes longer ids here than elsewhere.
  constraints: { InstanceId: length(1, 250), ...pageOf(1000) },
  handler: async (context, input) => {
    await requireModule(context, input);
    return { ContactFlowModuleAliasSummaryList: [] };
  },
});

export const moduleReads = [describe, list, search, listVersions, listAliases] as const;
