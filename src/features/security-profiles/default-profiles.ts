import { type PermissionId, permissionGroups } from '../../access/permissions.ts';

/** These take something away from whoever holds them, so the profile that may do everything has none of them. */
const restrictions: ReadonlySet<PermissionId> = new Set([
  'RestrictTaskCreation.Access',
  'RestrictPhoneTypeSettings.Access',
  'RestrictContactAccessByHierarchy.View',
  'RequireEndContactConfirmation.Enabled',
]);

/** Nobody can do this in Amazon Connect, so nobody has it unless it is given by hand. */
const givenByHand: ReadonlySet<PermissionId> = new Set(['AccessMetrics.AgentActivityAudit.IncludeDeleted']);

const { Legacy: _legacy, ...current } = permissionGroups;

/** All of a resource's permissions, by the part before the first dot. */
const all = (resource: string): PermissionId[] =>
  Object.values(current)
    .flat()
    .filter((id) => id.startsWith(`${resource}.`));

/**
 * The four security profiles that every new instance has. Source: Admin guide "Default security profiles" for their
 * purpose, exports of real instances for the contents; that of Agent is inferred from the guide's description.
 */
export const defaultSecurityProfiles: readonly {
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly PermissionId[];
}[] = [
  {
    name: 'Admin',
    description: 'Administrators can perform all actions.',
    permissions: Object.values(current)
      .flat()
      .filter((id) => !restrictions.has(id) && !givenByHand.has(id)),
  },
  {
    name: 'CallCenterManager',
    description: 'Managers look after users, metrics and routing.',
    permissions: [
      'AccessMetrics',
      ...all('AgentStates'),
      'AgentTimeCard.View',
      'ContactAttributes.View',
      ...all('ContactFlowModules'),
      ...all('ContactFlows'),
      'ContactSearch.View',
      ...all('CustomerProfiles.CalculatedAttributes'),
      'DeleteCallRecordings',
      'DownloadCallRecordings',
      'ListenCallRecordings',
      'HoursOfOperation.Create',
      'HoursOfOperation.Edit',
      'HoursOfOperation.View',
      'ManagerListenIn',
      ...all('MetricsReports'),
      ...all('PhoneNumbers'),
      ...all('Prompts'),
      'Queues.Create',
      'Queues.Edit',
      'Queues.EnableAndDisable',
      'Queues.View',
      ...all('ReportSchedules'),
      'RoutingPolicies.Create',
      'RoutingPolicies.Edit',
      'RoutingPolicies.View',
      ...all('TaskTemplates'),
      'TransferDestinations.Create',
      'TransferDestinations.Edit',
      'TransferDestinations.View',
      'Users.EnableAndDisable',
      'Users.View',
    ],
  },
  {
    name: 'QualityAnalyst',
    description: 'Quality analysts read metrics and contacts.',
    permissions: ['AccessMetrics', 'AgentTimeCard.View', 'ContactAttributes.View', 'ContactSearch.View'],
  },
  {
    name: 'Agent',
    description: 'Agents work in the Contact Control Panel.',
    permissions: ['BasicAgentAccess', 'OutboundCallAccess', 'AudioDeviceSettings.Access', 'VideoContact.Access'],
  },
];
