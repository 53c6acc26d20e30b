import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { BatchStatus, ResultStatus, UserBatch } from '../../api/types.ts';
import { countOf, formatNumber } from '../../components/words.ts';

interface Words {
  readonly text: string;
  readonly type: StatusIndicatorProps.Type;
}

export const batchStatusWords = {
  QUEUED: { text: 'Queued', type: 'pending' },
  IN_PROGRESS: { text: 'In progress', type: 'in-progress' },
  PAUSED: { text: 'Paused', type: 'pending' },
  STOPPED: { text: 'Stopped', type: 'stopped' },
  COMPLETED: { text: 'Completed', type: 'success' },
  COMPLETED_WITH_FAILURES: { text: 'Completed with failures', type: 'error' },
} as const satisfies Record<BatchStatus, Words>;

export const resultStatusWords = {
  PENDING: { text: 'Pending', type: 'pending' },
  SUCCEEDED: { text: 'Succeeded', type: 'success' },
  FAILED: { text: 'Failed', type: 'error' },
  STOPPED: { text: 'Stopped', type: 'stopped' },
} as const satisfies Record<ResultStatus, Words>;

interface KindWords {
  readonly noun: string;
  readonly doing: string;
  readonly done: string;
  /** What there is to say of its counts in a banner. */
  readonly facts?: (batch: UserBatch) => readonly string[];
  /** Of its counts and instructions on the batch's page. */
  readonly summary?: (batch: UserBatch) => readonly { readonly label: string; readonly value: string | number }[];
}

/** All that the website says of one kind of batch and no other. */
const types: Readonly<Record<UserBatch['Type'], KindWords>> = {
  DELETION: {
    noun: 'Deletion',
    doing: 'Deleting',
    done: 'deleted',
    facts: ({ Counts: { QuickConnectsDeleted } }) =>
      QuickConnectsDeleted > 0 ? [`${countOf(QuickConnectsDeleted, 'quick connect')} deleted`] : [],
    summary: ({ Counts, QuickConnects }) => [
      { label: 'Quick connects deleted', value: Counts.QuickConnectsDeleted },
      { label: 'Quick connects of the users', value: QuickConnects === 'DELETE' ? 'Deleted with them' : 'Kept' },
    ],
  },
  UPDATE: { noun: 'Edit', doing: 'Editing', done: 'edited' },
  IMPORT: { noun: 'Import', doing: 'Creating', done: 'created' },
};

export const typeWords = (batch: UserBatch) => types[batch.Type];

/** "Deletion of 40 users": a batch's name everywhere. */
export const batchTitle = (batch: UserBatch): string =>
  `${types[batch.Type].noun} of ${countOf(batch.Counts.Requested, 'user')}`;

export function requestedBy(batch: UserBatch, ownUserId: string): string {
  const { Type, Id, Name } = batch.RequestedBy;
  if (Type === 'USER') return Id === ownUserId ? 'you' : (Name ?? 'another user');
  return `access key ${Id}`;
}

/** Records that something was done about; stopping leaves the rest as they were. */
export const doneCount = ({ Counts }: UserBatch): number => Counts.Succeeded + Counts.Failed;

/** 0 to 100, and never 100 before the last record. */
export function progressOf(batch: UserBatch): number {
  const { Requested } = batch.Counts;
  return Requested === 0 ? 100 : Math.floor((doneCount(batch) / Requested) * 100);
}

/** What a banner says first. */
export function bannerHeader(batch: UserBatch): string {
  const { Requested, Succeeded, Failed, Stopped, Remaining } = batch.Counts;
  const { doing, done } = types[batch.Type];
  switch (batch.Status) {
    case 'QUEUED':
    case 'IN_PROGRESS':
      return `${doing} ${countOf(Requested, 'user')}`;
    case 'PAUSED':
      return `${batchTitle(batch)} is paused: ${formatNumber(Remaining)} still to do`;
    case 'STOPPED':
      return `${batchTitle(batch)} was stopped: ${formatNumber(Succeeded)} ${done}, ${formatNumber(Stopped)} left as they were`;
    case 'COMPLETED':
      return `${countOf(Succeeded, 'user')} ${Succeeded === 1 ? 'was' : 'were'} ${done}`;
    case 'COMPLETED_WITH_FAILURES':
      return `${formatNumber(Failed)} of ${countOf(Requested, 'user')} ${Failed === 1 ? 'was' : 'were'} not ${done}`;
  }
}

/** What became of the rest: quick connects, records that failed or succeeded. Empty when there is nothing to add. */
export function bannerFacts(batch: UserBatch): string[] {
  const { Succeeded, Failed } = batch.Counts;
  const { done, facts: ofKind } = types[batch.Type];
  const facts: string[] = [];
  if (batch.Status !== 'COMPLETED_WITH_FAILURES') {
    if (Failed > 0) facts.push(`${formatNumber(Failed)} not ${done}`);
  } else if (Succeeded > 0) facts.push(`${formatNumber(Succeeded)} ${done}`);
  return [...facts, ...(ofKind?.(batch) ?? [])];
}

/** What Connect's words on the buttons do: nothing else there says it. */
export const waysOn = ({ Counts: { Failed } }: UserBatch): string =>
  Failed === 1
    ? 'Try again submits only the one that failed; Cancel leaves it as it is.'
    : `Try again submits only the ${formatNumber(Failed)} that failed; Cancel leaves them as they are.`;

/** Whether the failed records have failed for reasons that stay as they are, such as being gone already. */
export const retryIsVain = (batch: UserBatch): boolean => batch.RetryableCount === 0;

/** Why Try again is not possible; null when it is. */
export function retryRefusal(batch: UserBatch): string | null {
  if (batch.Counts.Failed === 0) return 'No record has failed.';
  if (batch.RetriedBy) return 'The failed records were submitted again already.';
  return null;
}
