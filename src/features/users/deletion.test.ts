import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { centreForFile, makeInstance, openCentre } from '../../../test/support/centre.ts';
import { untilItWaits } from '../../../test/support/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import { arnOf } from '../../operations/arn.ts';
import { lockInstance } from '../instances/store.ts';

const centre = centreForFile();

test('DeleteUser answers nothing, and not found the second time, saying by whom', async () => {
  const [id = ''] = await centre.addUsers(1, { prefix: 'single' });
  expect(await centre.call('DeleteUser', { UserId: arnOf(centre.instance, 'agent', id) }, centre.key)).toEqual({});
  expect(await centre.living([id])).toBe(0);
  await expect(centre.call('DeleteUser', { UserId: id })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: expect.stringMatching(/was deleted by TESTKEY on .* UTC, with DeleteUser\.$/),
  });
  const entries = await centre.db.selectFrom('audit_entry').selectAll().where('resource_id', '=', id).execute();
  expect(entries).toMatchObject([
    { operation: 'DeleteUser', change: 'DELETED', resource_name: 'single00001', permission: 'connect:DeleteUser' },
  ]);
});

test('the audit keeps of who is deleted all that IdentityInfo said', async () => {
  const [UserId = ''] = await centre.addUsers(1, { prefix: 'described' });
  await centre.call('UpdateUserIdentityInfo', {
    UserId,
    IdentityInfo: {
      FirstName: 'Ada',
      LastName: 'Lovelace',
      Email: 'ada@example.com',
      SecondaryEmail: 'ada@home.example',
      Mobile: '+14155550100',
    },
  });
  const { User } = await centre.call('DescribeUser', { UserId });
  await centre.call('DeleteUser', { UserId });
  const { details } = await centre.db
    .selectFrom('audit_entry')
    .select('details')
    .where('resource_id', '=', UserId)
    .where('change', '=', 'DELETED')
    .executeTakeFirstOrThrow();
  expect(Object.keys(User?.IdentityInfo ?? {})).toHaveLength(5);
  expect(details).toMatchObject({ ...User?.IdentityInfo });
});

test('DeleteUser leaves the quick connects to the user as orphans, and the login free', async () => {
  const ids = await centre.addUsers(1, { prefix: 'orphaning' });
  const quickConnects = await centre.addQuickConnects(ids);
  await centre.call('DeleteUser', { UserId: ids[0] ?? '' });
  const left = await centre.db.selectFrom('quick_connect').select('user_id').where('id', 'in', quickConnects).execute();
  expect(left).toEqual([{ user_id: ids[0] }]);
  const [again] = await centre.addUsers(1, { prefix: 'orphaning' });
  expect(again).not.toBe(ids[0]);
});

test('DeleteUser ends the sessions of the user', async () => {
  const [id = ''] = await centre.addUsers(1, { prefix: 'session' });
  const now = new Date();
  await centre.db
    .insertInto('session')
    .values({
      token_hash: Buffer.alloc(32, 1),
      user_id: id,
      instance_id: centre.instance.id,
      csrf_token: 'token',
      created_time: now,
      expires_time: now,
    })
    .execute();
  await centre.call('DeleteUser', { UserId: id });
  expect(await centre.db.selectFrom('session').select('user_id').execute()).toEqual([]);
});

test('DeleteUser reaches nobody of another instance', async () => {
  const other = await makeInstance(centre.db, 'other');
  const [foreign = ''] = await centre.addUsers(1, { instance: other });
  for (const UserId of [foreign, arnOf(other, 'agent', foreign), randomUUID()]) {
    await expect(centre.call('DeleteUser', { UserId }, centre.key)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  }
  expect(await centre.living([foreign])).toBe(1);
});

test('nobody who is signed in deletes themselves', async () => {
  await expect(centre.call('DeleteUser', { UserId: centre.admin.userId })).rejects.toMatchObject({
    code: 'InvalidRequestException',
    message: 'Nobody can delete themselves. Ask another administrator to delete this user.',
  });
});

test('the last administrator stays also when the other one goes in the same moment', async () => {
  const pair = await openCentre();
  try {
    const other = await pair.signIn('other-admin');
    await pair.db
      .insertInto('security_profile')
      .values({
        id: randomUUID(),
        instance_id: pair.instance.id,
        name: 'Deletes users only',
        permissions: ['Users.Delete'],
        last_modified_time: new Date(),
        last_modified_region: 'us-east-1',
      })
      .execute();
    const deleter = await pair.signIn('deleter', 'Deletes users only');
    let deletion: Promise<unknown> = Promise.resolve();
    await inTransaction(pair.db, async (tx) => {
      // As every writer does that takes an administrator away.
      await lockInstance(tx, pair.instance.id);
      await tx.deleteFrom('users').where('id', '=', pair.admin.userId).execute();
      deletion = pair.call('DeleteUser', { UserId: other.userId }, deleter);
      await untilItWaits(pair.db, deletion);
    });
    await expect(deletion).rejects.toThrow('last user who can administer users');
    expect(await pair.living([other.userId])).toBe(1);
  } finally {
    await pair.close();
  }
});
