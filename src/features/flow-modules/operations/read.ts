import type { Db } from '../../../database/db.ts';
import { arnOf, takenOver } from '../../../operations/arn.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead, type InstanceContext } from '../../../operations/define-operation.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { unusableToken } from '../../../operations/paging.ts';
import { resources } from '../../../resources/resources.ts';
import { shownModule } from '../answer.ts';
import { listModules, moduleIn } from '../store.ts';

export const listFlowModules = defineRead('ListContactFlowModules', {
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

export const describeModule = defineRead('DescribeContactFlowModule', {
  permission: resources['flow-module'].sees,
  constraints: { ...instanceId, ContactFlowModuleId: length(1, 256) },
  approximate: 'Of a module there is what is published and what was saved last; versions and aliases are not kept.',
  handler: async ({ db, instance }, input) => {
    const { id, saved } = takenOver(input.ContactFlowModuleId);
    return { ContactFlowModule: shownModule(instance, await moduleIn(db, instance, id), saved) };
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

export const listModuleVersions = defineRead('ListContactFlowModuleVersions', {
  ...noneOf('Versions'),
  handler: async (context, input) => {
    await requireModule(context, input);
    return { ContactFlowModuleVersionSummaryList: [] };
  },
});

export const listModuleAliases = defineRead('ListContactFlowModuleAliases', {
  ...noneOf('Aliases'),
  // The model takes longer ids here than elsewhere.
  constraints: { InstanceId: length(1, 250), ...pageOf(1000) },
  handler: async (context, input) => {
    await requireModule(context, input);
    return { ContactFlowModuleAliasSummaryList: [] };
  },
});
