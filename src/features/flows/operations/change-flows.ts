import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { inWords } from '../../../access/shown-names.ts';
import { creationOf, deleted, updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import type { ContactFlowTable } from '../../../database/tables.ts';
import { arnOf, takenOver } from '../../../operations/arn.ts';
import { instanceId, length, newTags } from '../../../operations/constraints.ts';
import { defineWrite, type InstanceContext } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { accessDenied, invalidParameter, invalidRequest } from '../../../operations/errors.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { withUniqueName } from '../../../operations/unique-name.ts';
import { checkFlow, contentLength, flowContents, sha256 } from '../content.ts';
import { deleteContactFlow, insertContactFlows, lockedFlow, updateContactFlow, usesOfFlow } from '../store.ts';

const flowId = { ...instanceId, ContactFlowId: length(1, 500) };
/** The model has no upper bounds; these are those of the names and descriptions of flow modules, and more. */
const names = { Name: length(1, 256), Description: length(0, 500) };

type Snapshotted = Parameters<typeof flowContents>[0] &
  Pick<Selectable<ContactFlowTable>, 'type' | 'description' | 'state' | 'tags'>;
/** For the audit. */
const snapshotOf = (flow: Snapshotted) => ({
  Type: flow.type,
  Description: flow.description,
  State: flow.state,
  ...flowContents(flow),
  Tags: flow.tags,
});

const create = defineWrite('CreateContactFlow', {
  permission: 'ContactFlows.Create',
  constraints: { ...instanceId, ...names, ...newTags, Content: contentLength },
  handler: async ({ db, instance, now, region }, input) => {
    const status = input.Status ?? 'PUBLISHED';
    if (status === 'PUBLISHED') checkFlow(input.Content);
    await requireRoom(db, instance.id, 'contact-flow');
    const id = randomUUID();
    const made = {
      id,
      instanceId: instance.id,
      name: input.Name,
      type: input.Type,
      description: input.Description || null,
      content: input.Content,
      status,
      tags: input.Tags ?? {},
      now,
      region,
    };
    await withUniqueName(
      { constraint: 'contact_flow_name_key', kind: 'flow', name: input.Name },
      insertContactFlows(db, [made]),
    );
    const FlowContentSha256 = sha256(input.Content);
    return {
      output: { ContactFlowId: id, ContactFlowArn: arnOf(instance, 'contact-flow', id), FlowContentSha256 },
      changes: [creationOf('contact-flow', made, snapshotOf({ ...made, state: 'ACTIVE' }))],
    };
  },
});

type Context = InstanceContext<Tx>;

/** Publishes the content; with `:$SAVED` behind the id it is saved beside what is published, and need not be valid. */
const updateContent = defineWrite('UpdateContactFlowContent', {
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
  { db, instance, now, region }: Context,
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

const updateMetadataOperation = defineWrite('UpdateContactFlowMetadata', {
  permission: 'ContactFlows.Edit',
  constraints: { ...flowId, ...names },
  handler: async (context, input) => {
    if ([input.Name, input.Description, input.ContactFlowState].every((member) => member === undefined)) {
      throw invalidParameter('Give what is to change: Name, Description or ContactFlowState.');
    }
    return updateMetadata(context, input, input.ContactFlowState);
  },
});

const updateName = defineWrite('UpdateContactFlowName', {
  permission: 'ContactFlows.Edit',
  constraints: { ...flowId, ...names },
  handler: async (context, input) => {
    if (input.Name === undefined && input.Description === undefined) {
      throw invalidParameter('Give a Name, a Description, or both.');
    }
    return updateMetadata(context, input);
  },
});

/** How many of what runs a flow are named in the refusal. */
const mostNamed = 5;

/**
 * The model has no ResourceInUseException here. A quick connect without its flow would leave customers hanging, so a
 * flow that is in use is refused with the error that the model has.
 */
const remove = defineWrite('DeleteContactFlow', {
  permission: 'ContactFlows.Delete',
  constraints: flowId,
  handler: async ({ db, instance, access }, input) => {
    const { id, saved } = takenOver(input.ContactFlowId);
    if (saved) throw invalidParameter('A flow is deleted as a whole: leave out what stands behind its id.');
    const flow = await lockedFlow(db, instance, id, { whole: true });
    if (flow.isDefault) {
      throw accessDenied('The flow is one of the default flows of the instance and cannot be deleted.');
    }
    const uses = await usesOfFlow(db, instance.id, id, mostNamed);
    if (uses.length > 0) {
      const named = await inWords(db, instance, access, uses);
      throw invalidRequest(`The flow is in use by ${named}. Give them another one first.`);
    }
    await deleteContactFlow(db, id);
    return deleted('contact-flow', flow, snapshotOf(flow));
  },
});

export const flowChanges = [create, updateContent, updateMetadataOperation, updateName, remove] as const;
