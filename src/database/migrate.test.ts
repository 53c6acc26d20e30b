import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './pool.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
  folder = mkdtempSync(join(tmpdir(), 'cordboard-test-'));
  file('0001_first', 'create table trace (at serial, name text); insert into trace (name) values ($$first$$);');
  file('0002_second', `insert into trace (name) values ('second');`);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.close();
});

const file = (name: string, text: string) => writeFileSync(join(folder, `${name}.sql`), text);
const run = () => migrate(database.pool, { folder });
const trace = async () => (await database.pool.query('select name from trace order by at')).rows.map((row) => row.name);

describe('migrate', () => {
  test('applies what is missing, in order, once', async () => {
    await run();
    expect(await trace()).toEqual(['first', 'second']);
    file('0003_third', `insert into trace (name) values ('third');`);
    const lines: string[] = [];
    await migrate(database.pool, { folder, log: (line) => lines.push(line) });
    await run();
    expect(await trace()).toEqual(['first', 'second', 'third']);
    expect(lines).toEqual(['Migrated the database: 0003_third.']);
    const { rows } = await database.pool.query('select number, name from schema_migration order by number');
    expect(rows).toEqual([
      { number: 0, name: 'lock' },
      { number: 1, name: '0001_first' },
      { number: 2, name: '0002_second' },
      { number: 3, name: '0003_third' },
    ]);
  });

  test('lets many servers start at once', async () => {
    file('0003_slow', `select pg_sleep(0.2); insert into trace (name) values ('slow');`);
    const servers = await Promise.all(
      Array.from({ length: 8 }, () => openDatabase({ embeddedConnection: database.connection, max: 1 })),
    );
    const logged: string[] = [];
    await Promise.all(servers.map(({ pool }) => migrate(pool, { folder, log: (line) => logged.push(line) })));
    await Promise.all(servers.map((server) => server.close()));
    expect(await trace()).toEqual(['first', 'second', 'slow']);
    expect(logged).toHaveLength(3);
  });

  test('undoes a migration that fails, keeps those before it, and goes on when it is mended', async () => {
    file('0003_broken', `insert into trace (name) values ('half'); select no_such_column;`);
    await expect(run()).rejects.toMatchObject({
      name: 'StartError',
      message: 'The database could not be migrated (0003_broken): column "no_such_column" does not exist.',
    });
    expect(await trace()).toEqual(['first', 'second']);
    file('0003_broken', `insert into trace (name) values ('mended');`);
    await run();
    expect(await trace()).toEqual(['first', 'second', 'mended']);
  });

  test('refuses a database whose migrations were changed since', async () => {
    await run();
    file('0001_first', 'create table trace (at serial, name text, more text);');
    await expect(run()).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('made with another 0001_first'),
    });
  });

  test('does not take other line ends for a change', async () => {
    file('0003_lines', 'create table one (id int);\ncreate table two (id int);\n');
    await run();
    file('0003_lines', 'create table one (id int);\r\ncreate table two (id int);\r\n');
    await run();
  });

  test('refuses a database that a newer Cordboard made', async () => {
    file('0003_third', 'select 1;');
    await run();
    rmSync(join(folder, '0003_third.sql'));
    await expect(run()).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('made by a newer Cordboard (it has 0003_third, this one ends with 0002_second)'),
    });
  });

  test('refuses a user who may not create tables', async () => {
    const role = `guest_${database.connection.database}`;
    await database.pool.query(`create role ${role} login`);
    const guest = await openDatabase({ embeddedConnection: { ...database.connection, user: role }, max: 1 });
    await expect(migrate(guest.pool, { folder })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('may not create tables'),
    });
    await guest.close();
    await database.pool.query(`drop role ${role}`);
  });

  test.each(['0004_gap', '0002_twice', 'three_of'])('does not begin with a folder that holds %s', async (name) => {
    file(name, 'select 1;');
    await expect(run()).rejects.toThrow('Migrations are numbered');
  });
});
