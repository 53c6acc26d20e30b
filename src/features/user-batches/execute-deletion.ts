import { accessOf } from '../../access/access-control.ts';
import { allows } from '../../access/actions.ts';
import { permissionsOf } from '../../access/profiles.ts';
import { namesEverybody } from '../../access/shown-names.ts';
import { accountDeletionOf, audit, type Deletion, deletionsOf } from '../../audit/store.ts';
import type { Tx } from '../../database/db.ts';
import { findAccessKeyRow } from '../access-keys/store.ts';
import { findInstanceById } from '../instances/store.ts';
import { deleteUsers, whyGone } from '../users/deletion.ts';
import { neededActions, neededPermissions } from './permissions.ts';
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
  const hopeless = records.filter((record) => record.userId === null);
  const hopeful = records.filter((record) => record.userId !== null);
  return [...hopeless.map(settled), ...(await deleteThose(tx, batch, hopeful, time))];
}

async function deleteThose(
  tx: Tx,
  batch: UserBatch,
  records: readonly PendingRecord[],
  time: Date,
): Promise<RecordOutcome[]> {
  if (records.length === 0) return [];
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

  const tellsAll = namesEverybody(access);
  const gone = records.flatMap(({ userId }) => (userId && outcomes.get(userId)?.kind === 'GONE' ? [userId] : []));
  const deletions = tellsAll ? await deletionsOf(tx, batch.instanceId, gone) : new Map<string, Deletion>();
  return records.map((record) => {
    const { position, userId } = record;
    const outcome = outcomes.get(userId ?? '');
    if (outcome?.kind === 'DELETED') {
      return { position, status: 'SUCCEEDED', quickConnectsDeleted: outcome.quickConnectsDeleted };
    }
    if (outcome?.kind === 'REFUSED') {
      const { code, reason, rule } = outcome.refusal;
      // Another administrator may be named meanwhile, somebody who reaches more may try; nobody will ever be somebody else.
      return failed(position, code, reason, rule !== 'ONESELF');
    }
    return goneOutcome(record, deletions.get(userId ?? ''), tellsAll);
  });
}

/** What stood for nobody at submission: whoever gets that login later is somebody else. */
function settled({ position, username, errorCode, reason, finding }: PendingRecord): RecordOutcome {
  const why = reason ?? `There was no user ${username} when this was asked for.`;
  return { ...failed(position, errorCode ?? 'ResourceNotFoundException', why, false), finding };
}

/** What the requester lacks by now: they may have left, or lost a permission, since they asked. */
async function whyDenied(tx: Tx, batch: UserBatch): Promise<string | null> {
  const { type, id, name } = batch.requestedBy;
  if (type === 'ACCESS_KEY') return whyKeyDenied(tx, id, [actionFor(batch), ...neededActions(batch.instructions)]);
  const held = await permissionsOf(tx, id);
  const missing = neededPermissions(batch.instructions).filter((permission) => !held.has(permission));
  if (missing.length === 0) return null;
  return `${name}, who requested this, no longer has the permission ${missing.join(' and ')}. Somebody who has it can try again.`;
}

/** The first access key is in no table and may do everything: no row and no deletion means that it is that one. */
async function whyKeyDenied(tx: Tx, id: string, actions: readonly string[]): Promise<string | null> {
  const key = await findAccessKeyRow(tx, id);
  const gone = !key && (await accountDeletionOf(tx, id)) !== null;
  if (!gone && !key) return null;
  const missing = key?.status === 'ENABLED' ? actions.filter((action) => !allows(key.actions, action)) : actions;
  if (missing.length === 0) return null;
  return `The access key ${id}, which requested this, may no longer call ${missing.join(' and ')}. Somebody who may delete users can try again.`;
}

const actionFor = (batch: UserBatch) => (batch.retryOf ? 'connect:RetryUserBatch' : 'connect:StartUserDeletion');

function permissionFor(batch: UserBatch, permission: string): string {
  return batch.requestedBy.type === 'USER' ? permission : actionFor(batch);
}

function goneOutcome(record: PendingRecord, deletion: Deletion | undefined, tellsAll: boolean): RecordOutcome {
  const name = record.username ?? deletion?.resourceName;
  const who = name === undefined ? `The user with the id ${record.userId}` : `The user ${name}`;
  const outcome = failed(record.position, 'ResourceNotFoundException', whyGone(who, deletion, tellsAll), false);
  if (!tellsAll) return outcome;
  return deletion
    ? { ...outcome, finding: 'DELETED_BEFORE', person: personIn(deletion) }
    : { ...outcome, finding: 'NEVER_EXISTED' };
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
