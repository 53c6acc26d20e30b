import { arnOf } from '../../operations/arn.ts';
import type { Connect } from '../../operations/connect-types.ts';
import type { Instance } from '../../operations/instance.ts';
import { sha256 } from '../flows/content.ts';
import type { FlowModule } from './types.ts';

/** A module with the content that is meant: what is published, or what was saved last. */
export function shownModule(instance: Instance, module: FlowModule, saved: boolean): Connect.ContactFlowModule {
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
