import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { apiOf } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import { startPostgresProxy } from '../support/postgres-proxy.ts';
import { startServer } from '../support/server.ts';

/** Longer than any test lasts: what waits for it hangs. */
const never = '600';

async function connectTo(url: string, text = '') {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

const halfABody =
  'POST /console/api/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{';

test('SIGTERM ends a server whose database fell silent in the middle of requests and of the worker’s look', async () => {
  const database = await createTestDatabase();
  const proxy = await startPostgresProxy(database.connection);
  const server = await startServer({
    environment: { DATABASE_URL: proxy.url, CORDBOARD_STOP_TIMEOUT_SECONDS: '1' },
  });
  const call = apiOf(server);
  expect((await call('ListInstances', {})).status).toBe(200);
  const holder = await database.pool.connect();
  await holder.query('begin; lock table instance in access exclusive mode');
  const answers = Array.from({ length: 20 }, () =>
    call('ListInstances', {}).then(
      ({ status }) => status,
      () => 'cut off',
    ),
  );
  for (;;) {
    const { rows } = await database.pool.query(
      'select 1 from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0',
    );
    if (rows.length > 0) break;
    await delay(2);
  }
  proxy.silence();
  await connectTo(server.url);
  await connectTo(server.url, halfABody);
  expect(await server.end('SIGTERM')).toBe(0);
  for (const answer of await Promise.all(answers)) expect([503, 'cut off']).toContain(answer);
  // That they were cut off is said once, and was nobody's failure.
  expect(server.output()).not.toContain('"level":50');
  expect(server.output().match(/what is under way is cut off/g)).toHaveLength(1);
  holder.release(true);
  await server.remove();
  await proxy.close();
  await database.close();
});

test('a second signal ends the wait for what is under way, and PostgreSQL with it', async () => {
  const server = await startServer({ environment: { CORDBOARD_STOP_TIMEOUT_SECONDS: never } });
  await connectTo(server.url, halfABody);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  const ended = server.end('SIGINT');
  while (!server.output().includes('finishing what is under way')) await delay(2);
  await server.end('SIGINT');
  // A third one changes nothing any more.
  server.process.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(existsSync(join(server.dataDir, 'pgdata', 'postmaster.pid'))).toBe(false);
  rmSync(server.dataDir, { recursive: true, force: true });
});

test('a terminal that is closed in the middle of the first start leaves no PostgreSQL running', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'cordboard-stop-'));
  const main = join(import.meta.dirname, '../../dist/main.js');
  const child = spawn(process.execPath, [main, 'serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, CORDBOARD_DATA_DIR: dataDir, CORDBOARD_PORT: '0' },
  });
  const exited = once(child, 'exit');
  for await (const chunk of child.stderr) if (String(chunk).includes('Creating the database')) break;
  child.kill('SIGHUP');
  expect((await exited)[0]).toBe(0);
  expect(existsSync(join(dataDir, 'pgdata', 'postmaster.pid'))).toBe(false);
  rmSync(dataDir, { recursive: true, force: true });
});
