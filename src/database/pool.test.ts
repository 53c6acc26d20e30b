import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { startPostgresProxy } from '../../test/support/postgres-proxy.ts';
import { openDatabase } from './pool.ts';
import { judgeServer } from './server-check.ts';
import { inTransaction, isLostConnection, isUniqueViolation } from './transaction.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query('create table counter (id int primary key, value bigint not null)');
  await database.pool.query('create unique index counter_value_key on counter (value)');
});
afterAll(() => database.close());

const read = async (id: number) =>
  (await database.pool.query('select value from counter where id = $1', [id])).rows[0]?.value;

describe('openDatabase', () => {
  test('reads whole numbers as numbers, points in time as dates, days as text', async () => {
    const { rows } = await database.pool.query(
      `select 9007199254740991::bigint as n, count(*) as none, '2026-03-04T05:06:07.089Z'::timestamptz as at, date '2026-03-04' as day from counter where false`,
    );
    expect(rows[0]).toEqual({
      n: 9007199254740991,
      none: 0,
      at: new Date('2026-03-04T05:06:07.089Z'),
      day: '2026-03-04',
    });
  });

  test('refuses to round a number', async () => {
    await expect(database.pool.query('select 9007199254740993::bigint')).rejects.toThrow('too large');
  });

  test('lets no transaction of a dead machine keep its locks', async () => {
    const { rows } = await database.pool.query(
      `select name, setting from pg_settings where name in ('idle_in_transaction_session_timeout', 'statement_timeout')
       order by name`,
    );
    expect(rows).toEqual([
      { name: 'idle_in_transaction_session_timeout', setting: '10000' },
      { name: 'statement_timeout', setting: '60000' },
    ]);
    // The keepalive settings are kept by PostgreSQL for TCP only; on a Unix socket it shows 0, so ask what was sent.
    expect(database.pool.options.options).toContain('-c tcp_keepalives_idle=3');
  });

  test('works through a DATABASE_URL, too', async () => {
    const other = await openDatabase({ databaseUrl: database.url, max: 1 });
    const { rows } = await other.pool.query('select current_database() as name');
    await other.close();
    expect(rows).toEqual([{ name: database.connection.database }]);
  });

  test('opens new sessions after the old ones were cut off, idle or in use', async () => {
    const other = await openDatabase({ embeddedConnection: database.connection, max: 2 });
    const idle = await other.pool.connect();
    const used = await other.pool.connect();
    const ended = Promise.all([idle, used].map((client) => new Promise((resolve) => client.once('end', resolve))));
    idle.release();
    const pids = await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    expect(pids.rowCount).toBeGreaterThanOrEqual(2);
    await expect(used.query('select 1')).rejects.toSatisfy(isLostConnection);
    used.release();
    // The server ends sessions in its own time; a query before that may still meet an old one.
    await ended;
    await expect(other.pool.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await other.close();
  });

  test.each([
    ['nothing listens', 'postgres://u:s3cret@127.0.0.1:1/d', 'database d at 127.0.0.1:1 as u: nothing accepts'],
    ['the host is unknown', 'postgres://u:s3cret@db.invalid/d', 'as u: the host name'],
    ['it is no URL', 's3cret', 'DATABASE_URL must look like'],
    ['it is a broken URL', 'postgres://u:s3cret@[::1/d', 'DATABASE_URL cannot be used'],
    ['it names two hosts', 'postgres://u:s3cret@one:5432,two:5432/d', 'DATABASE_URL must name one host'],
    ['it names two hosts as a member', 'postgres://u:s3cret@/d?host=one,two', 'DATABASE_URL must name one host'],
    [
      'a file that it names is not there',
      'postgres://u:s3cret@one/d?sslmode=verify-full&sslrootcert=/nowhere/ca.pem',
      'a file that it names (sslrootcert, sslcert, sslkey) cannot be read',
    ],
    ['its port is no number', 'postgres://u:s3cret@host:port/d', 'DATABASE_URL cannot be used'],
  ])('says in one line, without the password, that %s', async (_, databaseUrl, message) => {
    const error: unknown = await openDatabase({ databaseUrl, max: 1 }).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'StartError', message: expect.stringContaining(message) });
    expect(String(error)).not.toMatch(/s3cret|\n/);
  });

  test('a comma in a password is no second host', async () => {
    await expect(openDatabase({ databaseUrl: 'postgres://u:a,b@127.0.0.1:1/d', max: 1 })).rejects.toThrow(
      'nothing accepts',
    );
  });

  test('says that the server offers no TLS', async () => {
    const proxy = await startPostgresProxy(database.connection);
    await expect(openDatabase({ databaseUrl: `${proxy.url}?sslmode=verify-full`, max: 1 })).rejects.toThrow(
      'it offers no TLS (without sslmode nothing is encrypted)',
    );
    await proxy.close();
  });

  test('says that a certificate is not trusted, and what names the one that is', async ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), 'cordboard-tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const wanted = ['-x509', '-nodes', '-newkey', 'rsa:2048', '-subj', '/CN=localhost', '-keyout', key, '-out', cert];
    if (spawnSync('openssl', ['req', ...wanted]).status !== 0)
      return skip('There is no openssl to make a certificate.');
    const secureContext = createSecureContext({ key: readFileSync(key), cert: readFileSync(cert) });
    rmSync(folder, { recursive: true });
    // Says yes to TLS, as PostgreSQL does, and goes no further.
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => {
        socket.write('S');
        new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => {});
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const databaseUrl = `postgres://u:s3cret@127.0.0.1:${port}/d?sslmode=verify-full`;
    await expect(openDatabase({ databaseUrl, max: 1 })).rejects.toThrow(/not trusted here \(sslrootcert names a file/);
    server.close();
  });

  test('says that a database does not exist', async () => {
    const { host, port } = inject('postgres');
    const databaseUrl = `postgres://postgres:s3cret@/nowhere?host=${encodeURIComponent(host)}&port=${port}`;
    await expect(openDatabase({ databaseUrl, max: 1 })).rejects.toThrow('there is no such database');
  });
});

describe('judgeServer', () => {
  const good = { version: 150_000, encoding: 'UTF8', readOnly: false };

  test('takes PostgreSQL 15 and later', () => {
    judgeServer(good);
    judgeServer({ ...good, version: 190_001 });
  });

  test.each([
    [{ ...good, version: 140_022 }, 'is PostgreSQL 14; Cordboard needs 15 or later'],
    [{ ...good, version: 90_624 }, 'is PostgreSQL 9.6; Cordboard needs 15 or later'],
    [{ ...good, version: Number.NaN }, 'Cordboard needs 15 or later'],
    [{ ...good, encoding: 'SQL_ASCII' }, 'encoding SQL_ASCII'],
    [{ ...good, readOnly: true }, 'read-only'],
  ])('refuses %o', (server, message) => {
    expect(() => judgeServer(server)).toThrow(message);
  });
});

describe('inTransaction', () => {
  test('commits what was done, and rolls it back when it throws', async () => {
    await inTransaction(database.db, (tx) => sql`insert into counter values (1, 10)`.execute(tx));
    const failure = inTransaction(database.db, async (tx) => {
      await sql`update counter set value = 11 where id = 1`.execute(tx);
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    expect(await read(1)).toBe(10);
  });

  test('runs the loser of a deadlock again, as a whole', async () => {
    await database.pool.query('insert into counter values (21, 21), (22, 22)');
    let attempts = 0;
    const bothHold = gate(2);
    const swap = (first: number, second: number) =>
      inTransaction(database.db, async (tx) => {
        attempts += 1;
        await sql`update counter set value = value + 100 where id = ${first}`.execute(tx);
        await bothHold();
        await sql`update counter set value = value + 1000 where id = ${second}`.execute(tx);
      });
    await Promise.all([swap(21, 22), swap(22, 21)]);
    expect(attempts).toBe(3);
    expect([await read(21), await read(22)]).toEqual([1121, 1122]);
  });

  test('gives up in the end', async () => {
    let attempts = 0;
    const failure = inTransaction(database.db, async (tx) => {
      attempts += 1;
      await sql`do $$ begin raise sqlstate '40001'; end $$`.execute(tx);
    });
    await expect(failure).rejects.toMatchObject({ code: '40001' });
    expect(attempts).toBe(6);
  });

  test('does not report success when a failed statement was passed over', async () => {
    const swallowed = inTransaction(database.db, async (tx) => {
      await sql`insert into counter values (31, 31)`.execute(tx);
      await sql`select 1 / 0`.execute(tx).catch(() => {});
      return 'done';
    });
    await expect(swallowed).rejects.toThrow('nothing was written');
    expect(await read(31)).toBeUndefined();
  });

  test('tells one unique constraint from another', async () => {
    await database.pool.query('insert into counter values (41, 41)');
    const error: unknown = await inTransaction(database.db, (tx) =>
      sql`insert into counter values (42, 41)`.execute(tx),
    ).catch((e: unknown) => e);
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'counter_value_key')).toBe(true);
    expect(isUniqueViolation(error, 'counter_pkey')).toBe(false);
    expect(isLostConnection(error)).toBe(false);
  });
});

/** Lets everybody through once `count` have arrived; open from then on. */
function gate(count: number): () => Promise<void> {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived >= count) open();
    return opened;
  };
}
