import { createHash, randomUUID } from 'node:crypto';
import { creationOf, deleted, updated } from '../../../audit/change.ts';
import { arnOf, takenOver } from '../../../operations/arn.ts';
import type { InputOf } from '../../../operations/connect-types.ts';
import { instanceId, length, newTags, pattern } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidParameter, invalidRequest, OperationError } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { lockInstance } from '../../instances/store.ts';
import { checkModule, contentLength, moduleContents } from '../content.ts';
import {
  deleteModule,
  findModuleByToken,
  insertModule,
  lockedModule,
  type ModuleChanges,
  updateModule,
} from '../module-store.ts';

const moduleId = { ...instanceId, ContactFlowModuleId: length(1, 256) };
const visible = pattern(/\S/, 'text that is not blank');
const names = {
  Name: { ...visible, length: [1, 127] },
  // The model's pattern asks for a visible character, and its length allows for none: an empty text empties it.
  Description: { ...pattern(/^$|\S/, 'empty, or text that is not blank'), length: [0, 500] },
} as const;
/** The model bounds Content alone. */
const settings = { Settings: length(0, 256_000) };

/** Without the token, and with members in one order, so that the same request gives the same text. */
function hashOf({ ClientToken: _, InstanceId: __, ...request }: InputOf<'CreateContactFlowModule'>): string {
  const members = Object.entries(request).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(members)).digest('hex');
}

type Snapshotted = Parameters<typeof moduleContents>[0] & {
  readonly description: string | null;
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
};
/** For the audit. */
const snapshotOf = (module: Snapshotted) => ({
  Description: module.description,
  State: module.state,
  ...moduleContents(module),
  Tags: module.tags,
});

const create = defineWrite('CreateContactFlowModule', {
  permission: 'ContactFlowModules.Create',
  constraints: {
    ...instanceId,
    ...names,
    ...settings,
    ...newTags,
    Content: contentLength,
    ClientToken: length(0, 500),
  },
  handler: async ({ db, instance, now, region }, input) => {
    const clientToken = input.ClientToken || null;
    const requestHash = clientToken ? hashOf(input) : null;
    await lockInstance(db, instance.id);
    const before = clientToken ? await findModuleByToken(db, instance.id, clientToken) : undefined;
    if (before) {
      if (before.requestHash === requestHash) return { output: answerOf(instance, before.id), changes: [] };
      throw new OperationError(
        'IdempotencyException',
        'The ClientToken was used for another request. Use a new one for each request.',
      );
    }
    checkModule(input.Content);
    await requireRoom(db, instance.id, 'flow-module');
    const id = randomUUID();
    const made = {
      id,
      instanceId: instance.id,
      name: input.Name,
      description: input.Description || null,
      content: input.Content,
      settings: input.Settings ?? null,
      externalInvocationEnabled: input.ExternalInvocationConfiguration?.Enabled ?? null,
      clientToken,
      requestHash,
      tags: input.Tags ?? {},
      now,
      region,
    };
    await insertModule(db, made);
    return {
      output: answerOf(instance, id),
      changes: [creationOf('flow-module', made, snapshotOf({ ...made, state: 'ACTIVE' }))],
    };
  },
});

const answerOf = (instance: Instance, id: string) => ({ Id: id, Arn: arnOf(instance, 'flow-module', id) });

/** Publishes the content; with `:$SAVED` behind the id it is saved beside what is published, and need not be valid. */
const updateContent = defineWrite('UpdateContactFlowModuleContent', {
  permission: (input) =>
    takenOver(input.ContactFlowModuleId).saved ? 'ContactFlowModules.Edit' : 'ContactFlowModules.Publish',
  constraints: { ...moduleId, ...settings, Content: contentLength },
  handler: async ({ db, instance, now, region }, input) => {
    const { id, saved } = takenOver(input.ContactFlowModuleId);
    const { Content, Settings } = input;
    if (Content === undefined && Settings === undefined) throw invalidRequest('Give Content, Settings, or both.');
    if (Content !== undefined && !saved) checkModule(Content);
    const module = await lockedModule(db, instance, id);
    const content: ModuleChanges = saved
      ? { savedContent: Content === module.content ? null : Content }
      : { content: Content, savedContent: Content === undefined ? undefined : null };
    const after = {
      content: content.content ?? module.content,
      savedContent: content.savedContent === undefined ? module.savedContent : content.savedContent,
      settings: Settings ?? module.settings,
    };
    const changes = differences(moduleContents(module), moduleContents(after));
    if (changes) await updateModule(db, id, after, { now, region });
    return updated('flow-module', module, changes);
  },
});

/** A member that is absent stays as it is; an empty Description empties it. */
const updateMetadata = defineWrite('UpdateContactFlowModuleMetadata', {
  permission: 'ContactFlowModules.Edit',
  constraints: { ...moduleId, ...names },
  handler: async ({ db, instance, now, region }, input) => {
    const { Name, Description, State } = input;
    if ([Name, Description, State].every((member) => member === undefined)) {
      throw invalidParameter('Give what is to change: Name, Description or State.');
    }
    const { id } = takenOver(input.ContactFlowModuleId);
    const module = await lockedModule(db, instance, id);
    const description = Description === undefined ? undefined : Description || null;
    const details = differences<Readonly<Record<string, unknown>>>(
      { Name: module.name, Description: module.description, State: module.state },
      { Name, Description: description, State },
    );
    if (details) await updateModule(db, id, { name: Name, description, state: State }, { now, region });
    return updated('flow-module', { id, name: Name ?? module.name }, details);
  },
});

/** What invokes a module is written in the content of flows, which Connect does not look through here either. */
const remove = defineWrite('DeleteContactFlowModule', {
  permission: 'ContactFlowModules.Delete',
  constraints: moduleId,
  handler: async ({ db, instance }, input) => {
    const { id, saved } = takenOver(input.ContactFlowModuleId);
    if (saved) throw invalidParameter('A module is deleted as a whole: leave out what stands behind its id.');
    const module = await lockedModule(db, instance, id);
    await deleteModule(db, id);
    return deleted('flow-module', module, snapshotOf(module));
  },
});

export const moduleChanges = [create, updateContent, updateMetadata, remove] as const;
