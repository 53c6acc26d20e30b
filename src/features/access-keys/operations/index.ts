import { allows } from '../../../access/actions.ts';
import { newAccessKey } from '../../../access-key.ts';
import { creationOf, deleted, updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { type Caller, identityOf } from '../../../operations/caller.ts';
import { defineExtensionRead, defineExtensionWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { accessDenied, OperationError } from '../../../operations/errors.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { integer, label, list, query, required, string, structure } from '../../../operations/shapes.ts';
import {
  accessKeyConstraints,
  accessKeyIdConstraint,
  accessKeyMember,
  describeAccessKey,
  pageConstraint,
  statusConstraint,
} from '../shapes.ts';
import {
  type AccessKeyRow,
  deleteAccessKey,
  insertAccessKey,
  listAccessKeys,
  lockAccessKey,
  updateAccessKey,
} from '../store.ts';

/** For the audit: a key has no name but its id. */
const named = (id: string) => ['access-key', { id, name: id }] as const;
const snapshotOf = ({ status, actions, description }: AccessKeyRow) => ({
  Status: status,
  Actions: actions,
  Description: description,
});

function beyondOwn(caller: Caller, actions: readonly string[]): string | undefined {
  const own = caller.kind === 'ACCESS_KEY' ? caller.actions : [];
  return actions.find((action) => !allows(own, action));
}

/** Nobody gives away what they do not have, or a key for one action could make itself a key for all. */
function refuseBeyondOwn(caller: Caller, actions: readonly string[]): void {
  const beyond = beyondOwn(caller, actions);
  if (beyond) throw accessDenied(`This access key is not allowed ${beyond} itself, so it cannot allow it to another.`);
}

/**
 * The key, for a change. Nor does anybody take away what they do not have: a key for one action could disable, cut down or
 * delete the keys of those who administer.
 */
async function lockOrRefuse(tx: Tx, caller: Caller, id: string): Promise<AccessKeyRow> {
  const key = await lockAccessKey(tx, id);
  if (key) {
    const beyond = beyondOwn(caller, key.actions);
    if (!beyond) return key;
    throw accessDenied(`The access key ${id} is allowed ${beyond}, and this one is not, so it cannot change that one.`);
  }
  throw new OperationError(
    'ResourceNotFoundException',
    `There is no access key ${id}. The first access key is kept in the settings or the data folder, not here.`,
  );
}

const createAccessKey = defineExtensionWrite(
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
      const row: AccessKeyRow = {
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

const listKeys = defineExtensionRead(
  'ListAccessKeys',
  {
    method: 'GET',
    uri: '/access-keys',
    summary: 'The access keys that were made with CreateAccessKey, oldest first, with their last use. Never a secret.',
    input: structure({ MaxResults: query('maxResults', integer()), NextToken: query('nextToken', string()) }),
    output: structure({ AccessKeys: list(accessKeyMember), NextToken: string() }),
  },
  {
    permission: 'ACCESS_KEY_ONLY',
    constraints: pageConstraint,
    async handler({ db }, { MaxResults: size = 100, NextToken }) {
      const page = pageOfRows(await listAccessKeys(db, startOf(NextToken), size + 1), size, 'access-keys', (row) => [
        row.createdTime.getTime(),
        row.id,
      ]);
      return { AccessKeys: page.rows.map(describeAccessKey), NextToken: page.nextToken };
    },
  },
);

/** @throws InvalidParameterException for a token that no page of this list gave */
function startOf(token: string | undefined): { createdTime: Date; id: string } | null {
  const key = decodeToken('access-keys', token, 2);
  if (!key) return null;
  const [time, id] = key;
  const createdTime = new Date(typeof time === 'number' ? time : Number.NaN);
  if (Number.isNaN(createdTime.getTime()) || typeof id !== 'string') throw unusableToken();
  return { createdTime, id };
}

const update = defineExtensionWrite(
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

const remove = defineExtensionWrite(
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

export const accessKeyOperations = [createAccessKey, listKeys, update, remove] as const;
