import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError, addressOf, call, fetchFile, listAll, onSignedOut, onStaleToken, setCredentials } from './client.ts';
import type { May } from './permissions.ts';

/** The network is the edge of the website: what is sent over it is looked at, what comes back is given. */
function network(...answers: (Response | Error)[]) {
  const sent: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const answer = answers.shift() ?? new Response('{}');
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return sent;
}

const refusal = (status: number, code: string, Message: string, Reason?: string) =>
  new Response(JSON.stringify({ Message, __type: code, Reason }), { status, headers: { 'x-amzn-errortype': code } });

beforeEach(() => setCredentials({ instanceId: 'i-1', csrfToken: 'token' }));
afterEach(() => {
  vi.unstubAllGlobals();
  onSignedOut(() => {});
  onStaleToken(async () => false);
});

const describe = () => call('DescribeUser', { UserId: 'u-1' });
const reset = () => call('ResetUserPassword', { UserId: 'u-1', Password: 'Secret-1' });

test('an address names the instance and repeats what is a list', () => {
  expect(addressOf('ListQueues', { QueueTypes: ['STANDARD', 'AGENT'], NextToken: undefined })).toBe(
    '/queues-summary/i-1?queueTypes=STANDARD&queueTypes=AGENT',
  );
});

test('what is in the path is encoded there, and nowhere else', async () => {
  const sent = network();
  await call('UntagResource', { resourceArn: 'arn:a/b', tagKeys: ['x', 'y'] });
  expect(sent).toMatchObject([{ url: '/tags/arn%3Aa%2Fb?tagKeys=x&tagKeys=y', init: { method: 'DELETE' } }]);
  expect(sent[0]?.init.body).toBeUndefined();
});

test('searches have the instance in their body', async () => {
  const sent = network();
  await call('SearchUsers', { MaxResults: 5 });
  expect(sent).toMatchObject([{ url: '/search-users', init: { body: '{"InstanceId":"i-1","MaxResults":5}' } }]);
});

test('a call that the declarations do not know does not compile', async () => {
  network();
  // @ts-expect-error no operation
  expect(() => call('StartUserDeletoin', {})).toThrow();
  // @ts-expect-error a member that it does not have
  await call('StartUserDeletion', { Usernames: ['ana'], Confirm: true });
  // @ts-expect-error not one of its values
  await call('StartUserDeletion', { Usernames: ['ana'], QuickConnects: 'DROP' });
  // @ts-expect-error without what it needs
  await call('DescribeUserBatch', {});
  // @ts-expect-error an answer without such a member
  expect((await call('StartUserDeletion', { Usernames: ['ana'] })).BatchId).toBeUndefined();
  const { UserBatch } = await call('DescribeUserBatch', { UserBatchId: 'b' });
  // @ts-expect-error a time is a number of seconds
  const time: Date | undefined = UserBatch?.CreatedTime;
  const seconds: number | undefined = UserBatch?.CreatedTime;
  expect([time, seconds]).toEqual([undefined, undefined]);
});

test('a permission that does not exist does not compile', () => {
  const may: May = (permission) => permission === 'Users.View';
  expect(may('Users.View')).toBe(true);
  // @ts-expect-error
  expect(may('User.View')).toBe(false);
});

test('every method but GET carries the CSRF token', async () => {
  const sent = network();
  await describe();
  await reset();
  const headers = sent.map(({ init }) => new Headers(init.headers).get('x-csrf-token'));
  expect(headers).toEqual([null, 'token']);
  expect(sent[1]?.init.body).toBe('{"Password":"Secret-1"}');
});

test('a refusal is an ApiError with the code and the words of the server', async () => {
  network(refusal(404, 'ResourceNotFoundException:http://x', 'There is no user.'));
  const error = await describe().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 404, code: 'ResourceNotFoundException', message: 'There is no user.' });
});

test('an answer that is no JSON, and no answer at all, are ApiErrors too', async () => {
  network(new Response('<html>', { status: 502 }), new TypeError('failed to fetch'));
  await expect(describe()).rejects.toMatchObject({ status: 502, code: 'Http502' });
  await expect(describe()).rejects.toMatchObject({ status: 0, code: 'Unreachable' });
});

test('an ended session is told to the one place that asked', async () => {
  const told = vi.fn();
  onSignedOut(told);
  network(
    refusal(401, 'ExpiredTokenException', 'The session has ended. Sign in again.'),
    refusal(403, 'MissingAuthenticationTokenException', 'The request is not signed.'),
    refusal(403, 'AccessDeniedException', 'You need the permission Users.View.'),
  );
  for (const status of [401, 403, 403]) await expect(describe()).rejects.toMatchObject({ status });
  expect(told).toHaveBeenCalledTimes(2);
});

test('a token that another tab has replaced is renewed, and the call sent again once', async () => {
  const stale = () => refusal(403, 'AccessDeniedException', 'Whatever the words are.', 'CSRF_TOKEN_NOT_VALID');
  onStaleToken(async () => {
    setCredentials({ instanceId: 'i-1', csrfToken: 'new' });
    return true;
  });
  const sent = network(stale(), new Response('{"Done":true}'));
  expect(await reset()).toEqual({ Done: true });
  expect(sent.map(({ init }) => new Headers(init.headers).get('x-csrf-token'))).toEqual(['token', 'new']);

  const again = network(stale(), stale());
  await expect(reset()).rejects.toMatchObject({ status: 403 });
  expect(again).toHaveLength(2);
});

test('all pages of a list are put together', async () => {
  const page = (ids: string[], NextToken?: string) =>
    new Response(JSON.stringify({ UserSummaryList: ids.map((Id) => ({ Id })), NextToken }));
  const sent = network(page(['1', '2'], 'n'), page(['3']));
  expect((await listAll('ListUsers', 'UserSummaryList', {})).map(({ Id }) => Id)).toEqual(['1', '2', '3']);
  expect(sent.map(({ url }) => url)).toEqual([
    '/users-summary/i-1?maxResults=1000',
    '/users-summary/i-1?maxResults=1000&nextToken=n',
  ]);
});

test('a file comes under the name that the server gives it, and is refused as any call is', async () => {
  const headers = { 'content-disposition': 'attachment; filename="users-2026-01-02.csv"' };
  const sent = network(
    new Response('first name\r\n', { headers }),
    refusal(403, 'AccessDeniedException', 'You need Users.View.'),
  );
  const file = await fetchFile('DownloadUsers', { UserIds: ['u-1'] });
  expect(file.name).toBe('users-2026-01-02.csv');
  expect(await file.content.text()).toBe('first name\r\n');
  expect(sent).toMatchObject([{ url: '/user-details/i-1/users.csv', init: { body: '{"UserIds":["u-1"]}' } }]);
  await expect(fetchFile('DownloadUsers', {})).rejects.toMatchObject({ code: 'AccessDeniedException' });
});
