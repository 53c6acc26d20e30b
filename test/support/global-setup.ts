import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type EmbeddedConnection, startEmbeddedPostgres } from '../../src/database/embedded.ts';
import { migrate } from '../../src/database/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: EmbeddedConnection;
    templateDatabase: string;
  }
}

const templateDatabase = 'cordboard_template';

/** One PostgreSQL for the whole run, with one migrated database that every test database is cloned from. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  generate();
  const dataDir = mkdtempSync(join(tmpdir(), 'cordboard-test-'));
  // fsync guards against power cuts, which no test has; the reliability tests start a durable server of their own.
  const server = await startEmbeddedPostgres({ dataDir, log: () => {}, durable: false, maxConnections: 200 });
  stopWithThisProcess(dataDir);
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server.connection);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('postgres', server.connection);
  project.provide('templateDatabase', templateDatabase);
  return stop;
}

/** A run that is killed stops nothing itself: this shell sees its input end, whatever ended us, and clears up. */
function stopWithThisProcess(dataDir: string): void {
  const script = 'read _; kill -INT "$(head -n 1 "$1/pgdata/postmaster.pid")"; sleep 2; rm -rf "$1"';
  const watcher = spawn('/bin/sh', ['-c', script, 'sh', dataDir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
}

async function makeTemplate(connection: EmbeddedConnection): Promise<void> {
  await withPool(connection, (pool) => pool.query(`create database ${templateDatabase}`));
  await withPool({ ...connection, database: templateDatabase }, (pool) => migrate(pool));
}

async function withPool(connection: EmbeddedConnection, use: (pool: pg.Pool) => Promise<unknown>): Promise<void> {
  const pool = new pg.Pool({ ...connection, max: 1 });
  try {
    await use(pool);
  } finally {
    await pool.end();
  }
}

/** What is generated is not committed, and `npx vitest` alone runs no build. */
function generate(): void {
  const root = join(import.meta.dirname, '../..');
  const run = (made: string, ...script: string[]) => {
    if (existsSync(join(root, made)) || !script.every((path) => existsSync(join(root, path)))) return;
    const { status } = spawnSync(process.execPath, script, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`node ${script.join(' ')} failed.`);
  };
  run('src/connect-api/model.generated.ts', 'scripts/generate-model.mjs');
  run('web/src/api/calls.generated.ts', 'node_modules/tsx/dist/cli.mjs', 'scripts/generate-calls.mjs');
}
