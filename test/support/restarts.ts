import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ConnectClient,
  CreateAgentStatusCommand,
  DescribeAgentStatusCommand,
  ListInstancesCommand,
  UpdateAgentStatusCommand,
} from '@aws-sdk/client-connect';
import { connectTo } from './embedded-sql.ts';
import type { TestServer } from './server.ts';

export type RetryMode = 'standard' | 'adaptive';

/** What each of the clients has to tell when PostgreSQL has been ended that often. */
export interface Witness {
  readonly retryMode: RetryMode;
  /** What the SDK gave up on, or what was not there although it had been acknowledged. */
  readonly errors: readonly unknown[];
  readonly acknowledged: number;
  /** Entries of the audit for what it has changed. */
  readonly audited: number;
}

const perMode = 2;

/**
 * Clients with the JavaScript SDK's own retry modes and nothing else change and read without a pause, while PostgreSQL
 * is ended once for each signal. Each changes a thing of its own, so that what it reads must be what it wrote.
 */
export async function restartUnderLoad(server: TestServer, signals: readonly NodeJS.Signals[]): Promise<Witness[]> {
  const clients = (['standard', 'adaptive'] as const).map((retryMode) => ({
    retryMode,
    client: new ConnectClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: server.accessKeyId, secretAccessKey: server.secretAccessKey },
      retryMode,
    }),
  }));
  const [first] = clients;
  const list = await first?.client.send(new ListInstancesCommand({}));
  const InstanceId = list?.InstanceSummaryList?.[0]?.Id;
  if (InstanceId === undefined) throw new Error('The server has no instance.');

  let ending = false;
  let done = 0;
  const work = async (client: ConnectClient, retryMode: RetryMode, number: number) => {
    const own = `${retryMode} ${number} of ${process.pid} at ${signals.length}`;
    const { AgentStatusId } = await client.send(
      new CreateAgentStatusCommand({ InstanceId, Name: own, State: 'ENABLED' }),
    );
    const errors: unknown[] = [];
    let acknowledged = 0;
    for (let turn = 1; !ending; turn++) {
      const Name = `${own}, ${turn}`;
      try {
        await client.send(new UpdateAgentStatusCommand({ InstanceId, AgentStatusId, Name }));
        acknowledged += 1;
        const { AgentStatus } = await client.send(new DescribeAgentStatusCommand({ InstanceId, AgentStatusId }));
        if (AgentStatus?.Name !== Name) errors.push(`${Name} was acknowledged, and it is ${AgentStatus?.Name}`);
        done += 1;
      } catch (error) {
        errors.push(error);
      }
    }
    return { id: AgentStatusId, retryMode, errors, acknowledged };
  };
  const works = Promise.all(
    clients.flatMap(({ client, retryMode }) =>
      Array.from({ length: perMode }, (_, index) => work(client, retryMode, index)),
    ),
  );

  const until = async (holds: () => boolean) => {
    while (!holds()) await delay(5);
  };
  const timesUp = () => server.output().split('PostgreSQL is up again').length - 1;
  const before = timesUp();
  for (const [index, signal] of signals.entries()) {
    const reached = done + 20;
    await until(() => done >= reached);
    process.kill(postmasterOf(server), signal);
    await until(() => timesUp() > before + index);
  }
  const reached = done + 20;
  await until(() => done >= reached);
  ending = true;
  const told = await works;
  for (const { client } of clients) client.destroy();

  const session = await connectTo(server.dataDir);
  const { rows } = await session.query<{ id: string; count: number }>(
    `select resource_id as id, count(*)::int as count from audit_entry
     where resource_id = any($1) and change = 'UPDATED' group by resource_id`,
    [told.map(({ id }) => id)],
  );
  await session.end();
  return told.map(({ id, ...one }) => ({ ...one, audited: rows.find((row) => row.id === id)?.count ?? 0 }));
}

function postmasterOf({ dataDir }: TestServer): number {
  return Number(readFileSync(join(dataDir, 'pgdata', 'postmaster.pid'), 'utf8').split('\n')[0]);
}
