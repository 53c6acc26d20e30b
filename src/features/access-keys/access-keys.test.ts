import { beforeEach, expect, test } from 'vitest';
import { firstKey } from '../../../test/support/assembled.ts';
import { refusalOf } from '../../../test/support/callers.ts';
import { centreForEach, monday } from '../../../test/support/centre.ts';
import { createSealing } from '../../access/sealing.ts';
import type { Caller } from '../../operations/caller.ts';
import { createFindAccessKey } from './find.ts';

const first = { id: 'FIRSTKEY', secret: firstKey.secret };
const centre = centreForEach({ as: 'ACCESS_KEY', clock: monday });
let find: ReturnType<typeof createFindAccessKey>;

beforeEach(async () => {
  find = createFindAccessKey({ db: centre.db, first, sealing: createSealing(first.secret), now: () => centre.clock });
});

interface Made {
  AccessKey: { AccessKeyId: string; Actions: string[]; Status: string; LastUsedTime?: number };
  SecretAccessKey: string;
}

const make = (actions: string[], caller?: Caller) => centre.call('CreateAccessKey', { Actions: actions }, caller);

async function callerOf(made: Made): Promise<Caller> {
  const found = await find(made.AccessKey.AccessKeyId);
  if (!found) throw new Error('the key is not found');
  return found.caller;
}

test('a key may do what its actions say, by name or by pattern, and nothing else', async () => {
  const caller = await callerOf(await make(['connect:List*', 'connect:describeinstance']));
  await centre.call('ListInstances', {}, caller);
  await centre.call('ListUsers', {}, caller);
  await centre.call('DescribeInstance', {}, caller);
  expect(await refusalOf(centre.call('SearchUsers', {}, caller))).toBe('AccessDeniedException');
});

test('its secret is in the answer once, and neither in the list, the audit nor the table', async () => {
  const made = await make(['connect:*']);
  expect((await find(made.AccessKey.AccessKeyId))?.secret).toBe(made.SecretAccessKey);
  expect(JSON.stringify(await centre.call('ListAccessKeys', {}))).not.toContain(made.SecretAccessKey);
  expect(JSON.stringify(await centre.history(made.AccessKey.AccessKeyId))).not.toContain(made.SecretAccessKey);
  const row = await centre.db.selectFrom('access_key').select('sealed_secret').executeTakeFirstOrThrow();
  expect(row.sealed_secret.toString('latin1')).not.toContain(made.SecretAccessKey);
});

test('a key that was sealed under another first access key is not known', async () => {
  const made = await make(['connect:*']);
  const other = createFindAccessKey({ db: centre.db, first, sealing: createSealing('else'), now: () => centre.clock });
  expect(await other(made.AccessKey.AccessKeyId)).toBeNull();
});

test('a disabled or deleted key is not known; an enabled one is again', async () => {
  const { AccessKeyId } = (await make(['connect:*'])).AccessKey;
  await centre.call('UpdateAccessKey', { AccessKeyId, Status: 'DISABLED' });
  expect(await find(AccessKeyId)).toBeNull();
  await centre.call('UpdateAccessKey', { AccessKeyId, Status: 'ENABLED' });
  expect(await find(AccessKeyId)).not.toBeNull();
  await centre.call('DeleteAccessKey', { AccessKeyId });
  expect(await find(AccessKeyId)).toBeNull();
  expect(await refusalOf(centre.call('DeleteAccessKey', { AccessKeyId }))).toBe('ResourceNotFoundException');
  expect((await centre.history(AccessKeyId)).map(({ change }) => change)).toEqual([
    'CREATED',
    'UPDATED',
    'UPDATED',
    'DELETED',
  ]);
});

test('no key can make or change one to be allowed more than itself', async () => {
  const maker = await callerOf(await make(['connect:CreateAccessKey', 'connect:UpdateAccessKey', 'connect:List*']));
  const made = await make(['connect:ListUsers', 'connect:List*Users'], maker);
  expect(await refusalOf(make(['connect:*'], maker))).toBe('AccessDeniedException');
  expect(await refusalOf(make(['connect:L*'], maker))).toBe('AccessDeniedException');
  const { AccessKeyId } = made.AccessKey;
  const beyond = centre.call('UpdateAccessKey', { AccessKeyId, Actions: ['connect:DeleteUser'] }, maker);
  expect(await refusalOf(beyond)).toBe('AccessDeniedException');
});

test('no key can cut down, disable, enable, describe or delete one that may do more than itself', async () => {
  const actions = ['connect:UpdateAccessKey', 'connect:DeleteAccessKey', 'connect:List*'];
  const weak = await callerOf(await make(actions));
  for (const Actions of [['connect:*'], ['connect:ListUsers', 'connect:DeleteUser']]) {
    const { AccessKeyId } = (await make(Actions)).AccessKey;
    for (const change of [{ Actions: ['connect:ListUsers'] }, { Status: 'DISABLED' }, { Description: 'mine' }, {}]) {
      const changed = centre.send('UpdateAccessKey', { AccessKeyId, ...change }, weak);
      expect(await refusalOf(changed), JSON.stringify(change)).toBe('AccessDeniedException');
    }
    expect(await refusalOf(centre.call('DeleteAccessKey', { AccessKeyId }, weak))).toBe('AccessDeniedException');
    expect(await find(AccessKeyId)).not.toBeNull();
    expect((await centre.history(AccessKeyId)).map(({ change }) => change)).toEqual(['CREATED']);
  }
  const { AccessKeyId } = (await make(['connect:ListUsers'])).AccessKey;
  await centre.call('UpdateAccessKey', { AccessKeyId, Status: 'DISABLED' }, weak);
  await centre.call('DeleteAccessKey', { AccessKeyId }, weak);
});

test('somebody who is signed in cannot touch access keys, whatever their permissions', async () => {
  const admin = await centre.signedIn(['Users.Create', 'Users.Delete', 'Users.Edit']);
  expect(await refusalOf(make(['connect:*'], admin))).toBe('AccessDeniedException');
  expect(await refusalOf(centre.call('ListAccessKeys', {}, admin))).toBe('AccessDeniedException');
});

test.each([[[]], [['connect:']], [['s3:GetObject']], [['connect:Delete User']], [Array(101).fill('connect:*')]])(
  'actions that are none are refused: %j',
  async (actions) => {
    expect(await refusalOf(make(actions))).toBe('InvalidParameterException');
  },
);

test('the last use is known to the minute, without a write at every request', async () => {
  const { AccessKeyId } = (await make(['connect:*'])).AccessKey;
  const lastUsed = async () => {
    const { AccessKeys } = await centre.call('ListAccessKeys', {});
    return AccessKeys[0]?.LastUsedTime;
  };
  expect(await lastUsed()).toBeUndefined();
  await (await find(AccessKeyId))?.used();
  const once = centre.clock.getTime() / 1000;
  expect(await lastUsed()).toBe(once);
  centre.clock = new Date(centre.clock.getTime() + 59_000);
  await (await find(AccessKeyId))?.used();
  expect(await lastUsed()).toBe(once);
  centre.clock = new Date(centre.clock.getTime() + 1000);
  await (await find(AccessKeyId))?.used();
  expect(await lastUsed()).toBe(once + 60);
});

test('a row that something else holds does not hold up the requests of its key', async () => {
  const { AccessKeyId } = (await make(['connect:*'])).AccessKey;
  const holder = await centre.db.startTransaction().execute();
  await holder.selectFrom('access_key').select('id').where('id', '=', AccessKeyId).forUpdate().execute();
  // Would wait until the holder's transaction ends, which is after it.
  await (await find(AccessKeyId))?.used();
  await holder.rollback().execute();
  const { AccessKeys } = await centre.call('ListAccessKeys', {});
  expect(AccessKeys[0]).not.toHaveProperty('LastUsedTime');
});

test('the list has every key once, page by page', async () => {
  for (let round = 0; round < 5; round += 1) await make(['connect:*']);
  const seen: string[] = [];
  let token: string | undefined;
  do {
    const page = await centre.call('ListAccessKeys', {
      MaxResults: 2,
      ...(token && { NextToken: token }),
    });
    seen.push(...page.AccessKeys.map((key) => key.AccessKeyId));
    token = page.NextToken;
  } while (token);
  expect(new Set(seen).size).toBe(5);
  expect(seen).toHaveLength(5);
});
