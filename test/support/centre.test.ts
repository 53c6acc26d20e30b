import { expect, test } from 'vitest';
import { centreForFile, monday } from './centre.ts';

const centre = centreForFile({ clock: monday });

test('a request that the wire would refuse reaches no handler', async () => {
  await expect(centre.send('StartUserDeletion', { UserIds: 'all' })).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: expect.stringContaining('UserIds must be a list'),
  });
  await expect(centre.call('ListUsers', { MaxResults: 1001 })).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: expect.stringContaining('MaxResults must be from 1'),
  });
});

test('a call that no declaration knows does not compile', async () => {
  // @ts-expect-error no operation
  await expect(centre.call('ListUsres', {})).rejects.toThrow('There is no operation ListUsres.');
  // @ts-expect-error not one of its members; the wire ignores it
  await centre.call('ListUsers', { Everybody: true });
  // @ts-expect-error no permission
  const permissions: Parameters<typeof centre.signedIn>[0] = ['User.View'];
  expect(permissions).toHaveLength(1);
});

test('time stands where it was put, for calls and for ranges, and is a number in answers', async () => {
  const [id = ''] = await centre.addUsers(1, { prefix: 'timed' });
  const { UserBatchId } = await centre.call('StartUserDeletion', { UserIds: [id] });
  centre.clock = new Date(monday.getTime() + 90_500);
  await centre.work();
  const { UserBatch } = await centre.call('DescribeUserBatch', { UserBatchId });
  const seconds = monday.getTime() / 1000;
  expect(UserBatch).toMatchObject({ CreatedTime: seconds, StartTime: seconds + 90.5, EndTime: seconds + 90.5 });
});
