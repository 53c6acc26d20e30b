import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { apiOf } from '../support/api.ts';
import { connectTo } from '../support/embedded-sql.ts';
import { startServer, type TestServer } from '../support/server.ts';

const main = join(import.meta.dirname, '../../dist/main.js');
let folder: string;
let servers: TestServer[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordboard-start-'));
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.end('SIGKILL');
  // What a killed server left behind is stopped by the next one that runs in its folder.
  if (existsSync(join(folder, 'pgdata'))) await (await startServer({ dataDir: folder })).end();
  rmSync(folder, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}): Promise<TestServer> {
  const server = await startServer({ dataDir: folder, environment });
  servers.push(server);
  return server;
}

/** Runs the command to its end. */
function run(args: string[], environment: Record<string, string>) {
  const env = { PATH: process.env.PATH, CORDBOARD_DATA_DIR: folder, CORDBOARD_PORT: '0', ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** One clear line, a non-zero exit, and nothing of the program's inside. */
function expectRefusal({ status, stderr }: { status: number | null; stderr: string }, line: RegExp) {
  const said = stderr.split('\n').filter((text) => text.startsWith('cordboard: '));
  expect(stderr).not.toContain('    at ');
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(line);
  expect(stderr, 'nothing was under way').not.toContain('Not everything was finished');
  expect(status).toBe(1);
}

test('a port that is taken is refused, and nothing is made', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  expectRefusal(run(['serve'], { CORDBOARD_PORT: String(port) }), /is taken by another program.*CORDBOARD_PORT/);
  expect(existsSync(join(folder, 'pgdata'))).toBe(false);
  await new Promise((resolve) => taken.close(resolve));
});

test('the data folder of a living server is refused', async () => {
  await start();
  expectRefusal(run(['serve'], {}), /in use|running|another Cordboard/i);
});

test('a data folder that cannot be one is refused', () => {
  writeFileSync(join(folder, 'file'), '');
  expectRefusal(run(['serve'], { CORDBOARD_DATA_DIR: join(folder, 'file', 'below') }), /file/);
});

test('a database that does not answer is refused without its password', () => {
  const refused = run(['serve'], { DATABASE_URL: 'postgres://someone:hush-hush@127.0.0.1:1/nowhere' });
  expectRefusal(refused, /database|PostgreSQL/i);
  expect(refused.stderr + refused.stdout).not.toContain('hush-hush');
});

test('a setting that cannot be used is named', () => {
  expectRefusal(run(['serve'], { CORDBOARD_PORT: 'eighty' }), /CORDBOARD_PORT/);
});

test('every command explains itself, with the settings', () => {
  for (const args of [['--help'], ['serve', '--help'], ['credentials', '--help']]) {
    const { status, stdout } = run(args, {});
    expect(status).toBe(0);
    expect(stdout).toContain('CORDBOARD_DATA_DIR');
  }
});

test('credentials prints what the first start has made, for this user only', async () => {
  expectRefusal(run(['credentials'], {}), /no access key/);
  const made = { CORDBOARD_ACCESS_KEY_ID: '', CORDBOARD_SECRET_ACCESS_KEY: '' };
  const server = await start(made);
  // As in another terminal, which knows of no setting but the folder.
  const { stdout, stderr } = run(['credentials'], {});
  expect(stderr).toBe('');
  const { accessKeyId, secretAccessKey } = JSON.parse(readFileSync(join(folder, 'credentials.json'), 'utf8'));
  expect(stdout).toContain(`export AWS_ACCESS_KEY_ID=${accessKeyId}\n`);
  expect(stdout).toContain(`export AWS_ENDPOINT_URL_CONNECT=${server.url}\n`);
  expect(statSync(join(folder, 'credentials.json')).mode & 0o777).toBe(0o600);
  const call = apiOf({ url: server.url, accessKeyId, secretAccessKey });
  expect((await call('ListInstances', {})).status).toBe(200);
  expect(run(['access-key', 'create', '--actions', 'connect:List*'], {}).stdout).toContain(server.url);
  // What a start prints is often kept: it has the way to the key, and not the key.
  await server.end();
  expect(server.output()).toContain(`eval "$(CORDBOARD_DATA_DIR='${folder}' npm exec --no -- cordboard credentials)"`);
  for (const text of [accessKeyId, secretAccessKey]) expect(server.output()).not.toContain(text);
});

test('credentials believes the data folder only as long as the server lives', async () => {
  const settings = { CORDBOARD_ACCESS_KEY_ID: 'TESTACCESSKEY', CORDBOARD_SECRET_ACCESS_KEY: 'test-secret-access-key' };
  const address = (environment: Record<string, string> = {}) =>
    /AWS_ENDPOINT_URL_CONNECT=(.*)/.exec(run(['credentials'], { ...settings, ...environment }).stdout)?.[1];
  const server = await start();
  expect(address()).toBe(server.url);
  expect(address({ CORDBOARD_PUBLIC_URL: 'https://contact.example' })).toBe('https://contact.example');
  expectRefusal(run(['credentials'], { ...settings, CORDBOARD_ACCESS_KEY_ID: 'ANOTHERKEY' }), /TESTACCESSKEY/);
  expect(readFileSync(join(folder, 'server.json'), 'utf8')).not.toContain('test-secret-access-key');
  await server.end('SIGKILL');
  expect(existsSync(join(folder, 'server.json'))).toBe(true);
  expect(address({ CORDBOARD_PORT: '8123' })).toBe('http://127.0.0.1:8123');
  expect(run(['credentials'], settings).stderr).toMatch(/^No server runs in .* now/);

  const next = await start();
  expect(address()).toBe(next.url);
  await next.end();
  expect(existsSync(join(folder, 'server.json'))).toBe(false);
});

test('SIGTERM ends the server with 0, PostgreSQL with it, and the next start finds everything', async () => {
  const ids = async (server: TestServer) => {
    const { body } = await apiOf(server)('ListInstances', {});
    return body.InstanceSummaryList.map((instance) => instance.Id);
  };
  const first = await start();
  const before = await ids(first);
  expect(before).toHaveLength(1);
  expect(await first.end('SIGTERM')).toBe(0);
  expect(existsSync(join(folder, 'pgdata', 'postmaster.pid'))).toBe(false);
  expect(await ids(await start())).toEqual(before);
});

test('what was acknowledged is there after kill -9 of Cordboard, and of PostgreSQL', async () => {
  const first = await start();
  const call = apiOf(first);
  const instances = await call('ListInstances', {});
  const InstanceId = instances.body.InstanceSummaryList[0]?.Id ?? '';
  const profiles = await call('ListSecurityProfiles', { InstanceId });
  const routing = await call('ListRoutingProfiles', { InstanceId });
  const made = await call('CreateUser', {
    InstanceId,
    Username: 'kept',
    Password: 'Kept-Password-1',
    IdentityInfo: { FirstName: 'K', LastName: 'Ept', Email: 'kept@example.com' },
    SecurityProfileIds: [profiles.body.SecurityProfileSummaryList[0]?.Id ?? ''],
    RoutingProfileId: routing.body.RoutingProfileSummaryList[0]?.Id ?? '',
    PhoneConfig: { PhoneType: 'SOFT_PHONE' },
  });
  expect(made.status).toBe(200);
  await first.end('SIGKILL');

  const second = await start();
  const user = { InstanceId, UserId: made.body.UserId };
  expect((await apiOf(second)('DescribeUser', user)).status).toBe(200);
  const session = await connectTo(folder);
  session.on('error', () => {});
  const postmaster = Number(readFileSync(join(folder, 'pgdata', 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(postmaster, 'SIGKILL');
  await second.end('SIGKILL');
  await session.end().catch(() => {});

  const third = await start();
  expect((await apiOf(third)('DescribeUser', user)).status).toBe(200);
});
