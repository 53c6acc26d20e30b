import * as Connect from '@aws-sdk/client-connect';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LiveServer, startLiveServer } from '../support/live-server.ts';

let server: LiveServer;

beforeAll(async () => {
  server = await startLiveServer();
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  await server.close();
});

test('the SDK asks for metrics in all three ways, and is told by name what is no metric', async () => {
  const { client, instance } = server;
  const InstanceId = instance.id;
  const queues = await client.send(new Connect.ListQueuesCommand({ InstanceId, QueueTypes: ['STANDARD'] }));
  const Queues = (queues.QueueSummaryList ?? []).flatMap(({ Id }) => Id ?? []);
  const { Arn: ResourceArn } = (await client.send(new Connect.DescribeInstanceCommand({ InstanceId }))).Instance ?? {};
  const end = Math.floor(Date.now() / 900_000) * 900_000;
  const range = { StartTime: new Date(end - 3_600_000), EndTime: new Date(end) };
  const asked = (Name: string) =>
    new Connect.GetMetricDataV2Command({
      ...range,
      ResourceArn,
      Filters: [{ FilterKey: 'QUEUE', FilterValues: Queues }],
      Groupings: ['QUEUE'],
      Metrics: [{ Name }],
    });
  expect((await client.send(asked('CONTACTS_HANDLED'))).MetricResults).toEqual([]);
  await expect(client.send(asked('HAPPINESS'))).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: 'Invalid metric name: HAPPINESS',
  });
  const historical = await client.send(
    new Connect.GetMetricDataCommand({
      ...range,
      InstanceId,
      Filters: { Queues },
      HistoricalMetrics: [{ Name: 'CONTACTS_QUEUED', Statistic: 'SUM', Unit: 'COUNT' }],
    }),
  );
  expect(historical.MetricResults).toEqual([]);
  const current = await client.send(
    new Connect.GetCurrentMetricDataCommand({
      InstanceId,
      Filters: { Queues },
      CurrentMetrics: [{ Name: 'CONTACTS_IN_QUEUE', Unit: 'COUNT' }],
    }),
  );
  expect(current.MetricResults?.[0]?.Collections?.[0]?.Value).toBe(0);
  expect(current.DataSnapshotTime).toBeInstanceOf(Date);
});
