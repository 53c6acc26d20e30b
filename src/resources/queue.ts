import { kind } from './kind.ts';
import { routingProfile } from './routing-profile.ts';

const sees = ['Queues.View', 'Queues.Edit'] as const;

export const queue = kind({
  words: ['queue', 'queues'],
  table: 'queue',
  name: 'name',
  sees,
  seesNames: [
    ...sees,
    'TransferDestinations.View',
    'TransferDestinations.Edit',
    'TransferDestinations.Create',
    ...routingProfile.sees,
  ],
  restrictedAs: 'Queue',
  tags: { view: sees, edit: 'Queues.Edit', searchedAs: 'standard-queue' },
  quota: 100,
  members: ['QueueId', 'QueueIds', 'DefaultOutboundQueueId', 'Filters.Queues'],
  searchedBy: ['associatedQueueIds'],
  filterKeys: ['QUEUE'],
  foundBy: ['SearchQueues'],
});
