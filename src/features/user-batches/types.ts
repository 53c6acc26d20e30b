import type { PermissionId } from '../../access/permissions.ts';
import type { Change } from '../../audit/change.ts';
import type { ErrorCode } from '../../operations/errors.ts';
import type { Finding } from '../users/list-entries.ts';

export const userBatchStatuses = [
  'QUEUED',
  'IN_PROGRESS',
  'PAUSED',
  'STOPPED',
  'COMPLETED',
  'COMPLETED_WITH_FAILURES',
] as const;
export type UserBatchStatus = (typeof userBatchStatuses)[number];

export const recordStatuses = ['PENDING', 'SUCCEEDED', 'FAILED', 'STOPPED'] as const;
export type RecordStatus = (typeof recordStatuses)[number];

export type UserBatchType = 'DELETION' | 'UPDATE' | 'IMPORT';

/** What a kind counts besides its records, by the names on the wire. What is not there is 0. */
export type KindCounts = Readonly<Record<string, number>>;

export interface UserBatchCounts {
  readonly requested: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly stopped: number;
}

export interface UserBatch {
  readonly id: string;
  readonly instanceId: string;
  readonly type: UserBatchType;
  readonly status: UserBatchStatus;
  /** What is to be done to every record; its kind knows what they are. */
  readonly instructions: object;
  readonly requestedBy: { readonly type: 'USER' | 'ACCESS_KEY'; readonly id: string; readonly name: string };
  readonly requestId: string;
  readonly requestHash: string;
  readonly retryOf: string | null;
  readonly retriedBy: string | null;
  readonly counts: UserBatchCounts;
  readonly kindCounts: KindCounts;
  /** Failed records that may succeed when they are tried again. */
  readonly retryableCount: number;
  /** Ranges in a row that ended in an error nobody expected. */
  readonly rangeErrors: number;
  /** What its records wait for, since its last range failed for no fault of theirs. */
  readonly note: string | null;
  readonly createdTime: Date;
  readonly startTime: Date | null;
  readonly endTime: Date | null;
  readonly dismissed: boolean;
}

/** A record of a batch as its results show it: snapshots of the submission, never looked up again. */
export interface UserBatchRecord {
  readonly position: number;
  readonly userId: string | null;
  readonly username: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly status: RecordStatus;
  readonly errorCode: string | null;
  readonly reason: string | null;
  readonly retryable: boolean | null;
  readonly time: Date | null;
  readonly kindCounts: KindCounts;
  /** What the list said, where it is neither the id nor the login that stands here. */
  readonly given: string | null;
  readonly caseDiffers: boolean;
  /** Why somebody is not there. */
  readonly finding: Finding | null;
}

/** Why a record failed: a refusal of Connect's model, or that what was given fits several users. */
export type RecordErrorCode = ErrorCode | 'AMBIGUOUS';

/**
 * A record that waits for its turn. One that stands for nobody, with neither a user nor a payload, says from the
 * submission on why it will fail.
 */
export interface PendingRecord<Payload>
  extends Pick<UserBatchRecord, 'position' | 'userId' | 'username' | 'firstName' | 'lastName' | 'reason' | 'finding'> {
  readonly errorCode: RecordErrorCode | null;
  /** What its kind keeps for it. */
  readonly payload: Payload | null;
}

/** A change, with the permission that it rests on where that is another than the kind's own. */
export type KindChange = Change & { readonly permission?: PermissionId };

/** What became of a record. Refusals are values: one of them must not undo its neighbours. */
export type RecordOutcome<Count extends string = string> = Succeeded<Count> | Failed;

interface Succeeded<Count extends string> {
  readonly position: number;
  readonly status: 'SUCCEEDED';
  /** For audit and change feed. `UNCHANGED`: all was so already. */
  readonly changes: readonly KindChange[] | 'UNCHANGED';
  readonly counts?: Readonly<Partial<Record<Count, number>>>;
  /** Whom it has made. */
  readonly userId?: string;
  /** In the place of the record's payload. */
  readonly payload?: object;
}

interface Failed {
  readonly position: number;
  readonly status: 'FAILED';
  readonly errorCode: RecordErrorCode;
  readonly reason: string;
  readonly retryable: boolean;
  readonly finding?: Finding | null;
  /** Learned from the audit about somebody who was gone before the batch was submitted. */
  readonly person?: {
    readonly username: string;
    readonly firstName: string | null;
    readonly lastName: string | null;
  };
}

export function failed(position: number, errorCode: RecordErrorCode, reason: string, retryable: boolean): Failed {
  return { position, status: 'FAILED', errorCode, reason, retryable };
}

export const remainingOf = (counts: UserBatchCounts): number =>
  counts.requested - counts.succeeded - counts.failed - counts.stopped;

export const hasEnded = (status: UserBatchStatus): boolean =>
  status === 'STOPPED' || status === 'COMPLETED' || status === 'COMPLETED_WITH_FAILURES';
