import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/database/pool.ts';
import { offered, offeredOperation } from '../conformance/house.ts';
import { allRequestsOf, inInstance } from '../conformance/requests.ts';
import { createWorld } from '../conformance/world.ts';
import { apiOf } from '../support/api.ts';
import { makeInstance } from '../support/centre.ts';
import { embeddedConnectionIn } from '../support/embedded-sql.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { partsOf, wireOf } from '../support/wire-request.ts';

const days = 86_400_000;
/** So far is the server's own clock from the database's. */
const ahead = 400 * days;

let server: TestServer;
let database: OpenDatabase;
beforeAll(async () => {
  const code = `const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) { given.length === 0 ? super(Real.now() + ${ahead}) : super(...given); }
      static now() { return Real.now() + ${ahead}; }
    };`;
  const clock = `--import=data:text/javascript,${encodeURIComponent(code)}`;
  server = await startServer({ sample: true, environment: { NODE_OPTIONS: clock } });
  database = await openDatabase({ embeddedConnection: embeddedConnectionIn(server.dataDir), max: 2 });
  // Clients sign with their own clock, which has to be near the server's.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ahead });
});
afterAll(async () => {
  vi.useRealTimers();
  await database.close();
  await server.remove();
});

test('no time that is stored comes from the clock of the process', async () => {
  const { db, pool } = database;
  // Beside the one with the sample data.
  const instance = await makeInstance(db, 'clock');
  const api = apiOf(server);
  const send = async (name: string, given: Readonly<Record<string, unknown>>) => {
    const operation = offeredOperation(name);
    const parts = partsOf(operation, inInstance(operation, instance.id, given));
    const { method, url, body } = wireOf(operation, parts);
    return api.send(method, url, body);
  };
  const world = await createWorld(db, instance, async (name, given) => {
    const { status, body } = await send(name, given);
    // Unlike elsewhere a worker is at work here, and may end a batch before it is paused.
    const ended = name === 'PauseUserBatch' && status === 400 && String(body.Message).includes('nothing left to pause');
    if (status >= 300 && !ended) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  });
  const signIn = (Password: string) =>
    fetch(`${server.url}/console/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ Username: 'admin', Password, InstanceAlias: 'cordboard' }),
    });
  expect((await signIn(server.adminPassword)).status).toBe(200);
  expect((await signIn('Wrong-Password-1')).status).toBe(401);
  const key = await api('CreateAccessKey', { Actions: ['connect:List*'] });
  const { AccessKey, SecretAccessKey: secretAccessKey } = key.body;
  const limited = { url: server.url, accessKeyId: AccessKey.AccessKeyId, secretAccessKey };
  const byKey = await apiOf(limited)('ListInstances', {});
  expect(byKey.status).toBe(200);
  for (const operation of offered.values()) {
    for (const { build } of allRequestsOf(operation)) {
      const { status, body } = await send(operation.operation.name, await build(world));
      if (status >= 500) throw new Error(`${operation.operation.name} answered ${status}: ${JSON.stringify(body)}`);
    }
  }

  const { rows: columns } = await pool.query<{ table: string; column: string }>(`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and data_type = 'timestamp with time zone' order by 1, 2`);
  const empty: string[] = [];
  const wrong: string[] = [];
  for (const { table, column } of columns) {
    // Contact records and agent events bring their times along, which are past; what is ahead can only be of the server's own
    // clock.
    const past = table === 'contact' || table.startsWith('agent_') ? "interval '10 years'" : "interval '2 days'";
    const { rows } = await pool.query<{ far: number; some: number }>(`
      select count("${column}") as some,
        count(*) filter (where "${column}" not between clock_timestamp() - ${past} and clock_timestamp() + interval '2 days')
          as far
      from "${table}"`);
    if (rows[0]?.some === 0) empty.push(`${table}.${column}`);
    if (rows[0]?.far !== 0) wrong.push(`${table}.${column}`);
  }
  expect(wrong).toEqual([]);
  // An instance is soon gone with its time of deletion, and so are the notes of bytes to remove, which would stay if they were
  // ahead; these of a contact come from its record alone, and the sample's history is not made here; everything else must have been
  // tried.
  const untried = [
    'instance.deletion_time',
    'recording_removal.due_time',
    'contact.scheduled_time',
    'contact.transfer_completed_time',
    'sample_history.time',
  ];
  expect(empty.filter((column) => !untried.includes(column))).toEqual([]);
});
