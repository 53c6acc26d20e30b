import { kind } from './kind.ts';

const sees = ['ContactFlows.View', 'ContactFlows.Edit'] as const;

export const flow = kind({
  words: ['flow', 'flows'],
  table: 'contact_flow',
  name: 'name',
  sees,
  // The names stand in the drop-downs of whoever makes or looks at a quick connect.
  seesNames: [...sees, 'TransferDestinations.View', 'TransferDestinations.Edit', 'TransferDestinations.Create'],
  tags: { view: sees, edit: 'ContactFlows.Edit', searchedAs: 'contact-flow' },
  quota: 100,
  versioned: true,
  members: ['ContactFlowId', 'OutboundFlowId'],
  foundBy: ['SearchContactFlows'],
});
