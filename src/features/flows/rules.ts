import { idIn } from '../../operations/arn.ts';
import { invalidParameter } from '../../operations/errors.ts';
import type { Instance } from '../instances/types.ts';
import type { PermissionId } from '../security-profiles/permissions.ts';

export const seesFlows: readonly PermissionId[] = ['ContactFlows.View', 'ContactFlows.Edit'];

/** The names stand in the drop-downs of whoever makes or looks at a quick connect. */
export const seesFlowNames: readonly PermissionId[] = [
  ...seesFlows,
  'TransferDestinations.View',
  'TransferDestinations.Edit',
  'TransferDestinations.Create',
];

/** Which state of a flow is meant: the published one, or with `:$SAVED` behind the id or ARN the one last saved. */
export interface FlowReference {
  readonly id: string;
  readonly saved: boolean;
}

/** @throws InvalidParameterException for what is neither the id nor the ARN of a flow, or names a version of it. */
export function flowIn(given: string, instance: Instance): FlowReference {
  return referenceIn(given, 'contact-flow', instance);
}

/** The same for a flow module. */
export function moduleIn(given: string, instance: Instance): FlowReference {
  return referenceIn(given, 'flow-module', instance);
}

function referenceIn(given: string, type: 'contact-flow' | 'flow-module', instance: Instance): FlowReference {
  const [, base = given, suffix] = /^(.*):(\$SAVED|\$LATEST|\d{1,18})$/is.exec(given) ?? [];
  const id = idIn(base, type, instance);
  if (suffix && suffix.toUpperCase() !== '$SAVED') {
    throw invalidParameter(
      'Versions of flows are not kept: leave out what stands behind the id, or put :$SAVED there.',
    );
  }
  return { id, saved: suffix !== undefined };
}

/** Whether a request is about the saved content, which may be changed without publishing it. */
export const isSaved = (given: string) => /:\$saved$/i.test(given);

export const seesModules: readonly PermissionId[] = ['ContactFlowModules.View', 'ContactFlowModules.Edit'];
