import { instanceId, length } from '../../operations/constraints.ts';

export const flowId = { ...instanceId, ContactFlowId: length(1, 500) };

/** The model has no upper bounds; these are those of the names and descriptions of flow modules, and more. */
export const names = { Name: length(1, 256), Description: length(0, 500) };
