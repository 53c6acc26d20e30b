import { sql } from 'kysely';
import { outside, requireWrittenWithin } from '../../access/enforcement.ts';
import type { PermissionId } from '../../access/permissions.ts';
import type { Change } from '../../audit/change.ts';
import { audit } from '../../audit/store.ts';
import { databaseTrouble, isLockTimeout, isRetryable } from '../../database/database-errors.ts';
import type { Tx } from '../../database/db.ts';
import { OperationError } from '../../operations/errors.ts';
import { findInstanceById } from '../instances/store.ts';
import { outOfReach } from '../users/deletion.ts';
import type { AnyKind, Executor, Task } from './kinds/kind.ts';
import { actionOf, authorityOf } from './permissions.ts';
import { writeOutcomes } from './record-store.ts';
import { failed, type PendingRecord, type RecordOutcome, type UserBatch } from './types.ts';

/** Records of a batch whose lock is held, with what its kind does to them. */
export interface Range {
  readonly tx: Tx;
  readonly batch: UserBatch;
  readonly kind: AnyKind;
  readonly execute: Executor;
  readonly time: Date;
  readonly log: RangeLog;
}

/** A pino logger is one. */
export interface RangeLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** A range that ended this often in a row in an error that nobody expected is done record by record. */
export const errorsBeforeSingly = 5;

type Pending = PendingRecord<never>;

/**
 * Does to each record what its batch asks for, and answers what became of it. A kind has its executor and nothing else:
 * whether the requester may still have it done, whom they reach, audit, change feed and results are seen to here, so that
 * no kind can forget them.
 */
export async function carryOut(range: Range, records: readonly Pending[]): Promise<RecordOutcome[]> {
  const settled = records.filter(standsForNobody).map(settle);
  const { refused, done } = await judgeAndExecute(
    range,
    records.filter((record) => !standsForNobody(record)),
  );
  const undone = [...settled, ...refused];
  await writeOutcomes(range.tx, range.batch.id, undone, range.time);
  return [...undone, ...done];
}

interface Answered {
  /** Not written yet. */
  readonly refused: RecordOutcome[];
  readonly done: RecordOutcome[];
}

async function judgeAndExecute(range: Range, records: readonly Pending[]): Promise<Answered> {
  if (records.length === 0) return { refused: [], done: [] };
  const { tx, batch, kind } = range;
  const { denied, access } = await authorityOf(tx, batch, kind);
  const deny = (reason: string) => (record: Pending) => failed(record.position, 'AccessDeniedException', reason, true);
  if (denied) return { refused: records.map(deny(denied)), done: [] };
  const instance = await findInstanceById(tx, batch.instanceId);
  if (!instance) throw new Error('The instance of this batch is gone.');
  const ids = records.flatMap((record) => record.userId ?? []);
  const beyond = new Set(await outside(tx, instance, access, 'agent', ids));
  const isBeyond = ({ userId }: Pending) => userId !== null && beyond.has(userId);
  const refused = records.filter(isBeyond).map(deny(outOfReach(access)));
  const reached = records.filter((record) => !isBeyond(record));
  if (reached.length === 0) return { refused, done: [] };

  const task = { instance, instructions: batch.instructions as never, requester: { ...batch.requestedBy, access } };
  const singly = batch.rangeErrors >= errorsBeforeSingly;
  return { refused, done: await (singly ? oneByOne : execute)(range, task, reached) };
}

const standsForNobody = ({ userId, payload }: Pending) => userId === null && payload === null;

/** What stood for nobody at submission: whoever gets that login later is somebody else. */
function settle({ position, username, errorCode, reason, finding }: Pending): RecordOutcome {
  const why = reason ?? `There was no user ${username} when this was asked for.`;
  return { ...failed(position, errorCode ?? 'ResourceNotFoundException', why, false), finding };
}

async function execute(range: Range, task: Task<never>, records: readonly Pending[]): Promise<RecordOutcome[]> {
  const { tx, batch, time } = range;
  const outcomes = await range.execute(tx, task, records, time);
  const answered = new Set(outcomes.map(({ position }) => position));
  // A record without an answer would wait for ever, one of another range would be done without having been judged.
  if (
    answered.size !== outcomes.length ||
    outcomes.length !== records.length ||
    !records.every(({ position }) => answered.has(position))
  ) {
    throw new Error('An executor has not answered exactly one outcome for each record.');
  }
  await auditOutcomes(range, task, outcomes);
  await writeOutcomes(tx, batch.id, outcomes, time);
  return outcomes;
}

/**
 * Writes audit and change feed of what a range has done, and holds its executor to what was judged: whatever succeeded
 * says what it changed, rests on a permission that the requester has, and is within their reach afterwards.
 */
async function auditOutcomes(
  { tx, batch, kind, time }: Range,
  { instance, requester }: Task<never>,
  outcomes: readonly RecordOutcome[],
): Promise<void> {
  const judged = [kind, ...kind.needs(batch.instructions as never)].map(({ permission }) => permission);
  const restingOn = new Map<PermissionId, Change[]>(judged.map((permission) => [permission, []]));
  for (const outcome of outcomes) {
    if (outcome.status === 'FAILED' || outcome.changes === 'UNCHANGED') continue;
    if (outcome.changes.length === 0) throw new Error('A record has succeeded without saying what it changed.');
    for (const change of outcome.changes) {
      const permission = change.permission ?? kind.permission;
      const changes = restingOn.get(permission);
      if (!changes) throw new Error(`Nobody has judged whether the requester has the permission ${permission}.`);
      changes.push(change);
    }
  }
  await requireWrittenWithin(tx, instance, requester.access, [...restingOn.values()].flat());
  for (const [permission, changes] of restingOn) {
    await audit(tx, {
      instanceId: batch.instanceId,
      time,
      operation: kind.operation,
      actor: batch.requestedBy,
      permission: requester.type === 'USER' ? permission : actionOf(batch, kind),
      requestId: batch.requestId,
      userBatchId: batch.id,
      changes,
    });
  }
}

/**
 * Something in this range fails every time. Each record gets a savepoint of its own, so that the culprit fails alone
 * and the others are done: a batch never hangs on one record.
 */
async function oneByOne(range: Range, task: Task<never>, records: readonly Pending[]): Promise<RecordOutcome[]> {
  const { tx, batch, log, time } = range;
  const outcomes: RecordOutcome[] = [];
  const failures: RecordOutcome[] = [];
  const culprits: { position: number; error: unknown }[] = [];
  for (const record of records) {
    await sql`savepoint one_record`.execute(tx);
    try {
      outcomes.push(...(await execute(range, task, [record])));
      await sql`release savepoint one_record`.execute(tx);
    } catch (error) {
      if (databaseTrouble(error) || isLockTimeout(error) || isRetryable(error)) throw error;
      await sql`rollback to savepoint one_record`.execute(tx);
      const { position } = record;
      if (error instanceof OperationError) {
        failures.push(failed(position, error.code, error.message, true));
        continue;
      }
      culprits.push({ position, error });
      const reason =
        'Something went wrong inside Cordboard. Try again; if it happens again, the server log tells more.';
      failures.push(failed(position, 'InternalServiceException', reason, true));
    }
  }
  await writeOutcomes(tx, batch.id, failures, time);
  const [first] = culprits;
  if (first) {
    // One line for all of them: where one fails, the others mostly fail of the same.
    const details = { userBatchId: batch.id, positions: culprits.map(({ position }) => position) };
    log.error({ err: first.error, ...details }, 'Records of a user batch failed');
  }
  return [...outcomes, ...failures];
}
