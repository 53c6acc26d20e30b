import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { ListRoutingProfilesCommand, ListSecurityProfilesCommand } from '@aws-sdk/client-connect';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportLines } from '../../src/access-key.ts';
import { type LiveServer, startLiveServer } from '../support/live-server.ts';
import { importHistory, whole } from './history.ts';

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

  async function connect(args: string[]) {
    const env = { PATH: process.env.PATH, HOME: '/nonexistent', AWS_PAGER: '', ...environment };
    const { stdout } = await run('aws', ['connect', ...args], { env });
    return stdout.trim() ? JSON.parse(stdout) : {};
  }
  const aws = (...args: string[]) => connect([...args, '--instance-id', server.instance.id]);

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

  test('finds and describes contacts, tags them, and asks for metrics in all three ways', async () => {
    const { api, InstanceId, ResourceArn, records, events, ids, support, ada, carol } = await importHistory(server);
    await api('ImportContactRecords', { InstanceId, Records: records });
    await api('ImportAgentEvents', { InstanceId, Records: events });
    const range = ['--start-time', whole.StartTime.toISOString(), '--end-time', whole.EndTime.toISOString()];
    const TimeRange = JSON.stringify({ Type: 'INITIATION_TIMESTAMP', ...whole });
    const metrics = (...args: string[]) =>
      connect(['get-metric-data-v2', '--resource-arn', ResourceArn, ...range, ...args]);
    const contact = ['--contact-id', ids.handed];
    await Promise.all([
      aws('tag-contact', ...contact, '--tags', 'Team=Red,Kind='),
      aws('update-contact-attributes', '--initial-contact-id', ids.handed, '--attributes', 'Case=é /+=,Language='),
    ]);
    await aws('untag-contact', ...contact, '--tag-keys', 'Kind');
    // Two at a time, each of which is a Python.
    const [found, described] = await Promise.all([
      // By itself the CLI asks for one page after the other.
      aws('search-contacts', '--time-range', TimeRange, '--page-size', '3'),
      aws('describe-contact', ...contact),
    ]);
    expect(found.Contacts.map(({ Id }: { Id: string }) => Id).sort()).toEqual(Object.values(ids).sort());
    expect(described.Contact).toMatchObject({
      Id: ids.handed,
      Tags: { Team: 'Red' },
      DisconnectReason: 'AGENT_DISCONNECT',
    });
    const [attributes, chain] = await Promise.all([
      aws('get-contact-attributes', '--initial-contact-id', ids.handed),
      aws('list-associated-contacts', ...contact),
    ]);
    expect(attributes).toEqual({ Attributes: { Language: '', Case: 'é /+=' } });
    expect(chain.ContactSummaryList).toMatchObject([{ ContactId: ids.handed }, { ContactId: ids.taken }]);
    const [handled, online] = await Promise.all([
      metrics(
        ...['--filters', `FilterKey=QUEUE,FilterValues=${support.id}`, '--groupings', 'AGENT', 'QUEUE'],
        ...['--metrics', 'Name=CONTACTS_HANDLED', '--interval', 'IntervalPeriod=THIRTY_MIN'],
      ),
      metrics(
        ...['--filters', `FilterKey=AGENT,FilterValues=${carol.id}`],
        ...['--metrics', 'Name=SUM_ONLINE_TIME_AGENT', 'Name=AGENT_ANSWER_RATE'],
      ),
    ]);
    const ofAda = handled.MetricResults.find(
      (one: { Dimensions: { AGENT: string } }) => one.Dimensions.AGENT === ada.id,
    );
    expect(ofAda).toMatchObject({ Dimensions: { QUEUE: support.id }, Collections: [{ Value: 2 }] });
    expect(online.MetricResults).toMatchObject([{ Collections: [{ Value: 2400 }, { Value: 50 }] }]);
    const [historical, current] = await Promise.all([
      aws(
        ...['get-metric-data', ...range, '--filters', `Queues=${support.id}`],
        ...['--historical-metrics', 'Name=CONTACTS_ABANDONED,Statistic=SUM,Unit=COUNT'],
      ),
      aws(
        ...['get-current-metric-data', '--filters', `Queues=${support.id}`],
        ...['--current-metrics', 'Name=CONTACTS_IN_QUEUE,Unit=COUNT', 'Name=AGENTS_AVAILABLE,Unit=COUNT'],
      ),
    ]);
    expect(historical.MetricResults).toMatchObject([{ Collections: [{ Value: 1 }] }]);
    expect(current.MetricResults).toMatchObject([{ Collections: [{ Value: 1 }, { Value: 1 }] }]);
  });
});
