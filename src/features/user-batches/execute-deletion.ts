import type { Tx } from '../../operations/define-operation.ts';
import { allows } from '../access-keys/actions.ts';
import { findAccessKeyRow } from '../access-keys/store.ts';
import { accountDeletionOf, audit, type Deletion, deletionsByUsername, deletionsOf } from '../audit/store.ts';
import { findInstanceById } from '../instances/store.ts';
import { accessOf } from '../security-profiles/access-control.ts';
import { permissionsOf } from '../security-profiles/store.ts';
import { deleteUsers, whyGone } from '../users/deletion.ts';
import { neededPermissions } from './permissions.ts';
import type { PendingRecord, RecordOutcome, UserBatch } from './types.ts';

/**
 * Deletes a range of users, and with `DELETE` the quick connects that point at them, set-wise. Whether each may go is
 * judged now, not by what held at submission: hours may lie between, if the batch was paused.
 */
export async function executeDeletion(
  tx: Tx,
  batch: UserBatch,
  records: readonly PendingRecord[],
  time: Date,
): Promise<RecordOutcome[]> {
  const denied = await whyDenied(tx, batch);
  if (denied) {
    return records.map(({ position }) => failed(position, 'AccessDeniedException', denied, true));
  }
  const instance = await findInstanceById(tx, batch.instanceId);
  if (!instance) throw new Error('The instance of this batch is gone.');
  const ids = records.flatMap((record) => (record.userId ? [record.userId] : []));
  const access = await accessOf(tx, batch.requestedBy, ['Users.Delete']);
  const requester = { ...batch.requestedBy, access };
  const { outcomes, userChanges, quickConnectChanges } = await deleteUsers(tx, instance, requester, ids, {
    quickConnects: batch.instructions.QuickConnects,
  });

  const entry = {
    instanceId: batch.instanceId,
    time,
    operation: 'StartUserDeletion',
    actor: batch.requestedBy,
    requestId: batch.requestId,
    userBatchId: batch.id,
  };
  await audit(tx, { ...entry, permission: permissionFor(batch, 'Users.Delete'), changes: userChanges });
  await audit(tx, {
    ...entry,
    permission: permissionFor(batch, 'TransferDestinations.Delete'),
    changes: quickConnectChanges,
  });

  // Whoever does not reach every user is not told the name behind the id of somebody who is gone.
  const tellable = access.limits('agent') === null ? records : [];
  const gone = await whoIsGone(
    tx,
    batch.instanceId,
    tellable.filter(({ userId }) => userId === null || outcomes.get(userId)?.kind === 'GONE'),
  );
  return records.map((record) => {
    const { position } = record;
    const outcome = record.userId === null ? undefined : outcomes.get(record.userId);
    if (outcome?.kind === 'DELETED') {
      return { position, status: 'SUCCEEDED', quickConnectsDeleted: outcome.quickConnectsDeleted };
    }
    if (outcome?.kind === 'REFUSED') {
      const { code, reason, rule } = outcome.refusal;
      // Another administrator may be named meanwhile, somebody who reaches more may try; nobody will ever be somebody else.
      return failed(position, code, reason, rule !== 'ONESELF');
    }
    return goneOutcome(record, gone(record));
  });
}

/** What the requester lacks by now: they may have left, or lost a permission, since they asked. */
async function whyDenied(tx: Tx, batch: UserBatch): Promise<string | null> {
  const { type, id, name } = batch.requestedBy;
  if (type === 'ACCESS_KEY') return whyKeyDenied(tx, id, actionFor(batch));
  const held = await permissionsOf(tx, id);
  const missing = neededPermissions(batch.instructions).filter((permission) => !held.has(permission));
  if (missing.length === 0) return null;
  return `${name}, who requested this, no longer has the permission ${missing.join(' and ')}. Somebody who has it can try again.`;
}

/** The first access key is in no table and may do everything: no row and no deletion means that it is that one. */
async function whyKeyDenied(tx: Tx, id: string, action: string): Promise<string | null> {
  const key = await findAccessKeyRow(tx, id);
  const gone = !key && (await accountDeletionOf(tx, id)) !== null;
  if (!gone && (!key || (key.status === 'ENABLED' && allows(key.actions, action)))) return null;
  return `The access key ${id}, which requested this, may no longer call ${action}. Somebody who may delete users can try again.`;
}

const actionFor = (batch: UserBatch) => (batch.retryOf ? 'connect:RetryUserBatch' : 'connect:StartUserDeletion');

function permissionFor(batch: UserBatch, permission: string): string {
  return batch.requestedBy.type === 'USER' ? permission : actionFor(batch);
}

/** Looks up, for records whose user is not there, when and by whom it was deleted. */
async function whoIsGone(tx: Tx, instanceId: string, records: readonly PendingRecord[]) {
  const ids = records.flatMap(({ userId }) => (userId ? [userId] : []));
  const logins = records.flatMap(({ userId, username }) => (userId === null && username !== null ? [username] : []));
  const byId = await deletionsOf(tx, instanceId, ids);
  const byLogin = await deletionsByUsername(tx, instanceId, logins);
  return ({ userId, username }: PendingRecord): Deletion | undefined =>
    userId === null ? byLogin.get(username ?? '') : byId.get(userId);
}

function goneOutcome(record: PendingRecord, deletion: Deletion | undefined): RecordOutcome {
  const name = record.username ?? deletion?.resourceName;
  const who = name === undefined ? `The user with the id ${record.userId}` : `The user ${name}`;
  const outcome = failed(record.position, 'ResourceNotFoundException', whyGone(who, deletion), false);
  return deletion ? { ...outcome, person: personIn(deletion) } : outcome;
}

function personIn({ resourceName, details }: Deletion) {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { username: resourceName, firstName: text(details?.FirstName), lastName: text(details?.LastName) };
}

function failed(
  position: number,
  errorCode: Extract<RecordOutcome, { status: 'FAILED' }>['errorCode'],
  reason: string,
  retryable: boolean,
): Extract<RecordOutcome, { status: 'FAILED' }> {
  return { position, status: 'FAILED', errorCode, reason, retryable };
}
