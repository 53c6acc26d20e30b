import type { PermissionId } from '../security-profiles/permissions.ts';

/**
 * Who sees what of the routing places. Besides a place's own rights there is inherited visibility: whoever fills in a
 * form sees the names in its drop-downs (Admin guide "About inherited permissions"). The website grants View with Edit,
 * Create and the like; the API stores a profile's permissions as given, so each counts on its own.
 */
export const seesRoutingProfiles: readonly PermissionId[] = [
  'RoutingPolicies.View',
  'RoutingPolicies.Edit',
  'RoutingPolicies.Create',
];

export const seesRoutingProfileNames: readonly PermissionId[] = [
  ...seesRoutingProfiles,
  'Users.View',
  'Users.Edit',
  'Users.Create',
];

export const seesQueues: readonly PermissionId[] = ['Queues.View', 'Queues.Edit'];

export const seesQueueNames: readonly PermissionId[] = [
  ...seesQueues,
  'TransferDestinations.View',
  'TransferDestinations.Edit',
  'TransferDestinations.Create',
  ...seesRoutingProfiles,
];

export const seesHours: readonly PermissionId[] = ['HoursOfOperation.View', 'HoursOfOperation.Edit'];

export const seesHoursNames: readonly PermissionId[] = [...seesHours, ...seesQueues];
