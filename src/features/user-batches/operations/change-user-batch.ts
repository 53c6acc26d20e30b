import { updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { identityOf } from '../../../operations/caller.ts';
import { defineExtensionWrite, type InstanceContext } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { structure } from '../../../operations/shapes.ts';
import { kindPermissions, requireKind } from '../kinds/index.ts';
import { requirePermission } from '../permissions.ts';
import { stopPendingRecords } from '../record-store.ts';
import { decideDismiss, decidePause, decideResume, decideStop } from '../rules.ts';
import { batchConstraints, batchMembers, batchOf, describe, nameOf, oneUserBatch } from '../shapes.ts';
import { findUserBatch, lockUserBatch, setDismissed, setStatus, setStopped } from '../store.ts';
import type { UserBatch, UserBatchStatus } from '../types.ts';

interface Verb<Name> {
  readonly name: Name;
  readonly path: string;
  readonly summary: string;
  readonly decide: (batch: UserBatch) => { readonly status: UserBatchStatus } | 'UNCHANGED' | Error;
  readonly apply: (context: InstanceContext<Tx>, batch: UserBatch, status: UserBatchStatus) => Promise<void>;
}

/**
 * The four that steer a batch are one thing: lock it (which waits for the running range, some tens of milliseconds),
 * decide by its state, change it, answer it. Any administrator may steer a batch, whoever requested it.
 */
function steer<Name extends string>(verb: Verb<Name>) {
  return defineExtensionWrite(
    verb.name,
    {
      method: 'POST',
      uri: `/user-batches/{InstanceId}/{UserBatchId}/${verb.path}`,
      summary: verb.summary,
      input: structure(batchMembers),
      output: oneUserBatch,
    },
    {
      permission: kindPermissions,
      constraints: batchConstraints,
      handler: async (context, input) => {
        const { db, instance } = context;
        const batch = await batchOf(context, input.UserBatchId, lockUserBatch);
        requirePermission(context, requireKind(batch));
        const decision = verb.decide(batch);
        if (decision instanceof Error) throw decision;
        if (decision === 'UNCHANGED') return { output: { UserBatch: describe(context, batch) }, changes: [] };
        await verb.apply(context, batch, decision.status);
        const changed = (await findUserBatch(db, instance.id, batch.id)) ?? batch;
        const named = { id: batch.id, name: nameOf(batch, batch.counts.requested) };
        const { changes } = updated('user-batch', named, differences(steered(batch), steered(changed)));
        return { output: { UserBatch: describe(context, changed) }, changes };
      },
    },
  );
}

/** What steering changes. */
const steered = ({ status, dismissed }: UserBatch) => ({ Status: status, Dismissed: dismissed });

const setTo = ({ db }: InstanceContext<Tx>, batch: UserBatch, status: UserBatchStatus) =>
  setStatus(db, batch.id, status);

export const pauseUserBatch = steer({
  name: 'PauseUserBatch',
  path: 'pause',
  summary: 'Takes no further record of a batch until it is resumed. What is done stays done.',
  decide: decidePause,
  apply: setTo,
});

export const resumeUserBatch = steer({
  name: 'ResumeUserBatch',
  path: 'resume',
  summary: 'Goes on with a paused batch.',
  decide: decideResume,
  apply: setTo,
});

export const stopUserBatch = steer({
  name: 'StopUserBatch',
  path: 'stop',
  summary: 'Ends a batch for good: what is done stays done, what was still pending is left untouched and STOPPED.',
  decide: decideStop,
  apply: async ({ db, now }, batch) => {
    const stopped = await stopPendingRecords(db, batch.id, now);
    await setStopped(db, batch.id, stopped, now);
  },
});

export const dismissUserBatch = steer({
  name: 'DismissUserBatch',
  path: 'dismiss',
  summary: 'Leaves the failed records of an ended batch as they are and closes its banner. Its results stay readable.',
  decide: decideDismiss,
  apply: ({ db, caller, now }, batch) => setDismissed(db, batch.id, identityOf(caller).name, now),
});
