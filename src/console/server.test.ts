import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { credentials, openConsole, clockStart as start, type TestConsole } from '../../test/support/console.ts';
import { readConfig } from '../config.ts';
import { prepareInstance } from '../first-start.ts';

let opened: TestConsole;
let app: FastifyInstance;
const signIn: TestConsole['signIn'] = (...given) => opened.signIn(...given);

beforeEach(async () => {
  opened = await openConsole();
  app = opened.app;
});
afterEach(() => opened.close());

test('signing in answers who one is and what one may do, and sets a cookie that scripts and other sites cannot use', async () => {
  const { answer, cookie } = await signIn();
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ Instance: { Alias: 'cordboard' }, User: { Username: 'admin' } });
  expect(answer.json().Permissions).toContain('Users.Delete');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', secure: true, path: '/' });
});

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
  opened.setNow(new Date(start.getTime() + 12 * 3_600_000 + 1));
  expect(await reads(second.headers)).toBe(401);
  const { Instance, User } = second.answer.json();
  const expired = await app.inject({ method: 'GET', url: `/users/${Instance.Id}/${User.Id}`, headers: second.headers });
  expect(expired.statusCode).toBe(401);
  expect(expired.headers['x-amzn-errortype']).toBe('ExpiredTokenException');

  const third = await signIn();
  await opened.database.db.deleteFrom('users').where('username', '=', 'admin').execute();
  expect(await reads(third.headers)).toBe(401);
});

test('a user whose row something else holds keeps a sign-in waiting for 5 seconds only', async () => {
  const holder = await opened.database.db.startTransaction().execute();
  await holder.selectFrom('users').select('id').where('username', '=', 'admin').forUpdate().execute();
  const { answer } = await signIn();
  await holder.rollback().execute();
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('1');
  expect((await signIn()).answer.statusCode).toBe(200);
});

test('the alias is asked for as soon as there are two instances, and without it the first one is meant', async () => {
  const signedOut = { __type: 'MissingAuthenticationTokenException', Message: 'You are not signed in.' };
  const asked = async () => (await app.inject({ method: 'GET', url: '/console/api/session' })).json();
  expect(await asked()).toEqual(signedOut);
  const { db } = opened.database;
  const other = { CORDBOARD_INSTANCE_ALIAS: 'Other', CORDBOARD_ADMIN_PASSWORD: 'Other-Password-1' };
  await prepareInstance(db, readConfig(other), start);
  expect(await asked()).toEqual({ ...signedOut, AsksForAlias: true });

  const of = async (payload: object) => (await signIn(payload)).answer.json().Instance?.Alias;
  expect(await of(credentials)).toBe('cordboard');
  expect(await of({ ...credentials, InstanceAlias: 'CordBoard' })).toBe('cordboard');
  const inOther = { Username: 'admin', Password: 'Other-Password-1' };
  expect(await of(inOther)).toBeUndefined();
  expect(await of({ ...inOther, InstanceAlias: 'other' })).toBe('Other');

  await db.updateTable('instance').set({ deletion_time: start }).where('alias', '=', 'cordboard').execute();
  expect(await asked()).toEqual(signedOut);
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
