import { arnOf } from '../../operations/arn.ts';
import type { Connect } from '../../operations/connect-types.ts';
import type { Instance } from '../../operations/instance.ts';
import { sha256 } from './content.ts';
import type { ContactFlow } from './types.ts';

/** A flow with the content that is meant: what is published, or what was saved last. */
export function shownFlow(instance: Instance, flow: ContactFlow, saved: boolean): Connect.ContactFlow {
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
