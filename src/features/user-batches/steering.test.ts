import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { batchesOf } from '../../../test/support/batches.ts';
import { centreForFile, makeInstance } from '../../../test/support/centre.ts';
import { arnOf } from '../../operations/arn.ts';

const centre = centreForFile();
const batches = batchesOf(centre);

test('a paused batch is left alone until it is resumed', async () => {
  const ids = await centre.addUsers(4, { prefix: 'paused' });
  const { UserBatchId: id } = await batches.start({ UserIds: ids });
  expect((await batches.steer('Pause', id)).Status).toBe('PAUSED');
  expect(await centre.range()).toBe(false);
  expect((await batches.steer('Resume', id)).Status).toBe('QUEUED');
  await centre.range({ rangeSize: 1 });
  expect((await batches.steer('Pause', id)).Status).toBe('PAUSED');
  expect((await batches.steer('Pause', id)).Status).toBe('PAUSED');
  expect(await centre.living(ids)).toBe(3);
  expect((await batches.steer('Resume', id)).Status).toBe('IN_PROGRESS');
  expect((await batches.steer('Resume', id)).Status).toBe('IN_PROGRESS');
  await centre.work();
  expect((await batches.describe(id)).Status).toBe('COMPLETED');

  const entries = await centre.db.selectFrom('audit_entry').selectAll().where('resource_id', '=', id).execute();
  // Asking for what is so already changes nothing, so it is not audited.
  expect(entries.map((entry) => entry.operation).sort()).toEqual([
    'PauseUserBatch',
    'PauseUserBatch',
    'ResumeUserBatch',
    'ResumeUserBatch',
    'StartUserDeletion',
  ]);
});

test('a stopped batch keeps what is done and leaves the rest untouched', async () => {
  const ids = await centre.addUsers(5, { prefix: 'stopped' });
  const { UserBatchId: id } = await batches.start({ UserIds: [randomUUID(), ...ids] });
  await centre.range({ rangeSize: 3 });
  expect(await batches.steer('Stop', id)).toMatchObject({
    Status: 'STOPPED',
    EndTime: expect.any(Number),
    Counts: { Requested: 6, Succeeded: 2, Failed: 1, Stopped: 3, Remaining: 0 },
  });
  expect((await batches.steer('Stop', id)).Status).toBe('STOPPED');
  expect(await centre.range()).toBe(false);
  expect(await centre.living(ids)).toBe(3);
  expect((await batches.results(id)).map((result) => result.Status)).toEqual([
    'FAILED',
    'SUCCEEDED',
    'SUCCEEDED',
    'STOPPED',
    'STOPPED',
    'STOPPED',
  ]);
  await expect(batches.steer('Resume', id)).rejects.toMatchObject({
    code: 'InvalidRequestException',
    message: 'This user batch is STOPPED and cannot be resumed: only a PAUSED one can be.',
  });
});

test('what has ended cannot be paused or stopped; what has not ended cannot be dismissed or retried', async () => {
  const { UserBatchId: id } = await batches.start({ UserIds: await centre.addUsers(1, { prefix: 'ended' }) });
  for (const state of ['QUEUED', 'PAUSED']) {
    if (state === 'PAUSED') await batches.steer('Pause', id);
    await expect(batches.steer('Dismiss', id)).rejects.toThrow(`is ${state} and cannot be dismissed`);
    await expect(batches.retry(id)).rejects.toThrow(`is ${state} and cannot be retried`);
  }
  await batches.steer('Resume', id);
  await centre.work();
  await expect(batches.steer('Pause', id)).rejects.toThrow('is COMPLETED and cannot be paused');
  await expect(batches.steer('Stop', id)).rejects.toThrow('is COMPLETED and cannot be stopped');
  await expect(batches.retry(id)).rejects.toThrow('is COMPLETED and cannot be retried: none of its records failed');
  expect((await batches.steer('Dismiss', id)).Dismissed).toBe(true);
  expect((await batches.steer('Dismiss', id)).Dismissed).toBe(true);
});

test('a retry takes exactly the failed records, once, and names the batch that it comes from', async () => {
  const ids = await centre.addUsers(2, { prefix: 'retried' });
  const quickConnects = await centre.addQuickConnects(ids.slice(1), 'retried');
  const gone = randomUUID();
  const requester = await centre.signIn('unlucky');
  const { UserBatchId: id } = await batches.start({ UserIds: [gone, ...ids], QuickConnects: 'DELETE' }, requester);
  await centre.range({ rangeSize: 2 });
  await centre.db.deleteFrom('user_security_profile').where('user_id', '=', requester.userId).execute();
  await centre.work();
  expect(await batches.describe(id)).toMatchObject({ Counts: { Succeeded: 1, Failed: 2 }, RetryableCount: 1 });

  const [first, second] = await Promise.all([batches.retry(id), batches.retry(id)]);
  expect(second).toEqual(first);
  expect(first.RequestedCount).toBe(2);
  expect((await batches.describe(id)).RetriedBy).toBe(first.UserBatchId);
  await centre.work();
  expect(await batches.results(first.UserBatchId)).toMatchObject([
    { UserId: gone, Status: 'FAILED' },
    { UserId: ids[1], Username: 'retried00002', Status: 'SUCCEEDED', QuickConnectsDeleted: 1 },
  ]);
  const left = await centre.db.selectFrom('quick_connect').select('id').where('id', 'in', quickConnects).execute();
  expect(left).toEqual([]);
  expect(await batches.retry(id)).toEqual(first);
  // The first batch tells for good what happened in it.
  expect((await batches.describe(id)).Counts.Failed).toBe(2);
});

test('a retry of a stopped batch leaves alone what was stopped', async () => {
  const ids = await centre.addUsers(2, { prefix: 'stopped-retry' });
  const { UserBatchId: id } = await batches.start({ UserIds: [randomUUID(), ...ids] });
  await centre.range({ rangeSize: 1 });
  await batches.steer('Stop', id);
  const { UserBatchId: retry, RequestedCount } = await batches.retry(id);
  expect(RequestedCount).toBe(1);
  await centre.work();
  expect((await batches.describe(retry)).Counts).toMatchObject({ Failed: 1, Succeeded: 0 });
  expect(await centre.living(ids)).toBe(2);
});

test('a batch is found by id and ARN, and only in its own instance', async () => {
  const { UserBatchId: id, UserBatchArn } = await batches.start({ UserIds: [randomUUID()] });
  expect(UserBatchArn).toBe(arnOf(centre.instance, 'user-batch', id));
  expect((await batches.describe(UserBatchArn)).Id).toBe(id);
  const other = await makeInstance(centre.db, 'elsewhere');
  const elsewhere = centre.call('StopUserBatch', { InstanceId: other.id, UserBatchId: id }, centre.key);
  await expect(elsewhere).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  await expect(batches.describe(randomUUID())).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  await expect(batches.describe('no id')).rejects.toMatchObject({ code: 'InvalidParameterException' });
});

test('whoever may see users reads batches; only who may delete them steers', async () => {
  const { UserBatchId: id } = await batches.start({ UserIds: [randomUUID()] });
  const viewer = await centre.signIn('viewer', 'CallCenterManager');
  const agent = await centre.signIn('agent-only', 'Agent');
  await centre.call('DescribeUserBatch', { UserBatchId: id }, viewer);
  await expect(centre.call('DescribeUserBatch', { UserBatchId: id }, agent)).rejects.toThrow('security profiles');
  for (const verb of ['Pause', 'Resume', 'Stop', 'Dismiss', 'Retry']) {
    await expect(centre.send(`${verb}UserBatch`, { UserBatchId: id }, viewer)).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
  }
});

test('the list is newest first, page by page, and by state or dismissal', async () => {
  const made: string[] = [];
  for (let index = 0; index < 5; index++) made.push((await batches.start({ UserIds: [randomUUID()] })).UserBatchId);
  const pages: string[][] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await batches.list({ MaxResults: 2, NextToken });
    pages.push(page.UserBatches.map((batch) => batch.Id));
    if (!page.NextToken) break;
    NextToken = page.NextToken;
  }
  expect(pages.every((page) => page.length <= 2)).toBe(true);
  const all = pages.flat();
  expect(new Set(all).size).toBe(all.length);
  // Several may have come within one millisecond; among those the id decides.
  expect(all.slice(0, 5).sort()).toEqual(made.toSorted());

  await centre.work();
  const [first = ''] = made;
  await batches.steer('Dismiss', first);
  const undismissed = await batches.list({ Dismissed: false, Status: ['COMPLETED_WITH_FAILURES'] });
  expect(undismissed.UserBatches.map((batch) => batch.Id)).not.toContain(first);
  expect(undismissed.UserBatches.map((batch) => batch.Id)).toContain(made[1]);
  const dismissed = await batches.list({ Dismissed: true });
  expect(dismissed.UserBatches.map((batch) => batch.Id)).toContain(first);
  expect((await batches.list({ Status: ['QUEUED', 'IN_PROGRESS'] })).UserBatches).toEqual([]);
  await expect(batches.list({ NextToken: 'nonsense' })).rejects.toMatchObject({ code: 'InvalidParameterException' });
});
