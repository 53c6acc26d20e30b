import { list, type RequestTable } from './request-table.ts';

/** Whatever leaves the users and queues in that the world has made. */
const filters = () => ({
  // So long that the database's time is in it also where the clock of a test is a year ahead.
  StartTime: Math.floor(Date.now() / 1000) - 500 * 86_400,
  EndTime: Math.floor(Date.now() / 1000) + 3600,
  ResourceTypes: ['agent', 'queue'],
  Actions: ['CREATED', 'UPDATED'],
  Operations: ['CreateUser', 'CreateQueue'],
  Doors: ['API', 'WEBSITE'],
  Permissions: ['connect:CreateUser', 'connect:CreateQueue'],
});
/** Who made them is not the same wherever these are sent. */
const whoAndWhat = (id: string) => ({ ActorName: 'nobody', ActorId: 'nobody', ResourceId: id, ResourceName: 'nobody' });

export const historicalChangeRequests: RequestTable = {
  ListHistoricalChanges: {
    ...list('ListHistoricalChanges', () => ({}), filters),
    others: [(world) => whoAndWhat(world.user), (world) => ({ ResourceId: world.queue })],
  },
  DownloadHistoricalChanges: {
    full: (world) => ({ ...filters(), ...whoAndWhat(world.user) }),
    minimal: () => ({}),
  },
};
