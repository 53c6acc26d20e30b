import { createContactFlow } from './create.ts';
import { removeContactFlow } from './delete.ts';
import { describeContactFlow, listContactFlowVersions, listFlows } from './read.ts';
import { searchFlows } from './search.ts';
import { updateContactFlowContent, updateContactFlowMetadata, updateContactFlowName } from './update.ts';

export const flowOperations = [
  describeContactFlow,
  listFlows,
  searchFlows,
  listContactFlowVersions,
  createContactFlow,
  updateContactFlowContent,
  updateContactFlowMetadata,
  updateContactFlowName,
  removeContactFlow,
] as const;
