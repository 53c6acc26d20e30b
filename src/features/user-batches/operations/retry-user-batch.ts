import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { accessDenied } from '../../../operations/errors.ts';
import { structure } from '../../../operations/shapes.ts';
import { kindPermissions, requireKind } from '../kinds/index.ts';
import { requirePermission, requirePermissions } from '../permissions.ts';
import { copyFailedRecords } from '../record-store.ts';
import { decideRetry } from '../rules.ts';
import { batchConstraints, batchMembers, batchOf, startedAnswer, startedBatch } from '../shapes.ts';
import { tellsNames } from '../shown-records.ts';
import { lockUserBatch } from '../store.ts';
import { submit } from '../submission.ts';

export const retryUserBatch = defineExtensionWrite(
  'RetryUserBatch',
  {
    method: 'POST',
    uri: '/user-batches/{InstanceId}/{UserBatchId}/retry',
    status: 202,
    summary:
      'Submits exactly the failed records of an ended batch as a new batch with the same instructions, on behalf of the caller. A batch is retried once: asked again, it answers the batch that the first retry made.',
    input: structure(batchMembers),
    output: startedBatch,
  },
  {
    permission: kindPermissions,
    constraints: batchConstraints,
    handler: async (context, input) => {
      const { db, instance } = context;
      const batch = await batchOf(context, input.UserBatchId, lockUserBatch);
      const kind = requireKind(batch);
      requirePermission(context, kind);
      const decision = decideRetry(batch);
      if (decision instanceof Error) throw decision;
      if (decision === 'UNCHANGED' && batch.retriedBy) {
        const retry = await batchOf(context, batch.retriedBy);
        return { output: startedAnswer(instance, retry), changes: [] };
      }
      requirePermissions(context, kind, batch.instructions);
      if (!tellsNames(context, batch)) {
        throw accessDenied(
          'Your security profiles do not show you every user, so you can try again the user batches only that you requested.',
        );
      }
      const { type, instructions, requestHash } = batch;
      const asked = { type, instructions, requestHash, clientToken: null, retryOf: batch.id };
      const submitted = await submit(context, asked, (retryId) => copyFailedRecords(db, batch.id, retryId));
      if (!submitted) throw new Error('A batch without a client token cannot have been submitted before.');
      return { output: startedAnswer(instance, submitted.batch), changes: submitted.changes };
    },
  },
);
