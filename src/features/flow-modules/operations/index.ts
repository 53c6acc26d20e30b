import { createModule } from './create.ts';
import { removeModule } from './delete.ts';
import { describeModule, listFlowModules, listModuleAliases, listModuleVersions } from './read.ts';
import { searchFlowModules } from './search.ts';
import { updateModuleContent, updateModuleMetadata } from './update.ts';

export const flowModuleOperations = [
  describeModule,
  listFlowModules,
  searchFlowModules,
  listModuleVersions,
  listModuleAliases,
  createModule,
  updateModuleContent,
  updateModuleMetadata,
  removeModule,
] as const;
