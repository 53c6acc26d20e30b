import { type Change, deletionOf } from '../../../audit/change.ts';
import { deletionsOf, inWords } from '../../../audit/store.ts';
import { referenceIn } from '../../../operations/arn.ts';
import { instanceId, items } from '../../../operations/constraints.ts';
import { defineExtensionWrite, defineWrite } from '../../../operations/define-operation.ts';
import { type ErrorCode, notFound, OperationError } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { label, list, nested, required, string, structure } from '../../../operations/shapes.ts';
import { snapshotOf } from '../rules.ts';
import { deleteQuickConnects } from '../store.ts';
import type { QuickConnect } from '../types.ts';

const deleted = (quickConnect: QuickConnect): Change =>
  deletionOf('transfer-destination', quickConnect, snapshotOf(quickConnect));

/** Its associations with queues go with it. */
export const deleteQuickConnect = defineWrite('DeleteQuickConnect', {
  permission: 'TransferDestinations.Delete',
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.QuickConnectId;
    const gone = await deleteQuickConnects(db, instance.id, [id]);
    if (gone.length === 0) throw notFound('transfer-destination', id);
    return { output: {}, changes: gone.map(deleted) };
  },
});

export const batchDeleteQuickConnects = defineExtensionWrite(
  'BatchDeleteQuickConnects',
  {
    method: 'POST',
    uri: '/quick-connect-deletions/{InstanceId}',
    summary:
      'Deletes up to 1,000 quick connects in one transaction; one that cannot be deleted does not keep the others.',
    input: structure({ InstanceId: label(), QuickConnectIds: required(list(string())) }),
    output: structure({
      Deleted: required(list(string())),
      Failed: required(
        list(
          nested(
            structure({
              QuickConnectId: required(string()),
              ErrorCode: required(string<ErrorCode>()),
              Reason: required(string()),
            }),
          ),
        ),
      ),
    }),
  },
  {
    permission: 'TransferDestinations.Delete',
    constraints: { ...instanceId, QuickConnectIds: items(1, 1000) },
    handler: async ({ db, instance }, input) => {
      const { ids, failed } = readIds(input.QuickConnectIds, instance);
      const gone = await deleteQuickConnects(db, instance.id, ids);
      const deletedIds = new Set(gone.map((one) => one.id));
      const missing = ids.filter((id) => !deletedIds.has(id));
      const earlier = await deletionsOf(db, instance.id, missing);
      for (const id of missing) {
        const deletion = earlier.get(id);
        const { message } = notFound('transfer-destination', id);
        const Reason = deletion ? `${message} It was ${inWords(deletion)}.` : message;
        failed.push({ QuickConnectId: id, ErrorCode: 'ResourceNotFoundException', Reason });
      }
      return { output: { Deleted: [...deletedIds], Failed: failed }, changes: gone.map(deleted) };
    },
  },
);

/** The ids once each, and a failure for whatever is no id of a quick connect of this instance. */
function readIds(given: readonly string[], instance: Instance) {
  const ids = new Set<string>();
  const failed: { QuickConnectId: string; ErrorCode: ErrorCode; Reason: string }[] = [];
  for (const text of new Set(given)) {
    try {
      ids.add(referenceIn(text, 'transfer-destination', instance).id);
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
      failed.push({ QuickConnectId: text, ErrorCode: error.code, Reason: error.message });
    }
  }
  return { ids: [...ids], failed };
}
