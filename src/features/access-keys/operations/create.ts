import { newAccessKey } from '../../../access-key.ts';
import { creationOf } from '../../../audit/change.ts';
import { identityOf } from '../../../operations/caller.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { list, required, string, structure } from '../../../operations/shapes.ts';
import { refuseBeyondOwn } from '../rules.ts';
import { accessKeyConstraints, accessKeyMember, describeAccessKey } from '../shapes.ts';
import { named, snapshotOf } from '../snapshots.ts';
import { insertAccessKey } from '../store.ts';
import type { AccessKeyDetails } from '../types.ts';

export const createAccessKey = defineExtensionWrite(
  'CreateAccessKey',
  {
    method: 'PUT',
    uri: '/access-keys',
    summary: 'Makes an access key for the given actions. The secret is in this answer and nowhere else.',
    input: structure({ Actions: required(list(string())), Description: string() }),
    output: structure({ AccessKey: accessKeyMember, SecretAccessKey: string() }),
  },
  {
    permission: 'ACCESS_KEY_ONLY',
    constraints: accessKeyConstraints,
    async handler({ db, caller, now, sealing }, input) {
      refuseBeyondOwn(caller, input.Actions);
      const { id, secret } = newAccessKey();
      const row: AccessKeyDetails = {
        id,
        description: input.Description || null,
        actions: input.Actions,
        status: 'ENABLED',
        createdTime: now,
        createdBy: identityOf(caller).name,
        lastUsedTime: null,
      };
      await insertAccessKey(db, { ...row, sealedSecret: sealing.seal(secret, id) });
      return {
        output: { AccessKey: describeAccessKey(row), SecretAccessKey: secret },
        changes: [creationOf(...named(id), snapshotOf(row))],
      };
    },
  },
);
