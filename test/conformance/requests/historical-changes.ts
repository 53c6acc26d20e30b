import { list, type RequestTable } from './request-table.ts';

/** Whatever leaves the users and queues in that the world has made. */
const filters = () => ({
  StartTime: Math.floor(Date.now() / 1000) - 86_400,
  EndTime: Math.floor(Date.now() / 1000) + 3600,
  ResourceTypes: ['agent', 'queue'],
  Actions: ['CREATED', 'UPDATED'],
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
  GetHistoricalChangesFile: {
    full: (world) => ({ ...filters(), ...whoAndWhat(world.user) }),
    minimal: () => ({}),
  },
};
