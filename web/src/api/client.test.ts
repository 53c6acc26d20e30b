import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError, address, call, listAll, onSignedOut, onStaleToken, setCredentials } from './client.ts';

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

const refusal = (status: number, code: string, Message: string) =>
  new Response(JSON.stringify({ Message, __type: code }), { status, headers: { 'x-amzn-errortype': code } });

beforeEach(() => setCredentials({ instanceId: 'i-1', csrfToken: 'token' }));
afterEach(() => {
  vi.unstubAllGlobals();
  onSignedOut(() => {});
  onStaleToken(async () => false);
});

test('an address names the instance and repeats what is a list', () => {
  expect(address('/queues-summary/{InstanceId}', { queueTypes: ['STANDARD', 'AGENT'], nextToken: undefined })).toBe(
    '/queues-summary/i-1?queueTypes=STANDARD&queueTypes=AGENT',
  );
});

test('every method but GET carries the CSRF token', async () => {
  const sent = network();
  await call('GET', '/x');
  await call('POST', '/x', { body: { A: 1 } });
  const headers = sent.map(({ init }) => new Headers(init.headers).get('x-csrf-token'));
  expect(headers).toEqual([null, 'token']);
  expect(sent[1]?.init.body).toBe('{"A":1}');
});

test('a refusal is an ApiError with the code and the words of the server', async () => {
  network(refusal(404, 'ResourceNotFoundException:http://x', 'There is no user.'));
  const error = await call('GET', '/x').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 404, code: 'ResourceNotFoundException', message: 'There is no user.' });
});

test('an answer that is no JSON, and no answer at all, are ApiErrors too', async () => {
  network(new Response('<html>', { status: 502 }), new TypeError('failed to fetch'));
  await expect(call('GET', '/x')).rejects.toMatchObject({ status: 502, code: 'Http502' });
  await expect(call('GET', '/x')).rejects.toMatchObject({ status: 0, code: 'Unreachable' });
});

test('an ended session is told to the one place that asked', async () => {
  const told = vi.fn();
  onSignedOut(told);
  network(
    refusal(401, 'ExpiredTokenException', 'The session has ended. Sign in again.'),
    refusal(403, 'MissingAuthenticationTokenException', 'The request is not signed.'),
    refusal(403, 'AccessDeniedException', 'You need the permission Users.View.'),
  );
  for (const status of [401, 403, 403]) await expect(call('GET', '/x')).rejects.toMatchObject({ status });
  expect(told).toHaveBeenCalledTimes(2);
});

test('a token that another tab has replaced is renewed, and the call sent again once', async () => {
  const stale = () =>
    refusal(403, 'AccessDeniedException', 'The header x-csrf-token is missing or not that of the session.');
  onStaleToken(async () => {
    setCredentials({ instanceId: 'i-1', csrfToken: 'new' });
    return true;
  });
  const sent = network(stale(), new Response('{"Done":true}'));
  expect(await call('POST', '/x')).toEqual({ Done: true });
  expect(sent.map(({ init }) => new Headers(init.headers).get('x-csrf-token'))).toEqual(['token', 'new']);

  const again = network(stale(), stale());
  await expect(call('POST', '/x')).rejects.toMatchObject({ status: 403 });
  expect(again).toHaveLength(2);
});

test('all pages of a list are put together', async () => {
  const sent = network(new Response('{"Items":[1,2],"NextToken":"n"}'), new Response('{"Items":[3]}'));
  expect(await listAll<number>('/x', 'Items')).toEqual([1, 2, 3]);
  expect(sent.map(({ url }) => url)).toEqual(['/x?maxResults=1000', '/x?maxResults=1000&nextToken=n']);
});
