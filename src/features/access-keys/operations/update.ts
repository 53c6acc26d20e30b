import { updated } from '../../../audit/change.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { label, list, string, structure } from '../../../operations/shapes.ts';
import { lockOrRefuse, refuseBeyondOwn } from '../rules.ts';
import {
  accessKeyConstraints,
  accessKeyIdConstraint,
  accessKeyMember,
  describeAccessKey,
  statusConstraint,
} from '../shapes.ts';
import { named, snapshotOf } from '../snapshots.ts';
import { updateAccessKey } from '../store.ts';

export const changeAccessKey = defineExtensionWrite(
  'UpdateAccessKey',
  {
    method: 'POST',
    uri: '/access-keys/{AccessKeyId}',
    summary:
      'Changes the actions or the description of an access key, or disables and enables it. Takes effect at once.' +
      ' A key that may do more than the caller’s cannot be changed.',
    input: structure({
      AccessKeyId: label(),
      Status: string<'ENABLED' | 'DISABLED'>(),
      Actions: list(string()),
      Description: string(),
    }),
    output: structure({ AccessKey: accessKeyMember }),
  },
  {
    permission: 'ACCESS_KEY_ONLY',
    constraints: { ...accessKeyConstraints, ...accessKeyIdConstraint, ...statusConstraint },
    async handler({ db, caller }, input) {
      const before = await lockOrRefuse(db, caller, input.AccessKeyId);
      const after = {
        ...before,
        status: input.Status ?? before.status,
        actions: input.Actions ?? before.actions,
        description: input.Description === undefined ? before.description : input.Description || null,
      };
      refuseBeyondOwn(caller, after.actions);
      const changes = differences(snapshotOf(before), snapshotOf(after));
      if (changes) await updateAccessKey(db, before.id, after);
      return { ...updated(...named(before.id), changes), output: { AccessKey: describeAccessKey(after) } };
    },
  },
);
