import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { StartError } from '../config.ts';
import { errorCode } from './database-errors.ts';

interface Migration {
  readonly number: number;
  /** With the number: 0003_users. */
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface MigrateOptions {
  readonly folder?: string;
  readonly log?: (line: string) => void;
}

/** Beside this file, both in src/ and in dist/. */
const ownFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** The row with this number is no migration: its lock is what makes servers that start together take turns. */
const lockRow = 0;

/**
 * Brings the database to the newest schema: applies the files NNNN_name.sql that it lacks, in order, each in a
 * transaction of its own. Any number of servers may do it at the same time.
 * @throws StartError when the database was made by a newer Cordboard, when an applied file was changed since, or when
 * one fails (what it did is then rolled back; those before it stay).
 */
export async function migrate(pool: pg.Pool, { folder = ownFolder, log }: MigrateOptions = {}): Promise<void> {
  const migrations = readMigrations(folder);
  const client = await pool.connect();
  try {
    await createTable(client);
    while (await applyNext(client, migrations, log)) {
      // One transaction each: a later one may use what an earlier one committed, and a failure loses one only.
    }
  } finally {
    client.release();
  }
}

/** @returns whether there may be another one. */
async function applyNext(client: pg.PoolClient, migrations: readonly Migration[], log?: (line: string) => void) {
  await client.query('begin');
  try {
    await client.query('set local statement_timeout = 0');
    await client.query('select from schema_migration where number = $1 for update', [lockRow]);
    // A statement of its own, after the lock: it sees what the server before us in the queue committed.
    const { rows } = await client.query<{ number: number; name: string; checksum: string }>(
      'select number, name, checksum from schema_migration where number <> $1 order by number',
      [lockRow],
    );
    compare(rows, migrations);
    const next = migrations[rows.length];
    if (next) {
      await apply(client, next);
      log?.(`Migrated the database: ${next.name}.`);
    }
    await client.query('commit');
    return next !== undefined;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function apply(client: pg.PoolClient, { number, name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    if (errorCode(error) === null) throw error;
    throw new StartError(
      `The database could not be migrated (${name}): ${error instanceof Error ? error.message : error}.`,
    );
  }
  await client.query('insert into schema_migration (number, name, checksum) values ($1, $2, $3)', [
    number,
    name,
    checksum,
  ]);
}

/** The applied ones must be the first ones that we know. */
function compare(applied: readonly { number: number; name: string; checksum: string }[], known: readonly Migration[]) {
  for (const [index, row] of applied.entries()) {
    const migration = known[index];
    if (!migration) {
      throw new StartError(
        `The database was made by a newer Cordboard (it has ${row.name}, this one ends with ${known.at(-1)?.name ?? 'none'}). Start that version, or use another database.`,
      );
    }
    if (migration.number !== row.number || migration.checksum !== row.checksum) {
      throw new StartError(
        `The database was made with another ${row.name} than this Cordboard has (${migration.name}). Start the version that made it, or use another database.`,
      );
    }
  }
}

/** Idempotent, and safe when several do it at once: "if not exists" is no lock, the slower one gets one of these errors. */
async function createTable(client: pg.PoolClient): Promise<void> {
  const lostRace = ['23505', '42P07', '42710', 'XX000', '40001'];
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(`create table if not exists schema_migration (
        number integer primary key,
        name text not null,
        checksum text not null,
        applied_time timestamptz not null default now()
      )`);
      await client.query(
        `insert into schema_migration (number, name, checksum) values ($1, 'lock', '') on conflict do nothing`,
        [lockRow],
      );
      return;
    } catch (error) {
      const code = errorCode(error) ?? '';
      if (code === '42501') {
        throw new StartError(
          'The database user may not create tables: make it the owner of the database, or grant it CREATE on its schema.',
        );
      }
      if (!lostRace.includes(code) || attempt === 10) throw error;
    }
  }
}

function readMigrations(folder: string): Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file): Migration => {
      // A checkout on Windows may have changed the line ends, which is no change.
      const sql = readFileSync(`${folder}/${file}`, 'utf8').replaceAll('\r\n', '\n');
      const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1]);
      return {
        number,
        name: file.slice(0, -'.sql'.length),
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
      };
    });
  for (const [index, { number, name }] of migrations.entries()) {
    if (number !== index + 1) throw new Error(`Migrations are numbered 0001, 0002 and so on; ${name} is out of order.`);
  }
  return migrations;
}
