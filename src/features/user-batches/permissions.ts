import { type Access, accessOf } from '../../access/access-control.ts';
import { allows } from '../../access/actions.ts';
import { accountDeletionOf } from '../../audit/store.ts';
import type { Tx } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { accessDenied } from '../../operations/errors.ts';
import { findAccessKey } from '../access-keys/store.ts';
import type { AnyKind } from './kinds/kind.ts';
import type { UserBatch } from './types.ts';

/**
 * For the operations that batches of all kinds share: whoever may have one kind done may not meddle with the others. An
 * access key has been judged by the operation's action.
 * @throws AccessDeniedException
 */
export function requirePermission({ access }: Pick<InstanceContext, 'access'>, kind: AnyKind): void {
  if (access.holds([kind.permission])) return;
  throw accessDenied(
    `Your security profiles do not allow this: a user batch of the type ${kind.type} needs the permission ${kind.permission}.`,
  );
}

/**
 * The runner has judged the operation; whoever has quick connects deleted too, for example, needs what that takes as well.
 * @throws AccessDeniedException
 */
export function requirePermissions(
  { caller, access }: Pick<InstanceContext, 'caller' | 'access'>,
  kind: AnyKind,
  instructions: object,
): void {
  requirePermission({ access }, kind);
  for (const { permission, action, doing, instead } of kind.needs(instructions as never)) {
    if (caller.kind === 'ACCESS_KEY') {
      if (allows(caller.actions, action)) continue;
      throw accessDenied(
        `The access key ${caller.accessKeyId} is not allowed to call ${action}, which is needed to ${doing}. ${instead}.`,
      );
    }
    if (access.holds([permission])) continue;
    throw accessDenied(
      `Your security profiles do not allow this: to ${doing} needs the permission ${permission}. ${instead}, or ask an administrator for it.`,
    );
  }
}

/** What the requester of a batch may do at this moment: they may have left, or lost a permission, since they asked. */
export interface Authority {
  readonly access: Access;
  /** Why they may not have it done any more. */
  readonly denied: string | null;
}

export async function authorityOf(tx: Tx, batch: UserBatch, kind: AnyKind): Promise<Authority> {
  const { type, id, name } = batch.requestedBy;
  const needs = kind.needs(batch.instructions as never);
  const access = await accessOf(tx, batch.requestedBy, [kind.permission]);
  if (type === 'ACCESS_KEY') {
    const actions = [actionOf(batch, kind), ...needs.map(({ action }) => action)];
    return { access, denied: await whyKeyDenied(tx, id, actions, kind) };
  }
  const missing = [kind, ...needs].map(({ permission }) => permission).filter((wanted) => !access.holds([wanted]));
  const denied = `${name}, who requested this, no longer has the permission ${missing.join(' and ')}. Somebody who has it can try again.`;
  return { access, denied: missing.length > 0 ? denied : null };
}

/** What an access key is allowed to have the batch done by. */
export const actionOf = (batch: UserBatch, kind: AnyKind): string =>
  `connect:${batch.retryOf ? 'RetryUserBatch' : kind.operation}`;

/** The first access key is in no table and may do everything: no row and no deletion means that it is that one. */
async function whyKeyDenied(tx: Tx, id: string, actions: readonly string[], kind: AnyKind): Promise<string | null> {
  const key = await findAccessKey(tx, id);
  const gone = !key && (await accountDeletionOf(tx, id)) !== null;
  if (!gone && !key) return null;
  const missing = key?.status === 'ENABLED' ? actions.filter((action) => !allows(key.actions, action)) : actions;
  if (missing.length === 0) return null;
  return `The access key ${id}, which requested this, may no longer call ${missing.join(' and ')}. Somebody who may ${kind.doing} can try again.`;
}
