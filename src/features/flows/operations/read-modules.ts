import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../../database/db.ts';
import { arnOf, takenOver } from '../../../operations/arn.ts';
import type { Connect } from '../../../operations/connect-types.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead, type InstanceContext } from '../../../operations/define-operation.ts';
import type { Instance } from '../../../operations/instance.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { unusableToken } from '../../../operations/paging.ts';
import { criteriaCondition } from '../../../operations/search.ts';
import { fieldCondition, resourceFields, withTagFilter } from '../../../operations/search-fields.ts';
import { resources } from '../../../resources/resources.ts';
import { sha256 } from '../content.ts';
import { listModules, moduleIn, searchModules } from '../module-store.ts';
import type { FlowModule } from '../types.ts';

const list = defineRead('ListContactFlowModules', {
  permission: resources['flow-module'].sees,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('contact-flow-modules', input);
    const { items: modules, nextToken } = await listModules(db, instance.id, input.ContactFlowModuleState, page);
    return {
      ContactFlowModulesSummaryList: modules.map((module) => ({
        Id: module.id,
        Arn: arnOf(instance, 'flow-module', module.id),
        Name: module.name,
        State: module.state,
      })),
      NextToken: nextToken,
    };
  },
});

/** A module with the content that is meant: what is published, or what was saved last. */
function shownModule(instance: Instance, module: FlowModule, saved: boolean): Connect.ContactFlowModule {
  const draft = saved ? module.savedContent : null;
  const content = draft ?? module.content;
  const enabled = module.externalInvocationEnabled;
  return {
    Id: module.id,
    Arn: arnOf(instance, 'flow-module', module.id),
    Name: module.name,
    Description: module.description ?? undefined,
    Content: content,
    FlowModuleContentSha256: sha256(content),
    State: module.state,
    Status: draft === null ? 'PUBLISHED' : 'SAVED',
    Settings: module.settings ?? undefined,
    ExternalInvocationConfiguration: enabled === null ? undefined : { Enabled: enabled },
    Tags: module.tags,
  };
}

const describe = defineRead('DescribeContactFlowModule', {
  permission: resources['flow-module'].sees,
  constraints: { ...instanceId, ContactFlowModuleId: length(1, 256) },
  approximate: 'Of a module there is what is published and what was saved last; versions and aliases are not kept.',
  handler: async ({ db, instance }, input) => {
    const { id, saved } = takenOver(input.ContactFlowModuleId);
    return { ContactFlowModule: shownModule(instance, await moduleIn(db, instance, id), saved) };
  },
});

const search = defineRead('SearchContactFlowModules', {
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

const noneOf = (what: string) => ({
  permission: resources['flow-module'].sees,
  constraints: { ...instanceId, ...pageOf(1000) },
  approximate: `${what} are not kept, so a module has none.`,
});

/** @throws ResourceNotFoundException, InvalidParameterException */
async function requireModule(
  { db, instance }: InstanceContext<Db>,
  input: { readonly ContactFlowModuleId: string; readonly NextToken?: string | undefined },
): Promise<void> {
  const { id } = takenOver(input.ContactFlowModuleId);
  await moduleIn(db, instance, id);
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
