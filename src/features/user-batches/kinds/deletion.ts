import { namesEverybody } from '../../../access/shown-names.ts';
import { type Deletion, deletionsOf } from '../../../audit/store.ts';
import { string } from '../../../operations/shapes.ts';
import { deleteUsers, whyGone } from '../../users/deletion.ts';
import { failed, type KindChange, type PendingRecord, type RecordOutcome } from '../types.ts';
import type { BatchKind, Executor } from './kind.ts';

export interface DeletionInstructions {
  readonly QuickConnects: 'DELETE' | 'KEEP';
}

type Count = 'QuickConnectsDeleted';

const quickConnectsToo = {
  permission: 'TransferDestinations.Delete',
  action: 'connect:DeleteQuickConnect',
  doing: 'delete quick connects too',
  instead: 'Choose QuickConnects KEEP',
} as const;

/**
 * Deletes a range of users, and with `DELETE` the quick connects that point at them, set-wise. Whether each may go is
 * judged now, not by what held at submission: hours may lie between, if the batch was paused.
 */
export const executeDeletion: Executor<DeletionInstructions, never, Count> = async (tx, task, records) => {
  const { instance, requester, instructions } = task;
  const ids = records.flatMap((record) => record.userId ?? []);
  const deleted = await deleteUsers(tx, instance, requester, ids, { quickConnects: instructions.QuickConnects });
  const { outcomes } = deleted;
  const changes = new Map<string, KindChange[]>(ids.map((id) => [id, []]));
  for (const change of deleted.userChanges) changes.get(change.userId)?.push(change);
  const { permission } = quickConnectsToo;
  for (const change of deleted.quickConnectChanges) changes.get(change.userId)?.push({ ...change, permission });

  const tellsAll = namesEverybody(requester.access);
  const gone = ids.filter((id) => outcomes.get(id)?.kind === 'GONE');
  const deletions = tellsAll ? await deletionsOf(tx, instance.id, gone) : new Map<string, Deletion>();
  return records.map((record) => {
    const { position } = record;
    const userId = record.userId ?? '';
    const outcome = outcomes.get(userId);
    if (outcome?.kind === 'DELETED') {
      const counts = { QuickConnectsDeleted: outcome.quickConnectsDeleted };
      return { position, status: 'SUCCEEDED', counts, changes: changes.get(userId) ?? [] };
    }
    if (outcome?.kind === 'REFUSED') {
      const { code, reason, rule } = outcome.refusal;
      // Another administrator may be named meanwhile, somebody who reaches more may try; nobody will ever be somebody else.
      return failed(position, code, reason, rule !== 'ONESELF');
    }
    return goneOutcome(record, deletions.get(userId), tellsAll);
  });
};

export const deletion = {
  type: 'DELETION',
  operation: 'StartUserDeletion',
  permission: 'Users.Delete',
  needs: ({ QuickConnects }) => (QuickConnects === 'DELETE' ? [quickConnectsToo] : []),
  doing: 'delete users',
  members: { QuickConnects: string() },
  counts: { QuickConnectsDeleted: 'Quick connects deleted' },
  execute: executeDeletion,
} as const satisfies BatchKind<DeletionInstructions, never, Count>;

function goneOutcome(
  record: PendingRecord<never>,
  deletion: Deletion | undefined,
  tellsAll: boolean,
): RecordOutcome<Count> {
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
