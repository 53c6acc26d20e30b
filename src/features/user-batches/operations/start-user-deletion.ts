import { identityOf } from '../../../operations/caller.ts';
import { instanceId, length, oneOf, range } from '../../../operations/constraints.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { invalidRequest, OperationError } from '../../../operations/errors.ts';
import { integer, label, string, structure } from '../../../operations/shapes.ts';
import { requireMeant } from '../expected-count.ts';
import { deletion } from '../kinds/deletion.ts';
import { requirePermissions } from '../permissions.ts';
import { insertRecords } from '../record-store.ts';
import { hashOf, mostRecords, selectionConstraints, selectionMembers, selectionOf, tooMany } from '../selection.ts';
import { startedAnswer, startedBatch } from '../shapes.ts';
import { findUserBatchByToken } from '../store.ts';
import { submit } from '../submission.ts';

export const startUserDeletion = defineExtensionWrite(
  deletion.operation,
  {
    method: 'POST',
    uri: '/user-batches/{InstanceId}/deletions',
    status: 202,
    summary:
      'Accepts a batch that deletes up to 100,000 users in the background. Exactly one of UserIds, Usernames, Emails and Search says which; a search finds only those whose names the caller may see, and is frozen at this moment. Of an entry in a list, white space and quotes around it, invisible characters, and what mail programs put around an address (`Ann <a@b>`, `mailto:`) are ignored. A login means who has exactly this one, living before deleted, else the only one that differs in case alone, marked CaseDiffers; an e-mail address, primary or secondary, means the only one who has or had it. An entry that fits several is a failed record with the ErrorCode AMBIGUOUS, one that cannot be read is one with its position in the Reason. With ExpectedCount it is accepted only if that many users are meant; a search that matches everybody needs it. With QuickConnects DELETE the quick connects that point at a user go with it; with KEEP, the default, they stay as orphans. DELETE needs the permission TransferDestinations.Delete besides, or of an access key connect:DeleteQuickConnect. A ClientToken makes it harmless to send the same request again.',
    input: structure({
      InstanceId: label(),
      ...selectionMembers,
      ExpectedCount: integer(),
      ...deletion.members,
      ClientToken: string(),
    }),
    output: startedBatch,
  },
  {
    permission: deletion.permission,
    constraints: {
      ...instanceId,
      ...selectionConstraints,
      ExpectedCount: range(1, mostRecords),
      QuickConnects: oneOf('DELETE', 'KEEP'),
      ClientToken: length(1, 500),
    },
    handler: async (context, input) => {
      const { db, instance, caller, access } = context;
      const instructions = { QuickConnects: input.QuickConnects ?? 'KEEP' };
      const selection = selectionOf(input, instance);
      requirePermissions(context, deletion, instructions);
      const clientToken = input.ClientToken ?? null;
      const requestHash = hashOf(selection, instructions);
      const asked = { type: deletion.type, instructions, clientToken, requestHash, retryOf: null } as const;

      const submitted = await submit(context, asked, async (batchId) => {
        // One row more than allowed is enough to see that a search finds too many; the refusal takes it back.
        const count = await insertRecords(db, batchId, instance, selection, access, mostRecords + 1);
        if (count > mostRecords) throw tooMany(`The search finds more than ${mostRecords} users`);
        await requireMeant(db, instance, selection, count, input.ExpectedCount);
        if (count === 0) throw invalidRequest('The search matches no user, so there is nothing to delete.');
        return count;
      });
      if (submitted) return { output: startedAnswer(instance, submitted.batch), changes: submitted.changes };

      const earlier = clientToken && (await findUserBatchByToken(db, instance.id, identityOf(caller), clientToken));
      if (!earlier) throw new Error('A client token is taken, but by no batch.');
      if (earlier.requestHash !== requestHash) {
        throw new OperationError(
          'IdempotencyException',
          `This ClientToken was used for the user batch ${earlier.id}, which is another request. Use a new token for a new request.`,
        );
      }
      return { output: startedAnswer(instance, earlier), changes: [] };
    },
  },
);
