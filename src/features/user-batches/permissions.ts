import { allows } from '../../access/actions.ts';
import type { PermissionId } from '../../access/permissions.ts';
import { permissionsOf } from '../../access/profiles.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { Caller } from '../../operations/caller.ts';
import { accessDenied } from '../../operations/errors.ts';
import type { DeletionInstructions } from './types.ts';

/** What a signed-in user needs to have these instructions carried out. */
export function neededPermissions(instructions: DeletionInstructions): readonly PermissionId[] {
  return instructions.QuickConnects === 'DELETE' ? ['Users.Delete', 'TransferDestinations.Delete'] : ['Users.Delete'];
}

/** What an access key has to be allowed for the same, besides the operation itself. */
export function neededActions(instructions: DeletionInstructions): readonly string[] {
  return instructions.QuickConnects === 'DELETE' ? ['connect:DeleteQuickConnect'] : [];
}

/**
 * The runner has judged the operation; whoever has quick connects deleted too needs what that takes as well.
 * @throws AccessDeniedException
 */
export async function requirePermissions(
  db: Db | Tx,
  caller: Caller,
  instructions: DeletionInstructions,
): Promise<void> {
  if (caller.kind === 'ACCESS_KEY') {
    const missing = neededActions(instructions).find((action) => !allows(caller.actions, action));
    if (!missing) return;
    throw accessDenied(
      `The access key ${caller.accessKeyId} is not allowed to call ${missing}, which deleting quick connects too needs. Choose QuickConnects KEEP.`,
    );
  }
  const held = await permissionsOf(db, caller.userId);
  const missing = neededPermissions(instructions).find((permission) => !held.has(permission));
  if (!missing) return;
  throw accessDenied(
    `Your security profiles do not allow this: to delete quick connects too needs the permission ${missing}. Choose QuickConnects KEEP, or ask an administrator for it.`,
  );
}
