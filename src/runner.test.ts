import {
  ConnectClient,
  CreateAgentStatusCommand,
  ListAgentStatusesCommand,
  UpdateAgentStatusCommand,
} from '@aws-sdk/client-connect';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveServer, startLiveServer } from '../test/support/live-server.ts';
import { type LostCommit, type PostgresProxy, startPostgresProxy } from '../test/support/postgres-proxy.ts';
import { openDatabase } from './database/pool.ts';

let server: LiveServer;
let proxy: PostgresProxy;
beforeAll(async () => {
  server = await startLiveServer({
    maxAttempts: 1,
    open: async ({ connection }) => {
      proxy = await startPostgresProxy(connection);
      return openDatabase({ databaseUrl: proxy.url, max: 4 });
    },
  });
});
afterAll(async () => {
  await server.close();
  await proxy.close();
});

const create = (Name: string, client = server.client) =>
  client.send(new CreateAgentStatusCommand({ InstanceId: server.instance.id, Name, State: 'ENABLED' }));

async function expectOnce(name: string, id: string | undefined) {
  const { pool } = server.database;
  const made = await pool.query('select id from agent_status where name = $1', [name]);
  expect(made.rows).toEqual([{ id }]);
  const audited = await pool.query('select resource_id as id from audit_entry where resource_name = $1', [name]);
  expect(audited.rows).toEqual([{ id }]);
  expect(server.failures).toEqual([]);
}

describe('a change whose COMMIT is lost', () => {
  test.each<LostCommit>(['NEVER ARRIVES', 'IS DONE'])('%s: is answered as what is true, and made once', async (how) => {
    const name = `Lost, and ${how.toLowerCase()}`;
    proxy.loseNextCommit(how);
    const { AgentStatusId } = await create(name);
    await expectOnce(name, AgentStatusId);
  });

  test('IS DONE LATER: waits until it is known, and is made once', async () => {
    const name = 'Late';
    const letThrough = proxy.loseNextCommit('IS DONE LATER');
    const answer = create(name);
    // The look for what became of it waits for the transaction itself.
    for (;;) {
      const { rows } = await server.database.pool.query(
        `select 1 from pg_stat_activity
         where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`,
      );
      if (rows.length > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    letThrough();
    const { AgentStatusId } = await answer;
    await expectOnce(name, AgentStatusId);
  });

  test('and that changed nothing is made again', async () => {
    const { AgentStatusId } = await create('Quiet');
    const same = { InstanceId: server.instance.id, AgentStatusId, Name: 'Quiet' };
    proxy.loseNextCommit('NEVER ARRIVES');
    await server.client.send(new UpdateAgentStatusCommand(same));
    await expectOnce('Quiet', AgentStatusId);
  });
});

test('a request that meets sessions that were cut off is answered as if nothing had been', async () => {
  const list = () => server.client.send(new ListAgentStatusesCommand({ InstanceId: server.instance.id }));
  await Promise.all([list(), list(), list(), list()]);
  for (let round = 1; round <= 5; round++) {
    await proxy.goAway();
    await proxy.comeBack();
    await Promise.all([list(), create(`Cut off ${round}`), list(), create(`Cut off ${round}, too`)]);
  }
  expect(server.failures).toEqual([]);
});

test('while the database stays away the answer is 503, with the time to try again', async () => {
  const others = new ConnectClient({
    endpoint: server.url,
    region: server.instance.region,
    credentials: { accessKeyId: server.accessKeyId, secretAccessKey: server.secretAccessKey },
    maxAttempts: 1,
  });
  await proxy.goAway();
  const refused = await create('Never', others).catch((error: unknown) => error);
  await proxy.comeBack();
  expect(refused).toMatchObject({
    name: 'ServiceUnavailableException',
    message: expect.stringContaining('cannot use its database'),
    $metadata: { httpStatusCode: 503 },
    $response: { headers: { 'retry-after': '1' } },
  });
  others.destroy();
});
