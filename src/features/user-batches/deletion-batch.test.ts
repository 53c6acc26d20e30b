import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchesOf } from '../../../test/support/batches.ts';
import { type Centre, centreForFile, makeInstance, openCentre } from '../../../test/support/centre.ts';
import { arnOf } from '../../operations/arn.ts';

const centre = centreForFile();
const batches = batchesOf(centre);

describe('a batch that deletes users', () => {
  test('deletes them and their quick connects, and accounts for every one', async () => {
    const ids = await centre.addUsers(12, { prefix: 'leaver' });
    await centre.addQuickConnects(ids.slice(0, 5));
    const { UserBatchId: id, RequestedCount } = await batches.start({ UserIds: ids, QuickConnects: 'DELETE' });
    expect(RequestedCount).toBe(12);
    expect((await batches.describe(id)).Status).toBe('QUEUED');

    expect(await centre.range({ rangeSize: 5 })).toBe(true);
    expect(await batches.describe(id)).toMatchObject({
      Status: 'IN_PROGRESS',
      Counts: { Requested: 12, Succeeded: 5, Failed: 0, Stopped: 0, Remaining: 7, QuickConnectsDeleted: 5 },
    });
    await centre.work();

    expect(await batches.describe(id)).toMatchObject({
      Status: 'COMPLETED',
      RequestedBy: { Type: 'USER', Id: centre.admin.userId, Name: centre.admin.username },
      Counts: { Requested: 12, Succeeded: 12, Failed: 0, Stopped: 0, Remaining: 0, QuickConnectsDeleted: 5 },
      EndTime: expect.any(Number),
    });
    expect(await centre.living(ids)).toBe(0);
    expect(
      (await batches.results(id)).map((result) => [result.UserId, result.Status, result.QuickConnectsDeleted]),
    ).toEqual(ids.map((userId, index) => [userId, 'SUCCEEDED', index < 5 ? 1 : 0]));
  });

  test('audits each deleted user and quick connect once, with what an auditor needs', async () => {
    const ids = await centre.addUsers(3, { prefix: 'audited' });
    const quickConnects = await centre.addQuickConnects(ids.slice(0, 1), 'audited');
    const { UserBatchId: id } = await batches.start({ UserIds: ids, QuickConnects: 'DELETE' });
    await centre.work();

    const entries = await centre.audited(id);
    expect(entries.map((entry) => entry.resourceId).sort()).toEqual([...ids, ...quickConnects].sort());
    expect(entries.find((entry) => entry.resourceId === ids[1])).toMatchObject({
      change: 'DELETED',
      operation: 'StartUserDeletion',
      actor: centre.admin.username,
      permission: 'Users.Delete',
      resourceType: 'agent',
      resourceName: 'audited00002',
      details: {
        FirstName: 'First 2',
        LastName: 'Müller',
        RoutingProfile: { Name: 'Basic Routing Profile' },
        SecurityProfiles: [{ Name: 'Agent' }],
        Tags: {},
      },
    });
    expect(entries.find((entry) => entry.resourceId === quickConnects[0])).toMatchObject({
      resourceType: 'transfer-destination',
      permission: 'TransferDestinations.Delete',
      resourceName: `audited ${ids[0]}`,
    });
    const changes = await centre.db.selectFrom('change_entry').selectAll().where('resource_id', 'in', ids).execute();
    expect(changes.filter((entry) => entry.change === 'DELETED')).toHaveLength(3);
    const submission = await centre.db.selectFrom('audit_entry').selectAll().where('resource_id', '=', id).execute();
    expect(submission).toMatchObject([
      { change: 'CREATED', resource_type: 'user-batch', resource_name: 'DELETION of 3 users' },
    ]);
  });

  test('leaves the quick connects as orphans when it was told to KEEP them, which is the default', async () => {
    const ids = await centre.addUsers(2, { prefix: 'kept' });
    const quickConnects = await centre.addQuickConnects(ids, 'kept');
    const { UserBatchId: id } = await batches.start({ UserIds: ids });
    await centre.work();
    const left = await centre.db.selectFrom('quick_connect').select('id').where('id', 'in', quickConnects).execute();
    expect(left).toHaveLength(2);
    expect((await batches.describe(id)).Counts).toMatchObject({ Succeeded: 2, QuickConnectsDeleted: 0 });
  });

  test('takes logins, and a login that nobody has fails as a record', async () => {
    const ids = await centre.addUsers(2, { prefix: 'login' });
    const { UserBatchId: id, RequestedCount } = await batches.start({
      Usernames: ['login00001', 'nobody', 'login00002', 'login00001', 'Login00001'],
    });
    // A login in another case is the same user, who is one record.
    expect(RequestedCount).toBe(3);
    // Whoever gets the login after the submission is not who was meant.
    const [newcomer = ''] = await centre.addUsers(1, { prefix: 'nobody' });
    await centre.db.updateTable('users').set({ username: 'nobody' }).where('id', '=', newcomer).execute();
    await centre.work();
    expect(await batches.results(id)).toMatchObject([
      { UserId: ids[0], Username: 'login00001', Status: 'SUCCEEDED' },
      {
        Username: 'nobody',
        Status: 'FAILED',
        ErrorCode: 'ResourceNotFoundException',
        Reason:
          'The user nobody does not exist in this instance, and nothing says that it ever did. Look for a typing error.',
        Retryable: false,
      },
      { UserId: ids[1], Status: 'SUCCEEDED' },
    ]);
    expect(await centre.living([newcomer])).toBe(1);
  });

  test('freezes a search when it is submitted', async () => {
    const ids = await centre.addUsers(3, { prefix: 'found' });
    const Search = {
      SearchCriteria: {
        StringCondition: { FieldName: 'Username', Value: 'found', ComparisonType: 'STARTS_WITH' as const },
      },
    };
    const { UserBatchId: id, RequestedCount } = await batches.start({ Search });
    expect(RequestedCount).toBe(3);
    const later = await centre.addUsers(1, { prefix: 'found-later' });
    await centre.work();
    expect(await centre.living(ids)).toBe(0);
    expect(await centre.living(later)).toBe(1);
    expect((await batches.results(id)).map((result) => result.Username).sort()).toEqual([
      'found00001',
      'found00002',
      'found00003',
    ]);
  });

  test('tells no order of logins when it was made from a search: not in its results, nor in who is deleted when', async () => {
    const ids = await centre.addUsers(9, { prefix: 'unordered' });
    const Search = {
      SearchCriteria: {
        StringCondition: { FieldName: 'Username', Value: 'unordered', ComparisonType: 'STARTS_WITH' as const },
      },
    };
    const { UserBatchId: id } = await batches.start({ Search });
    await centre.range({ rangeSize: 4 });
    const first = (await batches.results(id, { Status: ['SUCCEEDED'] })).map((result) => result.UserId);
    expect(first).toEqual(ids.toSorted().slice(0, 4));
    await centre.work();
    await centre.call('CreateSecurityProfile', {
      SecurityProfileName: 'Reads batches',
      Permissions: ['Users.Delete'],
    });
    const reader = await centre.signIn('reads-batches', 'Reads batches');
    const read = await centre.call('ListUserBatchResults', { UserBatchId: id }, reader);
    expect(read.Results.map(({ UserId, Username }) => [UserId, Username])).toEqual(
      ids.toSorted().map((UserId) => [UserId, undefined]),
    );
    const file = await centre.download('DownloadUserBatchResults', { UserBatchId: id }, reader);
    let text = '';
    for await (const chunk of file.chunks) text += chunk;
    expect(text.match(/[\da-f]{8}-[\da-f-]{27}/g)).toEqual(ids.toSorted());
  });

  test('counts a user once, however often and in whatever form it was named', async () => {
    const [first = '', second = ''] = await centre.addUsers(2, { prefix: 'twice' });
    const { UserBatchId: id, RequestedCount } = await batches.start({
      UserIds: [second, first, arnOf(centre.instance, 'agent', first), first.toUpperCase(), second],
    });
    expect(RequestedCount).toBe(2);
    await centre.work();
    expect((await batches.results(id)).map((result) => [result.UserId, result.Status])).toEqual([
      [second, 'SUCCEEDED'],
      [first, 'SUCCEEDED'],
    ]);
  });
});

describe('a record fails with its reason, and takes nobody along', () => {
  test('when the user is gone already: by whom, when and with what', async () => {
    const [single = '', batched = '', fresh = ''] = await centre.addUsers(3, { prefix: 'gone' });
    await centre.call('DeleteUser', { UserId: single });
    const earlier = await batches.start({ UserIds: [batched] }, centre.key);
    await centre.work();

    const { UserBatchId: id } = await batches.start({ UserIds: [single, batched, fresh] });
    await centre.work();
    expect(await batches.describe(id)).toMatchObject({
      Status: 'COMPLETED_WITH_FAILURES',
      Counts: { Succeeded: 1, Failed: 2 },
      RetryableCount: 0,
    });
    // The names are those that the audit kept: at submission the user was gone.
    const [one, two] = await batches.results(id, { Status: ['FAILED'] });
    expect(one).toMatchObject({
      UserId: single,
      Username: 'gone00001',
      FirstName: 'First 1',
      ErrorCode: 'ResourceNotFoundException',
      Retryable: false,
    });
    expect(one?.Reason).toMatch(
      /^The user gone00001 was deleted by admin00001 on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, with DeleteUser\.$/,
    );
    expect(two?.Reason).toContain(`deleted by TESTKEY on `);
    expect(two?.Reason).toContain(`with the user batch ${earlier.UserBatchId}`);
  });

  test('when the instance never had the user, another instance’s included', async () => {
    const other = await makeInstance(centre.db, 'other');
    const [foreign = ''] = await centre.addUsers(1, { instance: other, prefix: 'foreign' });
    const unknown = randomUUID();
    const { UserBatchId: id } = await batches.start({ UserIds: [unknown, foreign] });
    await centre.work();
    const all = await batches.results(id);
    expect(all.map((result) => [result.ErrorCode, result.Reason, result.Username])).toEqual(
      [unknown, foreign].map((userId) => [
        'ResourceNotFoundException',
        `The user with the id ${userId} does not exist in this instance, and nothing says that it ever did. Look for a typing error.`,
        undefined,
      ]),
    );
    expect(await centre.living([foreign])).toBe(1);
  });

  test('when it is the ARN of another instance, Region or account: nobody here is meant', async () => {
    const other = await makeInstance(centre.db, 'by-arn');
    const [userId = '', leaver = ''] = await centre.addUsers(2, { prefix: 'stays' });
    const elsewhere = [other, { ...centre.instance, region: 'eu-west-2' }, { ...centre.instance, accountId: '1' }];
    const arns = elsewhere.map((place) => arnOf(place, 'agent', userId));
    const { UserBatchId: id } = await batches.start({ UserIds: [...arns, leaver] });
    await centre.work();
    const all = await batches.results(id);
    expect(all.map((result) => [result.Status, result.ErrorCode, result.UserId, result.Given])).toEqual([
      ...arns.map((arn) => ['FAILED', 'ResourceNotFoundException', undefined, arn]),
      ['SUCCEEDED', undefined, leaver, undefined],
    ]);
    expect(all[0]?.Reason).toBe(
      'Entry 1 of UserIds is the ARN of a user of another instance, Region or account, so nobody here is meant.',
    );
    expect(await centre.living([userId])).toBe(1);
  });

  test('when it is the requester', async () => {
    const [other = ''] = await centre.addUsers(1, { prefix: 'with-oneself' });
    const { UserBatchId: id } = await batches.start({ UserIds: [centre.admin.userId, other] });
    await centre.work();
    expect(await batches.results(id)).toMatchObject([
      {
        Status: 'FAILED',
        ErrorCode: 'InvalidRequestException',
        Reason: 'Nobody can delete themselves. Ask another administrator to delete this user.',
        Retryable: false,
      },
      { Status: 'SUCCEEDED' },
    ]);
  });

  test('when the requester lost the permission after the submission, or is gone; an administrator can try again', async () => {
    const manager = await centre.signIn('manager');
    const leaver = await centre.signIn('leaving-manager');
    const ids = await centre.addUsers(2, { prefix: 'permission' });
    const demoted = await batches.start({ UserIds: ids.slice(0, 1), QuickConnects: 'DELETE' }, manager);
    const left = await batches.start({ UserIds: ids.slice(1) }, leaver);
    await centre.db.deleteFrom('user_security_profile').where('user_id', '=', manager.userId).execute();
    await centre.call('DeleteUser', { UserId: leaver.userId });
    await centre.work();

    const [first] = await batches.results(demoted.UserBatchId);
    expect(first).toMatchObject({ Status: 'FAILED', ErrorCode: 'AccessDeniedException', Retryable: true });
    expect(first?.Reason).toContain('no longer has the permission Users.Delete and TransferDestinations.Delete');
    expect(await batches.results(left.UserBatchId)).toMatchObject([{ ErrorCode: 'AccessDeniedException' }]);
    expect(await centre.living(ids)).toBe(2);
    expect((await batches.describe(demoted.UserBatchId)).RetryableCount).toBe(1);

    const retry = await batches.retry(demoted.UserBatchId);
    await centre.work();
    expect(await batches.describe(retry.UserBatchId)).toMatchObject({
      Status: 'COMPLETED',
      RetryOf: demoted.UserBatchId,
      RequestedBy: { Name: centre.admin.username },
    });
    expect(await centre.living(ids)).toBe(1);
  });

  test('when the access key that requested it is disabled, narrowed or deleted by now', async () => {
    const ids = await centre.addUsers(5, { prefix: 'key' });
    const keys = await Promise.all(
      ids.map(async () => {
        const made = await centre.call('CreateAccessKey', { Actions: ['connect:*'] }, centre.key);
        return made.AccessKey.AccessKeyId;
      }),
    );
    const started = [];
    for (const [index, accessKeyId] of keys.entries()) {
      const caller = { kind: 'ACCESS_KEY', accessKeyId, actions: ['connect:*'] } as const;
      started.push(await batches.start({ UserIds: [ids[index] ?? ''], QuickConnects: 'DELETE' }, caller));
    }
    const [disabled = '', narrowed = '', deleted = '', half = ''] = keys;
    await centre.call('UpdateAccessKey', { AccessKeyId: disabled, Status: 'DISABLED' }, centre.key);
    await centre.call('UpdateAccessKey', { AccessKeyId: narrowed, Actions: ['connect:List*'] }, centre.key);
    await centre.call('DeleteAccessKey', { AccessKeyId: deleted }, centre.key);
    await centre.call('UpdateAccessKey', { AccessKeyId: half, Actions: ['connect:StartUserDeletion'] }, centre.key);
    await centre.work();
    const outcomes = await Promise.all(started.map(async (batch) => (await batches.results(batch.UserBatchId))[0]));
    const denied = { Status: 'FAILED', ErrorCode: 'AccessDeniedException', Retryable: true };
    expect(outcomes).toMatchObject([denied, denied, denied, denied, { Status: 'SUCCEEDED' }]);
    expect(outcomes[2]?.Reason).toContain(`The access key ${deleted}, which requested this, may no longer call`);
    expect(outcomes[3]?.Reason).toContain('may no longer call connect:DeleteQuickConnect.');
  });

  test('when quick connects go too and only the permission for that is lost', async () => {
    const caller = await centre.signIn('half-manager');
    const ids = await centre.addUsers(1, { prefix: 'half' });
    const { UserBatchId: id } = await batches.start({ UserIds: ids, QuickConnects: 'DELETE' }, caller);
    const profile = randomUUID();
    const row = { id: profile, instance_id: centre.instance.id, name: 'Deletes users only' };
    await centre.db
      .insertInto('security_profile')
      .values({
        ...row,
        permissions: ['Users.Delete'],
        last_modified_time: new Date(),
        last_modified_region: 'us-east-1',
      })
      .execute();
    await centre.db
      .updateTable('user_security_profile')
      .set({ security_profile_id: profile })
      .where('user_id', '=', caller.userId)
      .execute();
    await centre.work();
    const [result] = await batches.results(id);
    expect(result?.Reason).toContain('no longer has the permission TransferDestinations.Delete');
    await expect(batches.start({ UserIds: ids, QuickConnects: 'DELETE' }, caller)).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
    await batches.start({ UserIds: ids, QuickConnects: 'KEEP' }, caller);
    await centre.work();
    expect(await centre.living(ids)).toBe(0);
  });
});

describe('the last user who can administer users', () => {
  let small: Centre;
  beforeAll(async () => {
    small = await openCentre();
  });
  afterAll(() => small.close());

  test('stays, and it is the last one named of several', async () => {
    const profile = randomUUID();
    await small.db
      .insertInto('security_profile')
      .values({
        id: profile,
        instance_id: small.instance.id,
        name: 'Deletes users only',
        permissions: ['Users.Delete', 'Users.View'],
        last_modified_time: new Date(),
        last_modified_region: 'us-east-1',
      })
      .execute();
    const deleter = await small.signIn('deleter', 'Deletes users only');
    const second = await small.signIn('second-admin');
    const [agent = ''] = await small.addUsers(1);
    const UserIds = [second.userId, small.admin.userId, agent];

    const preview = await small.call('PreviewUserDeletion', { UserIds }, deleter);
    expect(preview.Summary).toMatchObject({ DeletableCount: 2, RefusedCount: 1, LastAdministratorSelected: true });
    await expect(
      small
        .call('DeleteUser', { UserId: second.userId }, deleter)
        .then(() => small.call('DeleteUser', { UserId: small.admin.userId }, deleter)),
    ).rejects.toThrow('last user who can administer users');

    const third = await small.signIn('third-admin');
    const { UserBatchId } = await batchesOf(small).start(
      { UserIds: [small.admin.userId, third.userId, agent] },
      deleter,
    );
    await small.work();
    const listed = await small.call('ListUserBatchResults', { UserBatchId }, deleter);
    expect(listed.Results).toMatchObject([
      { UserId: small.admin.userId, Status: 'SUCCEEDED' },
      { UserId: third.userId, Status: 'FAILED', ErrorCode: 'InvalidRequestException', Retryable: true },
      { UserId: agent, Status: 'SUCCEEDED' },
    ]);

    // An access key is account-level, as IAM is: it may take the last one too.
    const byKey = await batchesOf(small).start({ UserIds: [third.userId] }, small.key);
    await small.work();
    expect(byKey.RequestedCount).toBe(1);
    expect(await small.living([third.userId])).toBe(0);
  });
});
