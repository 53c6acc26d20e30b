import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { ListRoutingProfilesCommand, ListSecurityProfilesCommand } from '@aws-sdk/client-connect';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportLines } from '../../src/access-key.ts';
import { type LiveServer, startLiveServer } from '../support/live-server.ts';

const installed = spawnSync('aws', ['--version']).status === 0;
const run = promisify(execFile);

describe.skipIf(!installed)('the AWS CLI (skipped where it is not installed)', () => {
  let server: LiveServer;
  let environment: Record<string, string>;

  beforeAll(async () => {
    server = await startLiveServer();
    const key = { id: server.accessKeyId, secret: server.secretAccessKey };
    // The very lines that `cordboard credentials` prints.
    const lines = exportLines(key, server.instance.region, server.url);
    environment = Object.fromEntries(lines.map((line) => line.replace('export ', '').split(/=(.*)/s).slice(0, 2)));
  });
  afterAll(() => server.close());

  async function aws(...args: string[]): Promise<Record<string, string>> {
    const env = { PATH: process.env.PATH, HOME: '/nonexistent', AWS_PAGER: '', ...environment };
    const { stdout } = await run('aws', ['connect', ...args, '--instance-id', server.instance.id], { env });
    return stdout.trim() ? JSON.parse(stdout) : {};
  }

  test('creates, describes, finds and deletes a user with the printed variables alone', async () => {
    const { id: InstanceId } = server.instance;
    const routing = await server.client.send(new ListRoutingProfilesCommand({ InstanceId }));
    const profiles = await server.client.send(new ListSecurityProfilesCommand({ InstanceId }));
    const { UserId = '' } = await aws(
      'create-user',
      ...['--username', 'zoë.o/brien', '--password', 'User-Password-1'],
      ...['--identity-info', 'FirstName=Zoë,LastName=Brien,Email=zoe@example.com'],
      ...['--phone-config', 'PhoneType=SOFT_PHONE,AutoAccept=false,AfterContactWorkTimeLimit=0'],
      ...['--routing-profile-id', routing.RoutingProfileSummaryList?.[0]?.Arn ?? ''],
      ...['--security-profile-ids', profiles.SecurityProfileSummaryList?.[0]?.Id ?? ''],
    );
    expect(await aws('describe-user', '--user-id', UserId)).toMatchObject({ User: { Username: 'zoë.o/brien' } });
    expect(await aws('delete-user', '--user-id', UserId)).toEqual({});
    await expect(aws('delete-user', '--user-id', UserId)).rejects.toThrow('ResourceNotFoundException');
  });
});
