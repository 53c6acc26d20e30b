import type { Access } from '../../access/access-control.ts';
import type { Db, Tx } from '../../database/db.ts';
import { arnOf } from '../../operations/arn.ts';
import { identityOf } from '../../operations/caller.ts';
import { instanceId, length } from '../../operations/constraints.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { accessDenied, notFound } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import {
  boolean,
  integer,
  label,
  nested,
  required,
  string,
  structure,
  type TypeOf,
  timestamp,
} from '../../operations/shapes.ts';
import { countMembers, instructionMembers, shownCounts, shownInstructions } from './kinds/index.ts';
import { tellsNames } from './shown-records.ts';
import { findUserBatch } from './store.ts';
import { remainingOf, type UserBatch, type UserBatchStatus, type UserBatchType } from './types.ts';

/** What the operations on one batch have in common. */
export const batchMembers = { InstanceId: label(), UserBatchId: label() } as const;
export const batchConstraints = { ...instanceId, UserBatchId: length(1, 250) };

const userBatchShape = structure({
  Id: required(string()),
  Arn: required(string()),
  Type: required(string<UserBatchType>()),
  Status: required(string<UserBatchStatus>()),
  Note: string(),
  ...instructionMembers,
  Counts: required(
    nested(
      structure({
        Requested: required(integer()),
        Succeeded: required(integer()),
        Failed: required(integer()),
        Stopped: required(integer()),
        Remaining: required(integer()),
        ...countMembers,
      }),
    ),
  ),
  RequestedBy: required(
    // Without the Name where the caller may not be told it.
    nested(structure({ Type: required(string<'USER' | 'ACCESS_KEY'>()), Id: required(string()), Name: string() })),
  ),
  CreatedTime: required(timestamp()),
  StartTime: timestamp(),
  EndTime: timestamp(),
  RetryOf: string(),
  RetriedBy: string(),
  Dismissed: required(boolean()),
  RetryableCount: required(integer()),
});

export const userBatchMember = nested(userBatchShape);
export const oneUserBatch = structure({ UserBatch: required(userBatchMember) });

/** The answer to whatever makes a batch. */
export const startedBatch = structure({
  UserBatchId: required(string()),
  UserBatchArn: required(string()),
  RequestedCount: required(integer()),
});

export const arnOfBatch = (instance: Instance, id: string): string => arnOf(instance, 'user-batch', id);

export function describe(
  reader: Pick<InstanceContext, 'instance' | 'access' | 'caller'>,
  batch: UserBatch,
): TypeOf<typeof userBatchShape> {
  const { instance } = reader;
  const { counts, requestedBy } = batch;
  return {
    Id: batch.id,
    Arn: arnOfBatch(instance, batch.id),
    Type: batch.type,
    Status: batch.status,
    Note: batch.status === 'IN_PROGRESS' || batch.status === 'QUEUED' ? (batch.note ?? undefined) : undefined,
    ...shownInstructions(batch),
    Counts: {
      Requested: counts.requested,
      Succeeded: counts.succeeded,
      Failed: counts.failed,
      Stopped: counts.stopped,
      Remaining: remainingOf(counts),
      ...shownCounts(batch.kindCounts),
    },
    RequestedBy: {
      Type: requestedBy.type,
      Id: requestedBy.id,
      Name: tellsNames(reader, batch) ? requestedBy.name : undefined,
    },
    CreatedTime: batch.createdTime,
    StartTime: batch.startTime ?? undefined,
    EndTime: batch.endTime ?? undefined,
    RetryOf: batch.retryOf ?? undefined,
    RetriedBy: batch.retriedBy ?? undefined,
    Dismissed: batch.dismissed,
    RetryableCount: batch.retryableCount,
  };
}

export function startedAnswer(instance: Instance, batch: UserBatch): TypeOf<typeof startedBatch> {
  return {
    UserBatchId: batch.id,
    UserBatchArn: arnOfBatch(instance, batch.id),
    RequestedCount: batch.counts.requested,
  };
}

/**
 * The batch that the request names. Its results name users whose tags and groups are gone with them, so
 * that nobody can tell any more who reached them: whoever does not reach every user has their own batches only.
 * @throws ResourceNotFoundException, InvalidParameterException, AccessDeniedException
 */
export async function batchOf(
  { db, instance, access, caller }: InstanceContext<Db> | InstanceContext<Tx>,
  id: string,
  find: (db: Tx, instanceId: string, id: string) => Promise<UserBatch | null> = findUserBatch,
): Promise<UserBatch> {
  const batch = await find(db as Tx, instance.id, id);
  if (!batch) throw notFound('user-batch', id);
  if (seesOwnOnly(access) && batch.requestedBy.id !== identityOf(caller).id) {
    throw accessDenied(
      'Your security profiles do not reach every user, so you have the user batches only that you requested.',
    );
  }
  return batch;
}

export const seesOwnOnly = (access: Access): boolean => access.limits('agent') !== null;

/** How the audit calls it. */
export function nameOf(batch: Pick<UserBatch, 'type'>, count: number): string {
  return `${batch.type} of ${count} ${count === 1 ? 'user' : 'users'}`;
}
