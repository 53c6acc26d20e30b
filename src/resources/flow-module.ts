import { kind } from './kind.ts';

const sees = ['ContactFlowModules.View', 'ContactFlowModules.Edit'] as const;

export const flowModule = kind({
  words: ['flow module', 'flow modules'],
  table: 'contact_flow_module',
  name: 'name',
  sees,
  tags: { view: sees, edit: 'ContactFlowModules.Edit', searchedAs: 'flow-module' },
  quota: 200,
  versioned: true,
  members: ['ContactFlowModuleId'],
  foundBy: ['SearchContactFlowModules'],
});
