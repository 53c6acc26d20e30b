import type { PermissionId } from './operations.ts';

export type { PermissionId };

/** Whether the signed-in user has a permission. */
export type May = (permission: PermissionId) => boolean;

/** What has to be held: all of these, of a list in it any one. */
export type Needs = readonly (PermissionId | readonly PermissionId[])[];

/** The first that is not held; null when everything is there. */
export function missing(needs: Needs, may: May): PermissionId | null {
  for (const need of needs) {
    const choices = typeof need === 'string' ? [need] : need;
    if (!choices.some(may)) return choices[0] ?? null;
  }
  return null;
}

/** Of Connect's permission page, where it does not have the words of the id. */
const rows: Readonly<Record<string, string>> = {
  AgentGrouping: 'Agent hierarchy',
  AgentStates: 'Agent status',
  ContactFlows: 'Flows',
  MetricsReports: 'Saved reports',
  ReportsAdmin: 'Saved reports (admin)',
  RoutingPolicies: 'Routing profiles',
  TransferDestinations: 'Quick connects',
};
const columns: Partial<Record<PermissionId, string>> = {
  'Users.Delete': 'Remove',
  AccessMetrics: 'Access',
  'AccessMetrics.AgentActivityAudit.IncludeDeleted': 'Agent activity audit – Include deleted agents',
};

const spaced = (id: string) => id.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** "Users – Remove", as Connect's permission page has it: every part of the id is said, and where there is one only, that. */
export function permissionText(permission: PermissionId): string {
  const [row = '', ...rest] = permission.split('.');
  const column = columns[permission];
  return [rows[row] ?? spaced(row), ...(column === undefined ? rest.map(spaced) : [column])].join(' – ');
}
