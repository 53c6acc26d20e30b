import type { BatchLimits } from '../../operations/batch-limits.ts';
import type { OperationError } from '../../operations/errors.ts';
import { invalidRequest, limitExceeded } from '../../operations/errors.ts';
import { hasEnded, type UserBatch, type UserBatchStatus } from './types.ts';

/**
 * What may be asked of a batch in its present state. `UNCHANGED`: it is so already, and asking twice does no harm.
 * @throws nothing; a refusal is answered as an OperationError that names the present state
 */
type Decision = { readonly status: UserBatchStatus } | 'UNCHANGED' | OperationError;

export function decidePause(batch: UserBatch): Decision {
  if (batch.status === 'PAUSED') return 'UNCHANGED';
  if (hasEnded(batch.status)) return refusal('paused', batch, 'there is nothing left to pause');
  return { status: 'PAUSED' };
}

export function decideResume(batch: UserBatch): Decision {
  if (batch.status === 'QUEUED' || batch.status === 'IN_PROGRESS') return 'UNCHANGED';
  if (hasEnded(batch.status)) return refusal('resumed', batch, 'only a PAUSED one can be');
  return { status: batch.startTime ? 'IN_PROGRESS' : 'QUEUED' };
}

export function decideStop(batch: UserBatch): Decision {
  if (batch.status === 'STOPPED') return 'UNCHANGED';
  if (hasEnded(batch.status)) return refusal('stopped', batch, 'there is nothing left to stop');
  return { status: 'STOPPED' };
}

export function decideDismiss(batch: UserBatch): Decision {
  if (batch.dismissed) return 'UNCHANGED';
  if (!hasEnded(batch.status)) return refusal('dismissed', batch, 'stop it first, or wait for its end');
  return { status: batch.status };
}

/** `UNCHANGED`: it has been retried, and the same retry is answered again. */
export function decideRetry(batch: UserBatch): 'NEW' | 'UNCHANGED' | OperationError {
  if (batch.retriedBy) return 'UNCHANGED';
  if (!hasEnded(batch.status)) return refusal('retried', batch, 'wait for its end, or stop it first');
  if (batch.counts.failed === 0) return refusal('retried', batch, 'none of its records failed');
  return 'NEW';
}

const text = (count: number) => count.toLocaleString('en-US');

/** @throws LimitExceededException unless one more batch may be unfinished */
export function requireRoomForBatch(limits: BatchLimits, unfinished: BatchLimits): void {
  if (unfinished.batches < limits.batches) return;
  throw limitExceeded(
    `You have ${text(unfinished.batches)} unfinished user batches; ${text(limits.batches)} are taken at most. Wait until one has ended, or stop one.`,
  );
}

/** @throws LimitExceededException unless so many more records may be unfinished */
export function requireRoomForRecords(limits: BatchLimits, unfinished: BatchLimits, more: number): void {
  if (unfinished.records + more <= limits.records) return;
  throw limitExceeded(
    `Your unfinished user batches have ${text(unfinished.records)} records left, and this one would add ${text(more)}; ${text(limits.records)} are taken at most. Wait until more are done, or stop a batch.`,
  );
}

function refusal(verb: string, batch: UserBatch, why: string): OperationError {
  return invalidRequest(`This user batch is ${batch.status} and cannot be ${verb}: ${why}.`);
}
