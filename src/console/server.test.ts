import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { readConfig } from '../config.ts';
import { registerConnectApi } from '../connect-api/server.ts';
import { createSealing } from '../features/access-keys/sealing.ts';
import { prepareInstance } from '../first-start.ts';
import { createRunner } from '../operations/runner.ts';
import { allOperations } from '../operations.ts';
import { authenticateSession, registerConsole } from './server.ts';
import { allowedFailures } from './sign-in-failures.ts';

const webRoot = mkdtempSync(join(tmpdir(), 'cordboard-web-'));
const start = new Date('2026-11-23T12:00:00Z');
const credentials = { Username: 'admin', Password: 'Right-Password-1' };
let database: TestDatabase;
let app: FastifyInstance;
let now: Date;

beforeAll(() => {
  writeFileSync(join(webRoot, 'index.html'), '<title>the page</title>');
  writeFileSync(join(webRoot, 'logo.svg'), '<svg/>');
});
afterAll(() => rmSync(webRoot, { recursive: true }));

beforeEach(async () => {
  database = await createTestDatabase();
  const { db } = database;
  now = start;
  await prepareInstance(db, readConfig({ CORDBOARD_ADMIN_PASSWORD: credentials.Password }), now);
  const clock = () => now;
  app = Fastify();
  await registerConsole(app, { db, now: clock, defaultAlias: 'cordboard', secure: true, webRoot });
  await registerConnectApi(app, {
    operations: allOperations,
    run: createRunner({
      db,
      accountId: '123456789012',
      publicUrl: () => 'http://localhost',
      now: clock,
      sealing: createSealing('test'),
    }),
    now: clock,
    findAccessKey: async () => null,
    authenticateSession: (request) => authenticateSession(request, { db, now: clock }),
  });
});
afterEach(async () => {
  await app.close();
  await database.close();
});

async function signIn(payload: object = credentials) {
  const answer = await app.inject({ method: 'POST', url: '/console/api/session', payload });
  const cookie = answer.cookies.find(({ name }) => name === 'cordboard_session');
  return { answer, cookie, headers: { cookie: `cordboard_session=${cookie?.value}` } };
}

test('signing in answers who one is and what one may do, and sets a cookie that scripts and other sites cannot use', async () => {
  const { answer, cookie } = await signIn();
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ Instance: { Alias: 'cordboard' }, User: { Username: 'admin' } });
  expect(answer.json().Permissions).toContain('Users.Delete');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', secure: true, path: '/' });
});

test('a wrong password, an unknown login and an unknown instance are refused in the same words', async () => {
  const refusals = await Promise.all([
    signIn({ ...credentials, Password: 'Wrong-Password-1' }),
    signIn({ ...credentials, Username: 'nobody' }),
    signIn({ ...credentials, InstanceAlias: 'elsewhere' }),
  ]);
  for (const { answer, cookie } of refusals) {
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toEqual({ Message: 'The login or the password is not right.' });
    expect(cookie).toBeUndefined();
  }
});

test('after too many attempts even the right password has to wait, and ten minutes later it is right again', async () => {
  for (let attempt = 0; attempt < allowedFailures; attempt += 1) await signIn({ ...credentials, Password: 'no' });
  expect((await signIn()).answer.statusCode).toBe(429);
  now = new Date(start.getTime() + 11 * 60_000);
  expect((await signIn()).answer.statusCode).toBe(200);
});

test.each([{}, { Username: 'admin' }, { Username: 'admin', Password: 7 }, { Username: 'a\0', Password: 'b' }])(
  'a sign-in without a usable login and password is refused: %j',
  async (payload) => {
    expect((await signIn(payload)).answer.statusCode).toBe(400);
  },
);

test('the API takes a session; to change something it also wants the token that other sites cannot read', async () => {
  const { answer, headers } = await signIn();
  const { Instance, User, CsrfToken } = answer.json();
  const url = `/users/${Instance.Id}/${User.Id}`;
  expect((await app.inject({ method: 'GET', url, headers })).statusCode).toBe(200);

  const config = { PhoneConfig: { PhoneType: 'SOFT_PHONE', AfterContactWorkTimeLimit: 30 } };
  const change = (extra: object) =>
    app.inject({ method: 'POST', url: `${url}/phone-config`, headers: { ...headers, ...extra }, payload: config });
  expect((await change({})).statusCode).toBe(403);
  expect((await change({ 'x-csrf-token': 'guess' })).statusCode).toBe(403);
  expect((await change({ 'x-csrf-token': CsrfToken })).statusCode).toBe(200);
});

test('a session ends by signing out, by time, and with its user', async () => {
  const reads = async (headers: Record<string, string>) =>
    (await app.inject({ method: 'GET', url: '/console/api/session', headers })).statusCode;
  const first = await signIn();
  const csrf = { ...first.headers, 'x-csrf-token': first.answer.json().CsrfToken };
  expect((await app.inject({ method: 'DELETE', url: '/console/api/session', headers: first.headers })).statusCode).toBe(
    403,
  );
  expect((await app.inject({ method: 'DELETE', url: '/console/api/session', headers: csrf })).statusCode).toBe(204);
  expect(await reads(first.headers)).toBe(401);

  const second = await signIn();
  now = new Date(start.getTime() + 12 * 3_600_000 + 1);
  expect(await reads(second.headers)).toBe(401);
  const { Instance, User } = second.answer.json();
  const expired = await app.inject({ method: 'GET', url: `/users/${Instance.Id}/${User.Id}`, headers: second.headers });
  expect(expired.statusCode).toBe(401);
  expect(expired.headers['x-amzn-errortype']).toBe('ExpiredTokenException');

  const third = await signIn();
  await database.db.deleteFrom('users').where('username', '=', 'admin').execute();
  expect(await reads(third.headers)).toBe(401);
});

test('the alias is asked for as soon as there are two instances, and without it the first one is meant', async () => {
  const asked = async () => (await app.inject({ method: 'GET', url: '/console/api/session' })).json();
  expect(await asked()).toEqual({ Message: 'You are not signed in.' });
  const { db } = database;
  const other = { CORDBOARD_INSTANCE_ALIAS: 'Other', CORDBOARD_ADMIN_PASSWORD: 'Other-Password-1' };
  await prepareInstance(db, readConfig(other), now);
  expect(await asked()).toEqual({ Message: 'You are not signed in.', AsksForAlias: true });

  const of = async (payload: object) => (await signIn(payload)).answer.json().Instance?.Alias;
  expect(await of(credentials)).toBe('cordboard');
  expect(await of({ ...credentials, InstanceAlias: 'CordBoard' })).toBe('cordboard');
  const inOther = { Username: 'admin', Password: 'Other-Password-1' };
  expect(await of(inOther)).toBeUndefined();
  expect(await of({ ...inOther, InstanceAlias: 'other' })).toBe('Other');

  await db.updateTable('instance').set({ deletion_time: now }).where('alias', '=', 'cordboard').execute();
  expect(await asked()).toEqual({ Message: 'You are not signed in.' });
  expect(await of(inOther)).toBe('Other');
  expect(await of({ ...credentials, InstanceAlias: 'cordboard' })).toBeUndefined();
});

test('a page of the website is index.html, a file is itself, and a file that is not there is 404', async () => {
  const get = (url: string) => app.inject({ method: 'GET', url });
  expect((await get('/')).headers.location).toBe('/console/');
  for (const url of ['/console/', '/console', '/console/users?page=2', '/console/users/batches/1']) {
    const page = await get(url);
    expect(page.body, url).toContain('the page');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.headers['cache-control']).toBe('no-cache');
  }
  expect((await get('/console/logo.svg')).headers['content-type']).toContain('image/svg');
  expect((await get('/console/assets/gone.js')).statusCode).toBe(404);
  expect((await get('/console/../package.json')).statusCode).toBe(404);
});
