import { updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { takenOver } from '../../../operations/arn.ts';
import { defineWrite, type InstanceContext } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { flowId, names } from '../constraints.ts';
import { checkFlow, contentLength, flowContents } from '../content.ts';
import { lockedFlow, updateContactFlow } from '../store.ts';

/** Publishes the content; with `:$SAVED` behind the id it is saved beside what is published, and need not be valid. */
export const updateContactFlowContent = defineWrite('UpdateContactFlowContent', {
  permission: (input) => (takenOver(input.ContactFlowId).saved ? 'ContactFlows.Edit' : 'ContactFlows.Publish'),
  constraints: { ...flowId, Content: contentLength },
  handler: async ({ db, instance, now, region }, input) => {
    const { id, saved } = takenOver(input.ContactFlowId);
    if (!saved) checkFlow(input.Content);
    const flow = await lockedFlow(db, instance, id);
    // A flow that was never published has what was saved as its only content.
    const beside = saved && flow.status === 'PUBLISHED';
    const wanted = beside
      ? { savedContent: input.Content === flow.content ? null : input.Content }
      : { content: input.Content, savedContent: null, status: saved ? ('SAVED' as const) : ('PUBLISHED' as const) };
    const changes = differences(flowContents(flow), flowContents({ ...flow, ...wanted }));
    if (changes) await updateContactFlow(db, id, wanted, { now, region });
    return updated('contact-flow', flow, changes);
  },
});

/** A member that is absent stays as it is; an empty Description empties it. */
async function updateMetadata(
  { db, instance, now, region }: InstanceContext<Tx>,
  input: {
    readonly ContactFlowId: string;
    readonly Name?: string | undefined;
    readonly Description?: string | undefined;
  },
  state?: 'ACTIVE' | 'ARCHIVED',
) {
  const { id } = takenOver(input.ContactFlowId);
  const flow = await lockedFlow(db, instance, id);
  const description = input.Description === undefined ? undefined : input.Description || null;
  const details = differences<Readonly<Record<string, unknown>>>(
    { Name: flow.name, Description: flow.description, ContactFlowState: flow.state },
    { Name: input.Name, Description: description, ContactFlowState: state },
  );
  if (details) await updateContactFlow(db, id, { name: input.Name, description, state }, { now, region });
  return updated('contact-flow', { id, name: input.Name ?? flow.name }, details);
}

export const updateContactFlowMetadata = defineWrite('UpdateContactFlowMetadata', {
  permission: 'ContactFlows.Edit',
  constraints: { ...flowId, ...names },
  handler: async (context, input) => {
    if ([input.Name, input.Description, input.ContactFlowState].every((member) => member === undefined)) {
      throw invalidParameter('Give what is to change: Name, Description or ContactFlowState.');
    }
    return updateMetadata(context, input, input.ContactFlowState);
  },
});

export const updateContactFlowName = defineWrite('UpdateContactFlowName', {
  permission: 'ContactFlows.Edit',
  constraints: { ...flowId, ...names },
  handler: async (context, input) => {
    if (input.Name === undefined && input.Description === undefined) {
      throw invalidParameter('Give a Name, a Description, or both.');
    }
    return updateMetadata(context, input);
  },
});
