import { type Access, limitedAccess, unlimited } from './access/access-control.ts';
import { allows } from './access/actions.ts';
import { requireNamedWithin, requireWrittenWithin } from './access/enforcement.ts';
import { accessProfilesOf } from './access/profiles.ts';
import type { Sealing } from './access/sealing.ts';
import type { Change } from './audit/change.ts';
import { audit, isAudited } from './audit/store.ts';
import { timeOrderedId } from './audit/time-ordered-id.ts';
import { boundLockWaits, databaseTime, lockSeconds } from './database/clock.ts';
import {
  CommitUnknownError,
  isForeignKeyViolation,
  isLockTimeout,
  isLostConnection,
  isRetryable,
  isStatementTimeout,
} from './database/database-errors.ts';
import type { Db, Tx } from './database/db.ts';
import { statementMilliseconds } from './database/server-check.ts';
import { inTransaction } from './database/transaction.ts';
import { findInstance } from './features/instances/store.ts';
import { instanceAround, instanceIn, isPlaceOf } from './operations/arn.ts';
import { type BatchLimits, defaultBatchLimits } from './operations/batch-limits.ts';
import type { ByteStore } from './operations/byte-store.ts';
import { identityOf } from './operations/caller.ts';
import type { PermissionRule } from './operations/define-operation.ts';
import { accessDenied, invalidRequest, OperationError } from './operations/errors.ts';
import type { Instance } from './operations/instance.ts';
import { statusOf } from './operations/instance.ts';
import { readNamed } from './operations/named-resources.ts';
import type { OperationCall, Run } from './operations/operation-call.ts';

export interface RunnerOptions {
  readonly db: Db;
  readonly accountId: string;
  readonly publicUrl: () => string;
  /** For tests; the database's clock if left out, or while it answers undefined. */
  readonly now?: (() => Date | undefined) | undefined;
  readonly sealing: Sealing;
  /** Hears of what a call has changed, when it is stored. */
  readonly onChanges?: (changes: readonly Change[], requestId: string) => void;
  /** Those of the settings' defaults if left out. */
  readonly batchLimits?: BatchLimits | undefined;
  /** Days; for good if left out. */
  readonly contactDays?: number | null | undefined;
  readonly recordings: ByteStore;
}

/** A change whose COMMIT is lost this often in a row is given up: it has not happened then. */
const maxRounds = 3;
const findOutMilliseconds = 30_000;

type UntypedHandler = (context: unknown, input: unknown, prepared?: unknown) => Promise<unknown>;
type Written = { output: unknown; changes: readonly Change[] };

/**
 * The only way to an operation, for every door. It finds the instance, judges the caller, opens the transaction of a
 * write, and writes the audit and the change feed into it, so that no handler can forget them.
 * @throws OperationError
 */
export function createRunner(options: RunnerOptions): Run {
  return async function run(call) {
    const { operation, caller } = call;
    const handler = operation.handler as UntypedHandler;
    const contextIn = async (db: Db | Tx, time: Date) => {
      const now = options.now?.() ?? time;
      const instance = await instanceOf(db, call, now);
      // What a request names is read here, once: whatever comes after takes the ids from this input.
      const { input, named } = instance ? readNamed(operation.name, call.input, instance) : notNaming(call.input);
      const { permission, access } = await judge(db, { ...call, input }, instance);
      call.onAllowed?.();
      if (instance && statusOf(instance, now) !== 'ACTIVE' && !operation.duringCreation) throw notActive(instance);
      if (instance) await requireNamedWithin(db, instance, access, named);
      const { region, requestId } = call;
      const account = {
        accountId: options.accountId,
        publicUrl: options.publicUrl(),
        now,
        sealing: options.sealing,
        batchLimits: options.batchLimits ?? defaultBatchLimits,
        contactDays: options.contactDays ?? null,
        recordings: options.recordings,
        bytes: call.bytes ?? null,
      };
      return { permission, instance, input, context: { db, caller, access, region, requestId, ...account, instance } };
    };

    if (operation.kind === 'READ') {
      const { context, input } = await contextIn(options.db, await databaseTime(options.db));
      return handler(context, input).catch((error: unknown) => {
        throw isStatementTimeout(error) ? tookTooLong() : error;
      });
    }
    const prepare = operation.prepare as UntypedHandler | null;
    const beforehand = prepare && (await contextIn(options.db, await databaseTime(options.db)));
    const prepared = beforehand && (await prepare(beforehand.context, beforehand.input));
    const entryId = timeOrderedId();
    let written: Written | undefined;
    const write = () =>
      inTransaction(options.db, async (tx) => {
        const { context, instance, permission, input } = await contextIn(tx, await boundLockWaits(tx));
        written = (await handler(context, input, prepared)) as Written;
        const { output, changes } = written;
        if (instance) await requireWrittenWithin(tx, instance, context.access, changes);
        if (changes.length > 0) {
          const { type, id, name } = identityOf(caller);
          await audit(tx, {
            instanceId: instance?.id ?? null,
            time: context.now,
            operation: operation.name,
            actor: { type, id, name },
            permission,
            requestId: call.requestId,
            entryId,
            changes,
          });
        }
        return output;
      });
    const writeOnce = async (): Promise<unknown> => {
      for (let round = 1; ; round++) {
        try {
          return await write();
        } catch (error) {
          if (!(error instanceof CommitUnknownError)) throw error;
          // What changed nothing may be done again; what did must not be.
          if (written && written.changes.length > 0 && (await hasHappened(options.db, entryId))) return written.output;
          if (round === maxRounds) throw error;
        }
      }
    };
    const output = await writeOnce().catch(async (error: unknown) => {
      // The instance may have been removed in the middle of the request, which is then one for an instance that is not there.
      if (isForeignKeyViolation(error)) {
        await instanceOf(options.db, call, options.now?.() ?? (await databaseTime(options.db)));
      }
      throw isLockTimeout(error) || isRetryable(error) ? heldByOthers() : error;
    });
    options.onChanges?.(written?.changes ?? [], call.requestId);
    return output;
  };
}

/** What was asked is at fault as likely as the database: no error of ours, and none that is tried again at once. */
const tookTooLong = () =>
  new OperationError(
    'ThrottlingException',
    `The database took longer than ${statementMilliseconds / 1000} seconds for this. Ask for less: a shorter time, fewer groupings or a narrower search. Or try again when there is less to do.`,
  );

/** A status that SDKs try again by themselves. */
const heldByOthers = () =>
  new OperationError(
    'TooManyRequestsException',
    `Something else has been changing what this request needs for more than ${lockSeconds} seconds. Nothing was changed. Try again.`,
  );

/** The answer to COMMIT was lost: tells what is true, however long that takes to find out, within reason. */
async function hasHappened(db: Db, entryId: string): Promise<boolean> {
  const deadline = performance.now() + findOutMilliseconds;
  for (;;) {
    try {
      return await isAudited(db, entryId);
    } catch (error) {
      if (isLostConnection(error) && performance.now() < deadline) continue;
      // Not one of the errors that clients answer by sending the same again.
      throw new OperationError(
        'ConflictException',
        'The database was lost while it was to keep this change, and it is not known whether it did. Look at what is there before you try again.',
      );
    }
  }
}

const notActive = ({ id }: Instance) =>
  invalidRequest(`The instance ${id} is still being created. Wait until DescribeInstance answers ACTIVE.`);

const notNaming = (input: OperationCall['input']) => ({ input, named: new Map<never, never>() });

/**
 * Null for an operation of the account. The tag operations name their instance by the ARN of the resource, those on phone
 * numbers and metrics by its own as the TargetArn or ResourceArn.
 */
function referenceOfInstance({ InstanceId, resourceArn, TargetArn, ResourceArn }: OperationCall['input']) {
  if (typeof resourceArn === 'string') return instanceAround(resourceArn);
  const given = InstanceId ?? TargetArn ?? ResourceArn;
  return typeof given === 'string' ? instanceIn(given) : null;
}

async function instanceOf(db: Db | Tx, { input, caller, region }: OperationCall, now: Date): Promise<Instance | null> {
  const given = referenceOfInstance(input);
  if (!given) return null;
  const { id } = given;
  const instance = !given.place || given.place.region === region ? await findInstance(db, id, region, now) : null;
  if (!instance || !isPlaceOf(given, instance)) {
    throw new OperationError(
      'ResourceNotFoundException',
      `There is no instance with the id ${id} in the Region ${region}. Check the id and the Region of the request.`,
    );
  }
  if (caller.kind === 'USER' && caller.instanceId !== instance.id) {
    throw accessDenied('You are signed in to another instance.');
  }
  return instance;
}

interface Judgement {
  /** What allows the call: a permission id, or an access key's action. */
  readonly permission: string;
  readonly access: Access;
}

/** @throws OperationError AccessDeniedException */
async function judge(db: Db | Tx, call: OperationCall, instance: Instance | null): Promise<Judgement> {
  const { operation, caller } = call;
  if (caller.kind === 'ACCESS_KEY') {
    const action = `connect:${operation.name}`;
    if (allows(caller.actions, action)) return { permission: action, access: unlimited };
    throw accessDenied(`The access key ${caller.accessKeyId} is not allowed to call ${action}.`);
  }
  const rule = ruleOf(call);
  if (rule === 'ACCESS_KEY_ONLY' || !instance) {
    throw accessDenied(`${operation.name} can be called with an access key only.`);
  }
  const profiles = await accessProfilesOf(db, caller.userId);
  if (rule === 'ANY_USER') return { permission: 'signed in', access: limitedAccess(profiles, []) };
  const wanted = typeof rule === 'string' ? [rule] : rule;
  const permission = wanted.find((id) => profiles.some(({ permissions }) => permissions.includes(id)));
  if (permission) return { permission, access: limitedAccess(profiles, wanted) };
  throw accessDenied(
    wanted.length === 1
      ? `Your security profiles do not allow this: ${operation.name} needs the permission ${wanted[0]}.`
      : `Your security profiles do not allow this: ${operation.name} needs one of the permissions ${wanted.join(', ')}.`,
  );
}

function ruleOf({ operation, input }: OperationCall): PermissionRule {
  const { permission } = operation;
  return typeof permission === 'function' ? (permission as (input: unknown) => PermissionRule)(input) : permission;
}
