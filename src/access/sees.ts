import type { PermissionId } from './permissions.ts';

/** With which of these permissions a caller sees the resources of a kind, or their names in lists to choose from. */

export const seesHierarchy: readonly PermissionId[] = [
  'AgentGrouping.View',
  'AgentGrouping.Edit',
  'Users.View',
  'Users.Edit',
  'Users.Create',
];

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

export const seesFlows: readonly PermissionId[] = ['ContactFlows.View', 'ContactFlows.Edit'];

/** The names stand in the drop-downs of whoever makes or looks at a quick connect. */
export const seesFlowNames: readonly PermissionId[] = [
  ...seesFlows,
  'TransferDestinations.View',
  'TransferDestinations.Edit',
  'TransferDestinations.Create',
];

export const seesModules: readonly PermissionId[] = ['ContactFlowModules.View', 'ContactFlowModules.Edit'];

export const seesProfiles: readonly PermissionId[] = ['SecurityProfiles.View', 'SecurityProfiles.Edit'];

/** The names stand in the drop-down of whoever looks at a user. */
export const seesProfileNames: readonly PermissionId[] = [
  ...seesProfiles,
  'Users.View',
  'Users.Edit',
  'Users.EditPermission',
  'Users.Create',
];

/** Who works on a queue sees the quick connects that it offers (Admin guide "About inherited permissions"). */
export const seesQuickConnects: readonly PermissionId[] = [
  'TransferDestinations.View',
  'TransferDestinations.Edit',
  'Queues.View',
  'Queues.Edit',
];

/** Whoever may see quick connects may see the users that they can point at (Admin guide, inherited permissions). */
export const seesUserNames: readonly PermissionId[] = ['Users.View', 'TransferDestinations.View'];

/** Whoever gives proficiencies to users sees what there is to give (Admin guide, inherited permissions). */
export const seesAttributes: readonly PermissionId[] = [
  'PredefinedAttributes.View',
  'PredefinedAttributes.Edit',
  'Users.View',
  'Users.Edit',
];

export const seesAgentStatuses: readonly PermissionId[] = ['AgentStates.View', 'AgentStates.Edit'];
