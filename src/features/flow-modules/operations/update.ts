import { updated } from '../../../audit/change.ts';
import { takenOver } from '../../../operations/arn.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidParameter, invalidRequest } from '../../../operations/errors.ts';
import { checkModule, contentLength, moduleContents } from '../../flows/content.ts';
import { moduleId, names, settings } from '../constraints.ts';
import { lockedModule, type ModuleChanges, updateModule } from '../store.ts';

/** Publishes the content; with `:$SAVED` behind the id it is saved beside what is published, and need not be valid. */
export const updateModuleContent = defineWrite('UpdateContactFlowModuleContent', {
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
export const updateModuleMetadata = defineWrite('UpdateContactFlowModuleMetadata', {
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
