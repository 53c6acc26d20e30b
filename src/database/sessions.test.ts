import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { type PostgresProxy, startPostgresProxy } from '../../test/support/postgres-proxy.ts';
import { type OpenDatabase, openDatabase } from './pool.ts';
import { inTransaction } from './transaction.ts';

let database: TestDatabase;
let proxies: PostgresProxy[] = [];
let opened: OpenDatabase[] = [];
/** Roles belong to the whole server. */
const role = `role_${process.pid}`;

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  await database.pool.query(`create role ${role} login`);
  await database.pool.query('create table counter (value int not null)');
  await database.pool.query(`grant all on counter to ${role}`);
});
afterEach(async () => {
  for (const one of opened) await one.close({ hurry: true });
  for (const proxy of proxies) await proxy.close();
  opened = [];
  proxies = [];
});
afterAll(async () => {
  await database.pool.query('drop table counter');
  await database.pool.query(`drop role ${role}`);
  await database.close();
});

async function openThrough(
  proxyOptions: { user?: string; ignoreSettings?: boolean } = {},
  options: Partial<Parameters<typeof openDatabase>[0]> = {},
) {
  const proxy = await startPostgresProxy(database.connection, proxyOptions);
  proxies.push(proxy);
  const waiting: ((line: string) => void)[] = [];
  const said: string[] = [];
  const one = await openDatabase({
    databaseUrl: proxy.url,
    max: 4,
    log: (line) => {
      said.push(line);
      for (const tell of waiting) tell(line);
    },
    ...options,
  });
  opened.push(one);
  const untilSaid = (text: string) =>
    new Promise<void>((resolve) => {
      if (said.some((line) => line.includes(text))) resolve();
      waiting.push((line) => line.includes(text) && resolve());
    });
  return { ...one, proxy, said, untilSaid };
}

const number = async ({ db }: OpenDatabase) => (await sql<{ one: number }>`select 1 as one`.execute(db)).rows[0]?.one;

/** Makes the pool have as many sessions as it may, all of them idle. */
async function fill({ pool }: OpenDatabase, count: number) {
  const clients = await Promise.all(Array.from({ length: count }, () => pool.connect()));
  for (const client of clients) client.release();
}

test('sessions that fell silent while idle are replaced before work is given to them, all with the first', async () => {
  const one = await openThrough({}, { timings: { rest: 0, word: 200 } });
  await fill(one, 4);
  // Once through the sessions, so that each is known to have rested.
  await Promise.all(Array.from({ length: 4 }, () => number(one)));
  one.proxy.silence();
  expect(await number(one)).toBe(1);
  await Promise.all(Array.from({ length: 4 }, () => inTransaction(one.db, (tx) => sql`select 1`.execute(tx))));
  expect(one.pool.totalCount).toBeLessThanOrEqual(4);
});

test('a statement that is met by silence is ended here, and done again on another session', async () => {
  const one = await openThrough({}, { timings: { silence: 300 } });
  expect(await number(one)).toBe(1);
  one.proxy.silence();
  expect(await number(one)).toBe(1);
});

test('a transaction that is met by silence is done again as a whole, and its session destroyed', async () => {
  const one = await openThrough({}, { timings: { silence: 300 } });
  let attempts = 0;
  await inTransaction(one.db, async (tx) => {
    attempts += 1;
    await sql`insert into counter values (1)`.execute(tx);
    if (attempts === 1) one.proxy.silence();
    await sql`insert into counter values (1)`.execute(tx);
  });
  expect(attempts).toBe(2);
  expect((await database.pool.query('select count(*)::int as n from counter where value = 1')).rows).toEqual([
    { n: 2 },
  ]);
  expect(one.pool.totalCount).toBe(1);
});

test('a transaction whose session is cut off before COMMIT is done again as a whole', async () => {
  const one = await openThrough({}, { max: 1 });
  let attempts = 0;
  await inTransaction(one.db, async (tx) => {
    attempts += 1;
    await sql`insert into counter values (2)`.execute(tx);
    if (attempts === 1) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
  });
  expect(attempts).toBe(2);
  expect((await database.pool.query('select count(*)::int as n from counter where value = 2')).rows).toEqual([
    { n: 1 },
  ]);
});

test('what had not begun waits for a database that is away, and that is told once', async () => {
  const one = await openThrough();
  await fill(one, 4);
  await one.proxy.goAway();
  const look = number(one);
  const change = inTransaction(one.db, (tx) => sql`select 1`.execute(tx));
  await one.untilSaid('away');
  await one.proxy.comeBack();
  expect(await look).toBe(1);
  await change;
  expect(one.said.filter((line) => line.includes('away'))).toHaveLength(1);
  expect(one.said.filter((line) => line.includes('is back'))).toHaveLength(1);
});

test('with a COMMIT that is lost nothing is done again, and nothing is claimed', async () => {
  const one = await openThrough();
  for (const how of ['NEVER ARRIVES', 'IS DONE'] as const) {
    let attempts = 0;
    one.proxy.loseNextCommit(how);
    const failure = inTransaction(one.db, async (tx) => {
      attempts += 1;
      await sql`select 1`.execute(tx);
    });
    await expect(failure).rejects.toMatchObject({ name: 'CommitUnknownError', code: '08007' });
    expect(attempts).toBe(1);
  }
});

test('when PostgreSQL has no session left to give, work waits for one of our own', async () => {
  await database.pool.query(`alter role ${role} connection limit 2`);
  const one = await openThrough({ user: role }, { max: 8 });
  const all = Array.from({ length: 40 }, () =>
    inTransaction(one.db, (tx) => sql`insert into counter values (3)`.execute(tx)),
  );
  await Promise.all(all);
  expect((await database.pool.query('select count(*)::int as n from counter where value = 3')).rows).toEqual([
    { n: 40 },
  ]);
  expect(one.said.filter((line) => line.includes('no session left'))).toHaveLength(1);
  await database.pool.query(`alter role ${role} connection limit -1`);
});

test.each([false, true])(
  'limits of the role itself end nothing of ours; settings passed over: %s',
  async (ignoreSettings) => {
    await database.pool.query(`alter role ${role} set statement_timeout = 10`);
    await database.pool.query(`alter role ${role} set idle_in_transaction_session_timeout = 10`);
    await database.pool.query(`alter role ${role} set lock_timeout = 10`);
    const one = await openThrough({ user: role, ignoreSettings });
    await sql`select pg_sleep(0.1)`.execute(one.db);
    const limits = await inTransaction(one.db, async (tx) => {
      await sql`select pg_sleep(0.1)`.execute(tx);
      const { rows } = await sql`
      select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
        current_setting('idle_in_transaction_session_timeout') as idle`.execute(tx);
      return rows;
    });
    expect(limits).toEqual([{ statement: '1min', lock: '0', idle: '10s' }]);
    await database.pool.query(`alter role ${role} reset all`);
  },
);

test('a statement alone keeps what it did, and fails as itself, where settings go with each transaction', async () => {
  const one = await openThrough({ ignoreSettings: true });
  await sql`insert into counter values (4)`.execute(one.db);
  await expect(sql`select 1 / 0`.execute(one.db)).rejects.toMatchObject({ code: '22012' });
  expect(await number(one)).toBe(1);
  expect((await database.pool.query('select count(*)::int as n from counter where value = 4')).rows).toEqual([
    { n: 1 },
  ]);
});

test('a close waits for nobody who says nothing', async () => {
  const one = await openThrough();
  await fill(one, 4);
  const stuck = sql`select pg_sleep(600)`.execute(one.db);
  stuck.catch(() => {});
  one.proxy.silence();
  await one.close();
  await expect(stuck).rejects.toThrow();
});

test.runIf(process.platform === 'linux')('the system looks after idle connections, too', async () => {
  const one = await openThrough();
  await fill(one, 1);
  const port = Number(new URL(one.proxy.url).port).toString(16).toUpperCase().padStart(4, '0');
  // Our ends have the proxy's port as the other address; the timer of kind 02 is keepalive.
  const timers = readFileSync('/proc/self/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[2]?.endsWith(`:${port}`) && fields[3] === '01')
    .map((fields) => fields[5]?.slice(0, 2));
  expect(timers).toEqual(['02']);
});
