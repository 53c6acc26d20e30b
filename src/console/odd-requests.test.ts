import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { type Logger, pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assembleForTest } from '../../test/support/assembled.ts';
import { credentials, makeWebRoot } from '../../test/support/console.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { readConfig } from '../config.ts';
import { prepareInstance } from '../first-start.ts';
import { startHttp } from '../http.ts';

const web = makeWebRoot();
const lines: Record<string, unknown>[] = [];
let database: TestDatabase;
let http: Awaited<ReturnType<typeof startHttp>>;
let port: number;
let cookie: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const now = () => new Date();
  const config = readConfig({ CORDBOARD_PORT: '0', CORDBOARD_ADMIN_PASSWORD: credentials.Password });
  await prepareInstance(db, config, now());
  http = await startHttp({
    ...assembleForTest({ db, now }),
    config,
    db,
    health: { database: true, worker: () => true, trouble: () => null },
    log: pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) }) as Logger,
    webRoot: web.path,
    refusals: { count: () => undefined },
  });
  port = Number(new URL(http.url).port);
  const answer = await send('POST', '/console/api/session', [], JSON.stringify(credentials));
  cookie = /set-cookie: (cordboard_session=[^;]+)/i.exec(answer.head)?.[1] ?? '';
  expect(cookie).not.toBe('');
});
afterAll(async () => {
  await http.stop(AbortSignal.abort());
  await database.close();
  web.remove();
});

interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Bytes as they are; the answer is what comes back until the server closes. */
async function raw(bytes: string | Buffer): Promise<Answer> {
  const socket = connect(port, '127.0.0.1');
  // A server that has refused a request may close while the rest of it is still being sent.
  socket.on('error', () => undefined);
  socket.write(bytes);
  const answer = await textOf(socket).catch(() => '');
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: rest.join('\r\n\r\n') };
}

function send(method: string, target: string, headers: readonly string[] = [], body?: string): Promise<Answer> {
  const length = body === undefined ? [] : [`content-length: ${Buffer.byteLength(body)}`];
  const type =
    body === undefined || headers.some((header) => /^content-type/i.test(header))
      ? []
      : ['content-type: application/json'];
  const head = [`${method} ${target} HTTP/1.1`, 'host: localhost', 'connection: close', ...headers, ...type, ...length];
  return raw(`${head.join('\r\n')}\r\n\r\n${body ?? ''}`);
}

/** What every answer must be: never a 5xx, and a refusal in Connect's form with a request id and no inner words. */
function expectPlain(answer: Answer, what: string): void {
  expect(answer.status, what).toBeGreaterThanOrEqual(200);
  expect(answer.status, what).toBeLessThan(500);
  expect(answer.head, what).toMatch(/\r\nx-amzn-requestid: [0-9a-f-]{36}/i);
  if (answer.status < 400) return;
  expect(answer.head, what).toMatch(/\r\nx-amzn-errortype: \w+Exception/i);
  if (answer.body === '') return;
  const { __type, Message } = JSON.parse(answer.body);
  expect(answer.head, what).toContain(`x-amzn-errortype: ${__type}`);
  expect(Message, what).toMatch(/^[A-Z][^\n]*\.$/);
  expect(answer.body, what).not.toMatch(/index|relation|constraint|statement|sql|FST_|HPE_|ENOENT|node:|\/tmp\//i);
}

const routes = [
  '/',
  '/console',
  '/console/',
  '/console/users',
  '/console/index.html',
  '/console/logo.svg',
  '/console/assets/index-1a2b.js',
  '/console/assets/',
  '/console/assets/gone.js',
  '/console/api/session',
  '/console/api/nothing',
  '/healthz',
  '/readyz',
  '/metrics',
  '/users/i',
  '/nowhere',
];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'M-SEARCH'];

test('every route takes every method, or says which it takes', async () => {
  for (const route of routes) {
    for (const method of methods) {
      const answer = await send(method, route);
      expectPlain(answer, `${method} ${route}`);
      if (answer.status === 405) expect(answer.head, `${method} ${route}`).toMatch(/\r\nallow: [A-Z, ]+/i);
    }
  }
});

test('HEAD is GET without a body wherever a page, a file or a probe is', async () => {
  for (const route of routes.filter((each) => !/api|users\/i|nowhere|gone|assets\/$/.test(each))) {
    const [get, head] = [await send('GET', route), await send('HEAD', route)];
    expect([head.status, head.body], route).toEqual([get.status, '']);
  }
});

test.each<[string, string[]]>([
  ['a range', ['range: bytes=0-3']],
  ['a range that is not there', ['range: bytes=999999-']],
  ['a range of nonsense', ['range: bytes=a-b']],
  ['many ranges', [`range: bytes=${new Array(500).fill('0-1').join(',')}`]],
  ['a negative range', ['range: bytes=-0']],
  ['a precondition that fails', ['if-match: "nothing"']],
  ['a time that is none', ['if-modified-since: yesterday', 'if-unmodified-since: 1 Jan 1970']],
  ['any entity', ['if-none-match: *']],
  ['encodings', ['accept-encoding: br;q=2, gzip;q=-1, *;q=, deflate, identity;q=0']],
  ['no encoding', ['accept-encoding: ']],
  ['a cookie that is rubbish', ['cookie: cordboard_session=%ff%00; ;;=; a', `cookie: ${'x=y; '.repeat(500)}`]],
  ['an empty cookie', ['cookie: cordboard_session=']],
  ['a cookie of another', ['cookie: cordboard_session=AAAA']],
  ['a long cookie', [`cookie: cordboard_session=${'a'.repeat(8000)}`]],
  ['bytes that are not ASCII', ['cookie: cordboard_session=\u00ff\u00fe', 'x-csrf-token: \u00e4']],
  ['authorization', ['authorization: Basic YTpi']],
  ['a broken signature', ['authorization: AWS4-HMAC-SHA256 Credential=a']],
  ['an unknown key', ['authorization: AWS4-HMAC-SHA256 Credential=A/20260101/x/connect/aws4_request']],
  ['an upgrade', ['upgrade: websocket', 'connection: upgrade']],
  ['an expectation', ['expect: 200-maybe']],
  ['a body without a length', ['transfer-encoding: chunked', 'content-type: application/json']],
  ['two lengths', ['content-length: 1', 'content-length: 2']],
  ['a length that is none', ['content-length: one']],
  ['a length below zero', ['content-length: -1']],
  ['an over-long header', [`x-long: ${'a'.repeat(20_000)}`]],
  ['many headers', Array.from({ length: 900 }, (_, index) => `x-${index}: a`)],
  ['forwarded nonsense', ['x-forwarded-for: <script>, \t,,', 'forwarded: for=_hidden']],
  ['a request id of its own', ['request-id: 1', 'x-amzn-requestid: mine']],
])('%s is no trouble for any route', async (_what, headers) => {
  for (const route of routes) {
    for (const method of ['GET', 'POST', 'DELETE']) {
      // The end of a chunked body, and nothing to a request without one.
      const chunk = headers.some((header) => header.startsWith('transfer-encoding')) ? '2\r\n{}\r\n0\r\n\r\n' : '';
      const head = [`${method} ${route} HTTP/1.1`, 'host: localhost', 'connection: close', ...headers];
      const answer = await raw(Buffer.from(`${head.join('\r\n')}\r\n\r\n${chunk}`, 'latin1'));
      const what = `${method} ${route} ${headers[0]?.slice(0, 60)}`;
      expectPlain(answer, what);
      expect(answer.body).not.toContain('mine');
    }
  }
});

test.each([
  '/console/%',
  '/console/%zz',
  '/console/%ff',
  '/console/%00',
  '/console/logo.svg%00.html',
  '/console/..',
  '/console/../package.json',
  '/console/..%2f..%2fpackage.json',
  '/console/%2e%2e/package.json',
  '/console/..\\..\\package.json',
  '/console//etc/passwd',
  '/console/./logo.svg',
  '/console/assets//index-1a2b.js',
  '/console/assets/..%5c..%5cpackage.json',
  '/console/.env',
  '/console/.git/config',
  '/console/logo.svg/',
  '/console/logo.svg/more',
  '/console/LOGO.SVG',
  '/console/index.html?a=%zz',
  '/console/?%00',
  '/console/api/session/',
  '/console/api/session?x=%ff',
  '/console/api/../api/session',
  '/Console/',
  '/console/\u00ff',
  `/console/${'a'.repeat(3000)}`,
  `/console/${'a/'.repeat(1500)}`,
  `/console/${'a'.repeat(300)}.js`,
  `/console/${'%61'.repeat(1000)}`,
  '/healthz/',
  '/healthz?a',
  '/metrics/../healthz',
  '//console/',
  'http://elsewhere/console/',
  'console/',
  '*',
  '/users/%00',
  '/users/i%2fj/k',
])('the path %s is no trouble', async (path) => {
  for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']) {
    const answer = await raw(
      Buffer.from(`${method} ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`, 'latin1'),
    );
    expectPlain(answer, `${method} ${path.slice(0, 60)}`);
    expect(answer.body).not.toMatch(/"dependencies"|root:/);
  }
});

test.each<[string, string[], string]>([
  ['nothing', [], ''],
  ['what is not JSON', [], '{'],
  ['a text', [], '"admin"'],
  ['a list', [], '[]'],
  ['null', [], 'null'],
  ['a prototype', [], '{"__proto__":{"Username":"a"},"constructor":{"prototype":{}},"Username":"a","Password":"b"}'],
  ['a deep one', [], `${'['.repeat(7000)}${']'.repeat(7000)}`],
  ['objects for texts', [], '{"Username":{},"Password":[]}'],
  ['a NUL', [], '{"Username":"a\\u0000","Password":"b"}'],
  ['half a character', [], '{"Username":"\\ud800","Password":"\\udfff"}'],
  ['a login of 12,000 characters', [], JSON.stringify({ Username: 'a'.repeat(12_000), Password: 'b' })],
  ['an alias of 12,000 characters', [], JSON.stringify({ ...credentials, InstanceAlias: 'a'.repeat(12_000) })],
  ['an alias with a NUL', [], JSON.stringify({ ...credentials, InstanceAlias: 'a\0' })],
  ['a byte order mark', [], `\uFEFF${JSON.stringify({ Username: 'a', Password: 'b' })}`],
  ['17 KiB', [], JSON.stringify({ Username: 'a'.repeat(17_000), Password: 'b' })],
  ['a form', ['content-type: application/x-www-form-urlencoded'], 'Username=admin&Password=x'],
  ['plain text', ['content-type: text/plain'], JSON.stringify(credentials)],
  ['a content type that is none', ['content-type: nonsense'], '{}'],
  ['an empty content type', ['content-type: '], '{}'],
  ['another character set', ['content-type: application/json; charset=utf-16'], '{"Username":"a","Password":"b"}'],
])('a sign-in of %s is refused plainly', async (_what, headers, body) => {
  const answer = await send('POST', '/console/api/session', headers, body);
  expectPlain(answer, 'sign-in');
  expect(answer.status).toBeGreaterThanOrEqual(400);
});

test('nothing of all this was an error of ours', () => {
  expect(lines).toEqual([]);
});

test('when something does fail the answer says nothing but the request id, under which the log has it', async () => {
  const { db } = database;
  for (const table of ['session', 'instance', 'sign_in_attempt']) {
    await db.schema.alterTable(table).renameTo(`${table}_gone`).execute();
  }
  lines.length = 0;
  for (const [method, body] of [
    ['GET', undefined],
    ['DELETE', undefined],
    ['POST', JSON.stringify(credentials)],
  ] as const) {
    const answer = await send(method, '/console/api/session', [`cookie: ${cookie}`], body);
    const requestId = /x-amzn-requestid: (\S+)/i.exec(answer.head)?.[1];
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body)).toEqual({
      __type: 'InternalServiceException',
      Message: `Cordboard could not answer this request because of an error on its side. The request id is ${requestId}.`,
    });
    expect(lines.splice(0)).toMatchObject([
      { level: 50, requestId, operation: `${method} /console/api/session`, error: { code: '42P01' } },
    ]);
  }
});
