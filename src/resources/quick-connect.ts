import { kind } from './kind.ts';

// Who works on a queue sees the quick connects that it offers.
const sees = ['TransferDestinations.View', 'TransferDestinations.Edit', 'Queues.View', 'Queues.Edit'] as const;

export const quickConnect = kind({
  words: ['quick connect', 'quick connects'],
  table: 'quick_connect',
  name: 'name',
  sees,
  seesNames: sees,
  tags: {
    view: ['TransferDestinations.View', 'TransferDestinations.Edit'],
    edit: 'TransferDestinations.Edit',
    searchedAs: 'transfer-destination',
  },
  members: ['QuickConnectId', 'QuickConnectIds'],
  foundBy: ['SearchQuickConnects'],
});
