import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type EmbeddedConnection, type EmbeddedOptions, startEmbeddedPostgres } from './embedded.ts';
import { findPackage, provideBinaries } from './embedded-binaries.ts';
import { openDatabase } from './pool.ts';
import { identify, isAlive } from './processes.ts';

const isRoot = process.getuid?.() === 0;
let parent: string;
let dataDir: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'cordboard-test-'));
  dataDir = join(parent, 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('startEmbeddedPostgres', () => {
  test('makes everything on the first start and keeps it on the second', async () => {
    const first = await start();
    const { rows } = await query(
      first.connection,
      `select current_setting('server_encoding') as encoding, datlocprovider as provider, datlocale as locale,
        current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses
       from pg_database where datname = current_database()`,
    );
    expect(rows).toEqual([{ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8', fsync: 'on', addresses: '' }]);
    await query(first.connection, 'create table kept as select 1 as value');
    await first.stop();
    await first.stop();
    expect(mode(dataDir)).toBe('700');
    expect(mode(first.connection.host)).toBe('700');
    expect(existsSync(join(dataDir, 'pgdata/postmaster.pid'))).toBe(false);

    const second = await start();
    expect((await query(second.connection, 'select value from kept')).rows).toEqual([{ value: 1 }]);
  }, 120_000);

  test('starts PostgreSQL again when it is killed, with everything that was acknowledged, and tells about it', async () => {
    const statuses = new Inbox<string>();
    const { connection } = await start({ onStatus: (status) => statuses.put(status) });
    const database = await openDatabase({ embeddedConnection: connection, max: 3 });
    onTestFinished(() => database.close());
    await database.pool.query('create table kept as select 1 as value');
    // A session deep in a calculation does not notice that its postmaster died, and would keep a new one from starting.
    const calculation = database.pool.query('set statement_timeout = 0; select count(*) from generate_series(1, 1e12)');
    const calculationFailed = expect(calculation).rejects.toThrow();
    await untilQueryRuns(database.pool, '%1e12%');

    for (const round of [1, 2]) {
      process.kill(postmasterPid(), 'SIGKILL');
      expect(await statuses.take()).toBe('down');
      expect(await statuses.take()).toBe('up');
      await database.pool.query('insert into kept values ($1)', [round + 1]);
    }
    await calculationFailed;
    expect((await database.pool.query('select value from kept order by value')).rows).toHaveLength(3);
  });

  test('can be stopped while PostgreSQL is being started again', async () => {
    const statuses = new Inbox<string>();
    const { stop } = await start({ onStatus: (status) => statuses.put(status) });
    process.kill(postmasterPid(), 'SIGKILL');
    expect(await statuses.take()).toBe('down');
    await stop();
    expect(identify(postmasterPid())).toBeNull();
    await (await start()).stop();
  });

  test('keeps the server that outlived its killed Cordboard', async () => {
    const holder = new Holder();
    const { connection } = await holder.next('started');
    await query(connection, 'create table kept as select 1 as value');
    const pid = postmasterPid();
    await holder.kill();

    const again = await start({ durable: false });
    expect(postmasterPid()).toBe(pid);
    expect((await query(again.connection, 'select value from kept')).rows).toEqual([{ value: 1 }]);
    // It is not a child of this process, and is watched and stopped all the same.
    await again.stop();
    expect(identify(pid)).toBeNull();
  });

  test('watches a server that it has kept', async () => {
    const holder = new Holder();
    await holder.next('started');
    await holder.kill();
    const statuses = new Inbox<string>();
    const { connection } = await start({ durable: false, onStatus: (status) => statuses.put(status) });
    process.kill(postmasterPid(), 'SIGKILL');
    expect(await statuses.take()).toBe('down');
    expect(await statuses.take()).toBe('up');
    expect((await query(connection, 'select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('replaces a server that outlived its Cordboard with other settings', async () => {
    const holder = new Holder();
    await holder.next('started');
    const pid = postmasterPid();
    await holder.kill();
    const { connection } = await start({ durable: true });
    expect(postmasterPid()).not.toBe(pid);
    expect((await query(connection, 'show fsync')).rows).toEqual([{ fsync: 'on' }]);
  });

  test('starts at once after Cordboard and PostgreSQL were killed together', async () => {
    const holder = new Holder();
    const { connection } = await holder.next('started');
    await query(connection, 'create table kept as select 1 as value');
    const pid = postmasterPid();
    const gone = holder.kill();
    process.kill(pid, 'SIGKILL');
    await gone;
    const again = await start({ durable: false });
    expect((await query(again.connection, 'select value from kept')).rows).toEqual([{ value: 1 }]);
  });

  test('is not misled by a postmaster.pid whose number belongs to something else by now', async () => {
    await (await start({ durable: false })).stop();
    const lines = [process.pid, join(dataDir, 'pgdata'), 1, 5432, join(dataDir, 'socket'), '', '', 'ready', ''];
    writeFileSync(join(dataDir, 'pgdata/postmaster.pid'), lines.join('\n'));
    writeFileSync(join(dataDir, 'socket/.s.PGSQL.5432.lock'), lines.join('\n'));
    const { connection } = await start({ durable: false });
    expect((await query(connection, 'select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('heals a first start that was interrupted', async () => {
    const holder = new Holder();
    await holder.next('log');
    while (!readdirSync(dataDir).some((name) => existsSync(join(dataDir, name, 'base')))) await turn();
    await holder.kill();
    expect(existsSync(join(dataDir, 'pgdata'))).toBe(false);

    const { connection, stop } = await start({ durable: false });
    expect((await query(connection, 'select 1 as one')).rows).toEqual([{ one: 1 }]);
    await stop();
    await (await start({ durable: false })).stop();
    expect(readdirSync(dataDir).filter((name) => name.includes('.new'))).toEqual([]);
  });

  test('refuses a folder that another living Cordboard holds, in one line', async () => {
    const holder = new Holder();
    await holder.next('started');
    await expectRefusal(`in use by another Cordboard (process ${holder.child.pid})`);
    await holder.end();
    await (await start({ durable: false })).stop();
  });

  test('lets one of several win that find the lock of a dead one at the same time', async () => {
    const first = new Holder();
    await first.next('started');
    await first.kill();

    const racers = [new Holder('wait'), new Holder('wait'), new Holder('wait'), new Holder('wait')];
    await Promise.all(racers.map((racer) => racer.next('waiting')));
    for (const racer of racers) racer.child.stdin?.write('go\n');
    const outcomes = await Promise.all(racers.map((racer) => racer.next('started', 'refused')));
    expect(outcomes.map(({ event }) => event).sort()).toEqual(['refused', 'refused', 'refused', 'started']);
    await Promise.all(racers.map((racer) => racer.end()));
  });

  test('takes over a lock whose process number belongs to another process by now', async () => {
    await (await start({ durable: false })).stop();
    const stale = { pid: process.ppid, startTime: 'another boot/1' };
    writeFileSync(join(dataDir, 'cordboard.lock.9'), JSON.stringify(stale));
    await (await start({ durable: false })).stop();
  });

  test.each([
    ['is a file', () => join(parent, 'file')],
    ['lies below a file', () => join(parent, 'file/data')],
  ])('says so when the folder %s', async (_, path) => {
    writeFileSync(join(parent, 'file'), '');
    dataDir = path();
    await expectRefusal(`The data folder ${dataDir} is not a folder`);
  });

  test.skipIf(isRoot)('says so when it may not write to the folder', async () => {
    dataDir = '/usr/cordboard-test';
    await expectRefusal(`Cannot write to the data folder ${dataDir}: permission denied`);
  });

  test('says so when the database was made by another major version', async () => {
    await (await start({ durable: false })).stop();
    writeFileSync(join(dataDir, 'pgdata/PG_VERSION'), '17\n');
    await expectRefusal('was made by PostgreSQL 17, this Cordboard has 18');
  });

  test('passes on why PostgreSQL does not start, and does not keep the folder locked', async () => {
    await (await start({ durable: false })).stop();
    writeFileSync(join(dataDir, 'pgdata/postgresql.conf'), 'no_such_setting = 1\n', { flag: 'a' });
    await expectRefusal('PostgreSQL did not start');
    await expectRefusal('PostgreSQL did not start');
  });

  test('finds a short place for its socket when the path of the folder is long', async () => {
    dataDir = join(parent, 'a-very-long-name-of-a-folder'.repeat(4));
    const { connection, stop } = await start({ durable: false });
    expect(connection.host.startsWith(dataDir)).toBe(false);
    expect(mode(connection.host)).toBe('700');
    expect((await query(connection, 'select 1 as one')).rows).toEqual([{ one: 1 }]);
    await stop();
    rmSync(connection.host, { recursive: true });
  });

  test.skipIf(!isRoot)('says so when the other user cannot get to the folder', async () => {
    const account = { kind: 'user', name: 'nobody', uid: 65534, gid: 65534 } as const;
    // `parent` is 0700, like a home folder.
    await expectRefusal(`nobody cannot reach ${dataDir}`, { account });
  });

  test.skipIf(!isRoot)('steps down to another user where root has no user namespaces', async () => {
    const account = { kind: 'user', name: 'nobody', uid: 65534, gid: 65534 } as const;
    dataDir = mkdtempSync('/tmp/cordboard-test-');
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const { connection } = await start({ account, durable: false });
    expect((await query(connection, 'select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(statSync(join(dataDir, 'pgdata')).uid).toBe(65534);
    expect(statSync(dataDir).uid).toBe(0);
  });
});

describe('provideBinaries', () => {
  test('copies a package whose library links are missing, once', async () => {
    const source = join(parent, 'package');
    cpSync(findPackage(), source, { recursive: true, verbatimSymlinks: true });
    const links: { target: string }[] = JSON.parse(readFileSync(join(source, 'native/pg-symlinks.json'), 'utf8'));
    for (const { target } of links) rmSync(join(source, target));
    const folder = mkdtempSync(join(parent, 'copy-'));
    const lines: string[] = [];
    const provide = () => provideBinaries(folder, { kind: 'self' }, (line) => lines.push(line), source);
    const first = provide();
    expect(first.postgres.startsWith(folder)).toBe(true);
    expect(provide()).toEqual(first);
    expect(lines).toHaveLength(1);
  });
});

async function start(options: Partial<EmbeddedOptions> = {}) {
  const server = await startEmbeddedPostgres({ dataDir, log: () => {}, ...options });
  onTestFinished(() => server.stop());
  return server;
}

async function expectRefusal(message: string, options: Partial<EmbeddedOptions> = {}): Promise<void> {
  const error: unknown = await start(options).catch((e: unknown) => e);
  expect(error).toMatchObject({ name: 'StartError', message: expect.stringContaining(message) });
  expect(String(error)).not.toContain('\n');
}

async function query(connection: EmbeddedConnection, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

async function untilQueryRuns(pool: pg.Pool, pattern: string): Promise<void> {
  const text = `select from pg_stat_activity where state = 'active' and query like $1 and pid <> pg_backend_pid()`;
  while ((await pool.query(text, [pattern])).rowCount === 0) await turn();
}

function postmasterPid(): number {
  return Number(readFileSync(join(dataDir, 'pgdata/postmaster.pid'), 'utf8').split('\n')[0]);
}

function mode(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Values in the order of their arrival, for whoever waits for them. */
class Inbox<T> {
  #values: T[] = [];
  #waiting: ((value: T) => void)[] = [];

  put(value: T): void {
    const next = this.#waiting.shift();
    if (next) next(value);
    else this.#values.push(value);
  }

  take(): Promise<T> {
    const value = this.#values.shift();
    return value === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(value);
  }
}

interface HolderEvent {
  readonly event: string;
  readonly connection: EmbeddedConnection;
}

/** Another process that holds the data folder, and may be killed. */
class Holder {
  readonly child: ChildProcess;
  readonly #events = new Inbox<HolderEvent>();
  readonly #exited: Promise<unknown>;

  constructor(mode = '') {
    const script = join(import.meta.dirname, '../../test/support/embedded-process.ts');
    this.child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, mode], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#exited = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.stdout) {
      createInterface({ input: this.child.stdout }).on('line', (line) => this.#events.put(JSON.parse(line)));
    }
    onTestFinished(() => this.#finish());
  }

  async next(...names: string[]): Promise<HolderEvent> {
    for (;;) {
      const event = await this.#events.take();
      if (names.includes(event.event)) return event;
    }
  }

  /** Ends it as it wants to be ended. */
  async end(): Promise<void> {
    this.child.stdin?.end();
    await this.#exited;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.#exited;
  }

  async #finish(): Promise<void> {
    await this.kill();
    // A test that failed in the middle must not leave a server behind.
    const pid = existsSync(join(dataDir, 'pgdata/postmaster.pid')) ? postmasterPid() : null;
    const postmaster = pid === null ? null : identify(pid);
    if (!postmaster || postmaster.pid === process.pid) return;
    process.kill(postmaster.pid, 'SIGINT');
    while (isAlive(postmaster)) await turn();
  }
}
