import { arnOf } from '../../operations/arn.ts';
import type { Instance } from '../../operations/instance.ts';
import type { AgentStatus } from './store.ts';

export const shownStatus = (instance: Instance, status: AgentStatus) => ({
  AgentStatusId: status.id,
  AgentStatusARN: arnOf(instance, 'agent-state', status.id),
  Name: status.name,
  Description: status.description ?? undefined,
  Type: status.type,
  State: status.state,
  DisplayOrder: status.displayOrder ?? undefined,
  Tags: { ...status.tags },
  LastModifiedTime: status.lastModifiedTime,
  LastModifiedRegion: status.lastModifiedRegion,
});
