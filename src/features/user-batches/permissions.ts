import type { Caller } from '../../operations/caller.ts';
import type { Db, Tx } from '../../operations/define-operation.ts';
import { accessDenied } from '../../operations/errors.ts';
import { allows } from '../access-keys/actions.ts';
import type { PermissionId } from '../security-profiles/permissions.ts';
import { permissionsOf } from '../security-profiles/store.ts';
import type { DeletionInstructions } from './types.ts';

/** What a signed-in user needs to have these instructions carried out. */
export function neededPermissions(instructions: DeletionInstructions): readonly PermissionId[] {
  return instructions.QuickConnects === 'DELETE' ? ['Users.Delete', 'TransferDestinations.Delete'] : ['Users.Delete'];
}

/**
 * The runner has judged Users.Delete; whoever has quick connects deleted too needs the permission for that as well, an
 * access key the action.
 * @throws AccessDeniedException
 */
export async function requirePermissions(
  db: Db | Tx,
  caller: Caller,
  instructions: DeletionInstructions,
): Promise<void> {
  if (caller.kind === 'ACCESS_KEY') {
    const action = 'connect:DeleteQuickConnect';
    if (instructions.QuickConnects !== 'DELETE' || allows(caller.actions, action)) return;
    throw accessDenied(
      `The access key ${caller.accessKeyId} is not allowed to call ${action}, which deleting quick connects too needs. Choose QuickConnects KEEP.`,
    );
  }
  if (caller.kind !== 'USER') return;
  const held = await permissionsOf(db, caller.userId);
  const missing = neededPermissions(instructions).find((permission) => !held.has(permission));
  if (missing) {
    throw accessDenied(
      `Your security profiles do not allow this: to delete quick connects too needs the permission ${missing}. Choose QuickConnects KEEP, or ask an administrator for it.`,
    );
  }
}
