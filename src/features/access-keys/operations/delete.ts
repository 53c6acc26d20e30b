import { deleted } from '../../../audit/change.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { label, structure } from '../../../operations/shapes.ts';
import { lockOrRefuse } from '../rules.ts';
import { accessKeyIdConstraint } from '../shapes.ts';
import { named, snapshotOf } from '../snapshots.ts';
import { deleteAccessKey } from '../store.ts';

export const removeAccessKey = defineExtensionWrite(
  'DeleteAccessKey',
  {
    method: 'DELETE',
    uri: '/access-keys/{AccessKeyId}',
    summary:
      'Deletes an access key. Requests that it signs are refused from then on. A key that may do more than the caller’s' +
      ' cannot be deleted.',
    input: structure({ AccessKeyId: label() }),
    output: structure({}),
  },
  {
    permission: 'ACCESS_KEY_ONLY',
    constraints: accessKeyIdConstraint,
    async handler({ db, caller }, input) {
      const key = await lockOrRefuse(db, caller, input.AccessKeyId);
      await deleteAccessKey(db, key.id);
      return deleted(...named(key.id), snapshotOf(key));
    },
  },
);
