import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runRange } from '../../src/features/user-batches/run-range.ts';
import { type Api, apiOf } from '../support/api.ts';
import type { BatchResult } from '../support/batches.ts';
import { type LiveServer, startLiveServer } from '../support/live-server.ts';
import type { Answer } from '../support/operations.ts';

type StartedBatch = Answer<'StartUserDeletion'>;

/** The batch operations as a script sees them: over HTTP, signed, by path. What they do is tested beside them. */
let server: LiveServer;
let call: Api['send'];
let batches: string;
beforeAll(async () => {
  server = await startLiveServer();
  call = apiOf(server).send;
  batches = `/user-batches/${server.instance.id}`;
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  await server.close();
});

const work = async () => {
  const options = { db: server.database.db, rangeSize: 500, log: { warn: () => {}, error: () => {} } };
  while ((await runRange(options)) !== 'NOTHING');
};

test('a batch from its submission to its dismissal', async () => {
  const missing = [randomUUID(), randomUUID()];
  const request = { UserIds: missing, QuickConnects: 'DELETE', ClientToken: 'over the wire' };
  const preview = await call<{ Summary: object; Users: object[] }>('POST', `${batches}/deletions/preview`, {
    UserIds: missing,
  });
  expect(preview).toMatchObject({ status: 200, body: { Summary: { NeverExistedCount: 2, SelfSelected: false } } });

  const started = await call<StartedBatch>('POST', `${batches}/deletions`, request);
  expect(started).toMatchObject({ status: 202, body: { RequestedCount: 2 } });
  expect((await call('POST', `${batches}/deletions`, request)).body).toEqual(started.body);
  const batch = `${batches}/${started.body.UserBatchId}`;
  expect((await call('POST', `${batch}/pause`)).body).toMatchObject({ UserBatch: { Status: 'PAUSED' } });
  expect((await call('POST', `${batch}/resume`)).body).toMatchObject({ UserBatch: { Status: 'QUEUED' } });
  await work();

  const described = await call<Answer<'DescribeUserBatch'>>('GET', batch);
  expect(described.body.UserBatch).toMatchObject({
    Id: started.body.UserBatchId,
    Arn: started.body.UserBatchArn,
    Type: 'DELETION',
    Status: 'COMPLETED_WITH_FAILURES',
    QuickConnects: 'DELETE',
    RequestedBy: { Type: 'ACCESS_KEY', Id: server.accessKeyId, Name: server.accessKeyId },
    Dismissed: false,
  });
  expect(described.body.UserBatch.CreatedTime).toBeTypeOf('number');
  const byArn = await call('GET', `${batches}/${encodeURIComponent(started.body.UserBatchArn)}`);
  expect(byArn.body).toEqual(described.body);

  const page = await call<Answer<'ListUserBatchResults'>>('GET', `${batch}/results?maxResults=1`);
  const next = await call<{ Results: BatchResult[] }>(
    'GET',
    `${batch}/results?maxResults=1&nextToken=${page.body.NextToken}&status=FAILED&status=STOPPED`,
  );
  expect([...page.body.Results, ...next.body.Results].map((result) => result.UserId)).toEqual(missing);
  expect((await call('GET', `${batch}/results?status=SUCCEEDED`)).body).toEqual({ Results: [] });
  const file = await call<string>('GET', `${batch}/results.csv?status=FAILED`);
  expect(file.body.split('\r\n').slice(1, 3)).toEqual([
    expect.stringContaining(missing[0] ?? ''),
    expect.stringContaining(missing[1] ?? ''),
  ]);

  const retry = await call<StartedBatch>('POST', `${batch}/retry`);
  expect(retry).toMatchObject({ status: 202, body: { RequestedCount: 2 } });
  expect((await call('POST', `${batches}/${retry.body.UserBatchId}/stop`)).body).toMatchObject({
    UserBatch: { Status: 'STOPPED', RetryOf: started.body.UserBatchId, Counts: { Stopped: 2 } },
  });
  expect((await call('POST', `${batch}/dismiss`)).body).toMatchObject({ UserBatch: { Dismissed: true } });
  const list = await call<Answer<'ListUserBatches'>>(
    'GET',
    `${batches}?dismissed=false&status=STOPPED&status=COMPLETED_WITH_FAILURES&maxResults=10`,
  );
  expect(list.body.UserBatches.map((one) => one.Id)).toEqual([retry.body.UserBatchId]);
});

test('100,000 users named by ARN fit into one request', async () => {
  const arn = `arn:aws:connect:us-east-1:123456789012:instance/${server.instance.id}/agent/`;
  const UserIds = Array.from({ length: 100_000 }, () => `${arn}${randomUUID()}`);
  const started = await call<StartedBatch>('POST', `${batches}/deletions`, { UserIds });
  expect(started).toMatchObject({ status: 202, body: { RequestedCount: 100_000 } });
  expect((await call('POST', `${batches}/${started.body.UserBatchId}/stop`)).status).toBe(200);
  const file = await call<string>('GET', `${batches}/${started.body.UserBatchId}/results.csv`);
  expect(file.body.split('\r\n')).toHaveLength(100_002);
});

describe('what cannot be meant is a modelled error that says what to change', () => {
  const one = randomUUID();
  test.each([
    ['ids that are no list', { UserIds: 'all' }],
    ['ids that are no text', { UserIds: [1] }],
    ['an unknown wish for quick connects', { UserIds: [one], QuickConnects: 'MAYBE' }],
    ['a client token of 501 characters', { UserIds: [one], ClientToken: 'x'.repeat(501) }],
    ['an empty client token', { UserIds: [one], ClientToken: '' }],
    ['a search that is no structure', { Search: 'everybody' }],
    ['an unknown comparison', { Search: { SearchCriteria: { StringCondition: { ComparisonType: 'LIKE' } } } }],
    ['a login of 501 characters', { Usernames: ['x'.repeat(501)] }],
  ])('%s', async (_what, request) => {
    const answer = await call<{ Message: string }>('POST', `${batches}/deletions`, request);
    expect(answer.status).toBe(400);
    expect(answer.body.Message).toMatch(/\S/);
  });

  test.each(['status=DONE', 'maxResults=0', 'maxResults=1001', 'nextToken=nonsense', 'dismissed=perhaps'])(
    'a list with %s',
    async (query) => {
      expect((await call('GET', `${batches}?${query}`)).status).toBe(400);
    },
  );

  test('a search for everybody needs no condition, and unknown members are ignored', async () => {
    const answer = await call('POST', `${batches}/deletions/preview`, { Search: {}, FromTheFuture: true });
    expect(answer).toMatchObject({ status: 200, body: { Summary: { RequestedCount: 1 } } });
  });
});
