import type { Access } from '../../../access/access-control.ts';
import type { PermissionId } from '../../../access/permissions.ts';
import type { Tx } from '../../../database/db.ts';
import type { Instance } from '../../../operations/instance.ts';
import type { TypedMember } from '../../../operations/shapes.ts';
import type { PendingRecord, RecordOutcome, UserBatch, UserBatchType } from '../types.ts';

/** What carrying out certain instructions takes besides the permission of the kind, of a signed-in user or an access key. */
export interface Need {
  readonly permission: PermissionId;
  readonly action: `connect:${string}`;
  /** What takes it, for the refusal: "delete quick connects too". */
  readonly doing: string;
  /** How to do without it: "Choose QuickConnects KEEP". */
  readonly instead: string;
}

/**
 * All that is particular to a kind of user batch. `Instructions` are the same for every record of a batch, a `Payload` is
 * one record's own; both are kept as JSON, the instructions with the names that they have on the wire.
 */
export interface BatchKind<Instructions extends object, Payload extends object, Count extends string> {
  readonly type: UserBatchType;
  /** The operation that starts such a batch. A retry is audited as the same. */
  readonly operation: string;
  /** What starting, steering and trying again take. By virtue of this one a range reaches whom it reaches. */
  readonly permission: PermissionId;
  /** Judged when the batch is asked for, and again at each of its ranges. */
  readonly needs: (instructions: Instructions) => readonly Need[];
  /** As in "somebody who may delete users". */
  readonly doing: string;
  /** The instructions on the wire: in the request that starts a batch, and in what is told of it. */
  readonly members: { readonly [Name in keyof Instructions]: TypedMember<Instructions[Name]> };
  /** What it counts besides its records: the name on the wire, and the title of the column in the results file. */
  readonly counts: Readonly<Record<Count, string>>;
  readonly execute: Executor<Instructions, Payload, Count>;
}

/** Somebody's range, as an executor gets it: whoever asked for it may have it done, as far as `access` reaches. */
export interface Task<Instructions> {
  readonly instance: Instance;
  readonly instructions: Instructions;
  readonly requester: UserBatch['requestedBy'] & { readonly access: Access };
}

/**
 * Does to a range of records what its batch asks for, in the range's transaction, and answers an outcome for each. One
 * that succeeded says what it changed: the range writes audit and change feed of that. It throws only for what nobody
 * expects, and then nothing was done.
 */
export type Executor<Instructions = never, Payload = never, Count extends string = string> = (
  tx: Tx,
  task: Task<Instructions>,
  records: readonly PendingRecord<Payload>[],
  time: Date,
) => Promise<RecordOutcome<Count>[]>;

/** A kind as whatever holds for all of them sees it. */
export type AnyKind = Omit<BatchKind<never, never, string>, 'members'> & {
  readonly members: Readonly<Record<string, TypedMember<unknown>>>;
};
