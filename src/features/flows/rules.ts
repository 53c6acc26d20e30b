import type { PermissionId } from '../security-profiles/permissions.ts';

export const seesFlows: readonly PermissionId[] = ['ContactFlows.View', 'ContactFlows.Edit'];

/** The names stand in the drop-downs of whoever makes or looks at a quick connect. */
export const seesFlowNames: readonly PermissionId[] = [
  ...seesFlows,
  'TransferDestinations.View',
  'TransferDestinations.Edit',
  'TransferDestinations.Create',
];

export const seesModules: readonly PermissionId[] = ['ContactFlowModules.View', 'ContactFlowModules.Edit'];
