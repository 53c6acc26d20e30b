import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  ConnectClient,
  ConnectServiceException,
  CreateUserCommand,
  DeleteUserCommand,
  DeleteUserHierarchyGroupCommand,
  DescribePromptCommand,
  DescribeUserCommand,
  ListTagsForResourceCommand,
  paginateListUsers,
  ResourceInUseException,
  ResourceNotFoundException,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-connect';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accessKey, type FakeConnect, startFakeConnect } from './fake-connect.ts';
import { fakeOperations } from './fake-operations.ts';

/** A name for a resource with all that is awkward in a path. */
const arn = "arn:aws:connect:us-east-1:123456789012:instance/a b/agent/é+ñ%2F😀?#&=;~!'()*";

let server: FakeConnect;
let client: ConnectClient;

beforeAll(async () => {
  server = await startFakeConnect(fakeOperations({ chunks: async function* () {} }));
  client = new ConnectClient({ region: 'us-east-1', endpoint: server.url, credentials: accessKey });
});
afterAll(async () => {
  client.destroy();
  await server.close();
});
beforeEach(() => {
  server.calls.length = 0;
});

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => new Error('it was accepted'),
    (error: unknown) => error,
  );

describe('the AWS SDK', () => {
  test('sends awkward labels, query keys and bodies unharmed, over HTTP', async () => {
    await client.send(new TagResourceCommand({ resourceArn: arn, tags: { 'cost centre': 'é +/=' } }));
    await client.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['a b', 'c+d', 'é/:=', 'a b'] }));
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags).toEqual({ arn });
    expect(server.calls.map((call) => call.input)).toEqual([
      { resourceArn: arn, tags: { 'cost centre': 'é +/=' } },
      { resourceArn: arn, tagKeys: ['a b', 'c+d', 'é/:=', 'a b'] },
      { resourceArn: arn },
    ]);
  });

  test('pages through a list', async () => {
    const names: (string | undefined)[] = [];
    for await (const page of paginateListUsers({ client, pageSize: 100 }, { InstanceId: 'i' })) {
      names.push(...(page.UserSummaryList ?? []).map((user) => user.Username));
    }
    expect(names).toEqual(Array.from({ length: 250 }, (_, i) => `näme ${i}`));
    expect(server.calls).toHaveLength(3);
  });

  test('reads times as dates and answers without a body as nothing', async () => {
    const { User } = await client.send(new DescribeUserCommand({ InstanceId: 'i', UserId: 'u' }));
    expect(User?.LastModifiedTime).toEqual(new Date(1_700_000_000_123));
    const { $metadata, ...rest } = await client.send(new DeleteUserCommand({ InstanceId: 'i', UserId: 'u' }));
    expect([$metadata.httpStatusCode, $metadata.requestId, rest]).toEqual([200, server.calls[1]?.requestId, {}]);
  });

  test('throws its own classes, with their members, and does not try again', async () => {
    const missing = await failure(client.send(new DescribeUserCommand({ InstanceId: 'i', UserId: 'missing' })));
    expect(missing).toBeInstanceOf(ResourceNotFoundException);
    expect(missing).toMatchObject({ message: expect.stringContaining('no user'), $metadata: { attempts: 1 } });
    const inUse = await failure(
      client.send(new DeleteUserHierarchyGroupCommand({ InstanceId: 'i', HierarchyGroupId: 'g' })),
    );
    expect(inUse).toBeInstanceOf(ResourceInUseException);
    expect(inUse).toMatchObject({ ResourceType: 'HIERARCHY_GROUP', ResourceId: 'arn:group' });
  });

  test('shows what is not offered by its name, once', async () => {
    const error = await failure(client.send(new DescribePromptCommand({ InstanceId: 'i', PromptId: 'p' })));
    expect(error).toBeInstanceOf(ConnectServiceException);
    expect(error).toMatchObject({
      name: 'UnsupportedOperationException',
      message: expect.stringContaining('DescribePrompt'),
      $metadata: { httpStatusCode: 501, attempts: 1 },
    });
  });

  test('is told which member to change', async () => {
    const input = { InstanceId: 'i', Username: '', RoutingProfileId: 'r', SecurityProfileIds: ['s'] };
    const error = await failure(client.send(new CreateUserCommand(input)));
    expect(error).toMatchObject({
      name: 'InvalidParameterException',
      message: 'Username must have 1 to 100 characters.',
    });
  });

  test.each([
    [{ ...accessKey, accessKeyId: 'AKIDOTHER' }, 'UnrecognizedClientException'],
    [{ ...accessKey, secretAccessKey: 'wrong' }, 'InvalidSignatureException'],
    [{ ...accessKey, sessionToken: 'token' }, 'UnrecognizedClientException'],
  ])('is refused with the wrong credentials %#', async (credentials, name) => {
    const stranger = new ConnectClient({ region: 'us-east-1', endpoint: server.url, credentials, maxAttempts: 1 });
    const error = await failure(stranger.send(new DescribeUserCommand({ InstanceId: 'i', UserId: 'u' })));
    expect(error).toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
    stranger.destroy();
  });

  test('signs for any Region, which the operation hears', async () => {
    const elsewhere = new ConnectClient({ region: 'ap-southeast-2', endpoint: server.url, credentials: accessKey });
    await elsewhere.send(new DescribeUserCommand({ InstanceId: 'i', UserId: 'u' }));
    expect(server.calls[0]?.region).toBe('ap-southeast-2');
    elsewhere.destroy();
  });
});

const run = promisify(execFile);
const cli = await run('aws', ['--version']).then(
  () => true,
  () => false,
);
// On machines without the AWS CLI there is nothing to try: the SDK's tests above cover the same wire.
describe.skipIf(!cli)('the AWS CLI (skipped where it is not installed)', () => {
  async function aws(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      AWS_ACCESS_KEY_ID: accessKey.accessKeyId,
      AWS_SECRET_ACCESS_KEY: accessKey.secretAccessKey,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_MAX_ATTEMPTS: '1',
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    };
    const all = ['--endpoint-url', server.url, '--output', 'json', 'connect', ...args];
    try {
      const { stdout, stderr } = await run('aws', all, { env });
      return { code: 0, out: stdout, err: stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, out: stdout, err: stderr };
    }
  }

  test('deletes a user and says nothing', async () => {
    const answer = await aws('delete-user', '--instance-id', 'i', '--user-id', arn);
    expect(answer).toEqual({ code: 0, out: '', err: '' });
    expect(server.calls[0]).toMatchObject({ input: { InstanceId: 'i', UserId: arn } });
  });

  test('creates a user from its parameters', async () => {
    const answer = await aws(
      'create-user',
      '--instance-id',
      'i',
      '--username',
      'zoë/+',
      '--routing-profile-id',
      'r',
      '--security-profile-ids',
      's1',
      's2',
      '--phone-config',
      'PhoneType=SOFT_PHONE,AutoAccept=true,AfterContactWorkTimeLimit=5',
    );
    expect(JSON.parse(answer.out)).toEqual({ UserId: 'zoë/+', UserArn: 'arn' });
    expect(server.calls[0]?.input).toEqual({
      InstanceId: 'i',
      Username: 'zoë/+',
      RoutingProfileId: 'r',
      SecurityProfileIds: ['s1', 's2'],
      PhoneConfig: { PhoneType: 'SOFT_PHONE', AutoAccept: true, AfterContactWorkTimeLimit: 5 },
    });
  });

  test('pages, tags and untags', async () => {
    const users = await aws('list-users', '--instance-id', 'i', '--page-size', '100');
    expect(JSON.parse(users.out).UserSummaryList).toHaveLength(250);
    await aws('untag-resource', '--resource-arn', arn, '--tag-keys', 'a b', 'c+d');
    expect(server.calls.at(-1)?.input).toEqual({ resourceArn: arn, tagKeys: ['a b', 'c+d'] });
  });

  test('shows errors by name and message', async () => {
    const answer = await aws('describe-user', '--instance-id', 'i', '--user-id', 'missing');
    expect(answer.code).not.toBe(0);
    expect(answer.err).toContain(
      '(ResourceNotFoundException) when calling the DescribeUser operation: There is no user',
    );
    const unsupported = await aws('describe-prompt', '--instance-id', 'i', '--prompt-id', 'p');
    expect(unsupported.err).toContain('(UnsupportedOperationException)');
  });
});
