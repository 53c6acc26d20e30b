import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { assembleForTest } from '../test/support/assembled.ts';
import { credentials, makeWebRoot } from '../test/support/console.ts';
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts';
import { readConfig } from './config.ts';
import { prepareInstance } from './first-start.ts';
import { startHttp } from './http.ts';
import type { Logger } from './log.ts';

const web = makeWebRoot();
let database: TestDatabase;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareInstance(database.db, readConfig({ CORDBOARD_ADMIN_PASSWORD: credentials.Password }), new Date());
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
afterAll(async () => {
  await database.close();
  web.remove();
});

/** The port of a server with these settings. */
async function start(environment: Record<string, string> = {}): Promise<number> {
  const config = readConfig({ CORDBOARD_PORT: '0', ...environment });
  const { db } = database;
  const http = await startHttp({
    ...assembleForTest({ db }),
    config,
    db,
    health: { database: true, worker: () => true, trouble: () => null },
    log: pino({ level: 'silent' }) as Logger,
    webRoot: web.path,
    refusals: { count: () => undefined },
  });
  stops.push(() => http.stop(AbortSignal.abort()));
  return Number(new URL(http.url).port);
}

interface Sent {
  readonly method?: string;
  /** Names and values in turn, as they go over the wire. */
  readonly headers?: readonly string[];
  readonly body?: object;
}

async function send(port: number, path: string, { method = 'GET', headers = [], body }: Sent = {}) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const length = ['content-type', 'application/json', 'content-length', String(Buffer.byteLength(text))];
  const sent = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    setHost: false,
    headers: [...(headers.includes('host') ? [] : ['host', 'localhost']), ...headers, ...(body ? length : [])],
  });
  sent.end(text);
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString() };
}

const signIn = (port: number) => send(port, '/console/api/session', { method: 'POST', body: credentials });
const doors = ['/', '/console/', '/console/api/session', '/healthz', '/readyz', '/metrics', '/instance', '/nowhere'];

test('two Host headers are refused at every door', async () => {
  const port = await start();
  for (const door of doors) {
    const answer = await send(port, door, { headers: ['host', 'localhost', 'Host', 'elsewhere.example'] });
    expect([answer.status, answer.headers['x-amzn-errortype']], door).toEqual([400, 'MalformedHttpRequestException']);
  }
});

test('whatever carries a token is stored by nobody', async () => {
  const port = await start();
  const signedIn = await signIn(port);
  const cookie = String(signedIn.headers['set-cookie']?.[0]).split(';')[0] ?? '';
  const headers = ['cookie', cookie];
  const { CsrfToken } = JSON.parse(signedIn.text);
  const answers = [
    signedIn,
    await send(port, '/console/api/session', { headers }),
    await send(port, `/users-summary/${JSON.parse(signedIn.text).Instance.Id}`, { headers }),
    await send(port, '/console/api/session', { method: 'DELETE', headers: [...headers, 'x-csrf-token', CsrfToken] }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 204]);
  for (const answer of answers) expect(answer.headers['cache-control']).toBe('no-store');
});

test('where people come over HTTPS, browsers stay with it, and the cookie is of this host alone', async () => {
  const port = await start({ CORDBOARD_PUBLIC_URL: 'HTTPS://contact.example/' });
  for (const door of doors) {
    const { headers } = await send(port, door);
    expect(headers['strict-transport-security'], door).toBe('max-age=31536000');
  }
  const cookie = String((await signIn(port)).headers['set-cookie']?.[0]);
  expect(cookie).toMatch(/^__Host-cordboard_session=[\w-]{43}; .*Path=\/; .*HttpOnly; Secure; SameSite=Strict$/);
  expect(cookie).not.toMatch(/domain/i);
  const session = async (name: string) => {
    const token = /=([\w-]+);/.exec(cookie)?.[1];
    return (await send(port, '/console/api/session', { headers: ['cookie', `${name}=${token}`] })).status;
  };
  expect(await session('__Host-cordboard_session')).toBe(200);
  // What a neighbour of the domain, or somebody on the way, can plant.
  expect(await session('cordboard_session')).toBe(401);
});

test('over HTTP nothing of that is said, for browsers would not come back', async () => {
  const port = await start();
  const answer = await signIn(port);
  expect(answer.headers).not.toHaveProperty('strict-transport-security');
  expect(answer.headers['set-cookie']?.[0]).toMatch(/^cordboard_session=[\w-]{43}; (?!.*Secure)/);
});

test('metrics are for whoever is on the machine, and beyond it for whoever has the token', async () => {
  const scrape = async (environment: Record<string, string>, ...headers: string[]) =>
    (await send(await start(environment), '/metrics', { headers })).status;
  expect(await scrape({})).toBe(200);
  expect(await scrape({ CORDBOARD_HOST: '0.0.0.0' })).toBe(403);
  expect(await scrape({ CORDBOARD_PUBLIC_URL: 'https://contact.example' })).toBe(403);
  expect(await scrape({ CORDBOARD_PUBLIC_URL: 'http://localhost:8080' })).toBe(200);
  expect(await scrape({ CORDBOARD_TRUSTED_PROXIES: '127.0.0.1' })).toBe(403);
  const token = 'a-token-of-16-or-more';
  const withToken = { CORDBOARD_METRICS_TOKEN: token, CORDBOARD_HOST: '0.0.0.0' };
  expect(await scrape(withToken)).toBe(403);
  expect(await scrape(withToken, 'authorization', 'Bearer another-token-of-16')).toBe(403);
  expect(await scrape(withToken, 'authorization', `Bearer ${token}`)).toBe(200);
});

const denied = async (port: number, path: string, ...headers: string[]) => {
  const { status, headers: answered } = await send(port, path, { headers });
  return status === 403 && answered['x-amzn-errortype'] === 'AccessDeniedException';
};

test('a page of somebody else, whose name leads here, gets nothing from any door', async () => {
  const port = await start();
  const asked = ['/', '/console/', '/console/index.html', '/console/api/session', '/metrics', '/instance', '/nowhere'];
  for (const door of asked) {
    expect(await denied(port, door, 'host', `evil.example:${port}`), door).toBe(true);
    expect(await denied(port, door, 'host', `127.0.0.1:${port}`), door).toBe(false);
  }
  const headers = ['host', 'evil.example'];
  const tried = await send(port, '/console/api/session', { method: 'POST', headers, body: credentials });
  expect([tried.status, tried.headers['set-cookie']]).toEqual([403, undefined]);
  expect(JSON.parse(tried.text).Message).toMatch(/"evil\.example".*CORDBOARD_PUBLIC_URL or CORDBOARD_ALLOWED_HOSTS/);
  // Whoever watches a server asks by any name, and is told nothing that matters.
  for (const door of ['/healthz', '/readyz']) expect((await send(port, door, { headers })).status).toBe(200);
  // Whoever signs has a key, which no page has.
  const signed = await send(port, '/instance', { headers: [...headers, 'authorization', 'AWS4-HMAC-SHA256 nothing'] });
  expect(signed.headers['x-amzn-errortype']).toBe('IncompleteSignatureException');
});

test('a server is known by the names in its settings, and by any where it cannot know them', async () => {
  const at = async (environment: Record<string, string>, host: string) =>
    !(await denied(await start(environment), '/console/', 'host', host));
  expect(await at({ CORDBOARD_PUBLIC_URL: 'https://Contact.example/' }, 'contact.EXAMPLE.')).toBe(true);
  expect(await at({ CORDBOARD_PUBLIC_URL: 'https://contact.example/' }, 'other.example')).toBe(false);
  expect(await at({ CORDBOARD_HOST: '0.0.0.0', CORDBOARD_PUBLIC_URL: 'https://a.example/' }, 'evil.example')).toBe(
    false,
  );
  expect(await at({ CORDBOARD_ALLOWED_HOSTS: 'desk, Front.example' }, 'front.example:8080')).toBe(true);
  expect(await at({ CORDBOARD_ALLOWED_HOSTS: 'desk, Front.example' }, 'back.example')).toBe(false);
  expect(await at({ CORDBOARD_HOST: '0.0.0.0' }, 'cordboard')).toBe(true);
});

test.each<[string, string, number, string]>([
  ['no Host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'MalformedHttpRequestException'],
  ['an unknown expectation', 'GET / HTTP/1.1\r\nhost: x\r\nexpect: a\r\nconnection: close\r\n\r\n', 417, 'Malformed'],
  ['a tunnel', 'CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n', 405, 'Malformed'],
  ['what is not HTTP', 'HELLO\r\n\r\n', 400, 'Malformed'],
  ['a path that cannot be read', 'GET /%ff HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400, 'Malformed'],
  ['large headers', `GET / HTTP/1.1\r\nhost: x\r\na: ${'a'.repeat(900_000)}\r\n\r\n`, 431, 'RequestHeaderSection'],
])('%s is refused in the form of all other answers', async (_what, bytes, status, code) => {
  const port = await start({ CORDBOARD_PUBLIC_URL: 'https://x/' });
  const socket = connect(port, '127.0.0.1').end(bytes);
  const [head = '', body = ''] = (await textOf(socket)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z]`));
  for (const line of [
    `x-amzn-errortype: ${code}`,
    'x-amzn-requestid: ',
    'strict-transport-security: max-age=31536000',
    'cache-control: no-store',
    'content-type: application/json',
  ]) {
    expect(head).toContain(`\r\n${line}`);
  }
  expect(JSON.parse(body)).toMatchObject({
    __type: expect.stringContaining(code),
    Message: expect.stringMatching(/\.$/),
  });
});

test.each([
  ['too large', '/console/api/session', 'content-length', 413],
  ['too large, which shows as it comes', '/console/api/session', 'chunked', 413],
  ['not signed', '/users/i', 'content-length', 403],
  ['for no operation', '/nowhere', 'content-length', 404],
])('a client whose body is %s can send all of it and then read why not', async (_what, path, form, status) => {
  const port = await start();
  const body = Buffer.alloc(27_000_000, 97);
  const head = [
    path === '/users/i' ? 'PUT' : 'POST',
    path,
    'HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nconnection: close',
  ];
  const length = form === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${body.length}`;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.write(`${head.join(' ')}\r\n${length}\r\n\r\n`);
  if (form === 'chunked') socket.write(`${body.length.toString(16)}\r\n`);
  socket.write(body);
  // The answer is looked at only when everything has been sent, as many clients do.
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.write(form === 'chunked' ? '\r\n0\r\n\r\n' : '', () => resolve());
  });
  const answer = await textOf(socket);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toMatch(/\r\nx-amzn-errortype: \w+/);
});

test('nobody can go on sending for ever what is not wanted', async () => {
  const port = await start();
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const length = 10_000_000_000;
  socket.write(`POST /users/i HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n`);
  const gone = once(socket, 'close').catch(() => undefined);
  socket.on('error', () => undefined).resume();
  let sent = 0;
  const more = () => {
    while (!socket.destroyed && sent < length) {
      sent += 1_000_000;
      if (!socket.write(Buffer.alloc(1_000_000))) return socket.once('drain', more);
    }
    return null;
  };
  more();
  await gone;
  expect(sent).toBeLessThan(200_000_000);
});
