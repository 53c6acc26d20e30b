import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  clockStart,
  credentials,
  openConsole,
  type SignInAnswer,
  type TestConsole,
} from '../../test/support/console.ts';
import { readConfig } from '../config.ts';
import { prepareInstance } from '../first-start.ts';

let opened: TestConsole;
beforeEach(async () => {
  opened = await openConsole();
});
afterEach(() => opened.close());

const headersOf = ({ answer, headers }: SignInAnswer) => ({ ...headers, 'x-csrf-token': answer.json().CsrfToken });
const send = (
  from: SignInAnswer,
  method: 'GET' | 'DELETE' | 'PUT',
  path: string,
  payload?: object,
  headers: Record<string, string> = headersOf(from),
) => opened.app.inject({ method, url: `/console/api/${path}`, headers, ...(payload && { payload }) });
const sessionsOf = async (from: SignInAnswer): Promise<{ Id: string; Address: string; Current: boolean }[]> =>
  (await send(from, 'GET', 'sessions')).json().Sessions;
const isSignedIn = async (from: SignInAnswer) => (await send(from, 'GET', 'session')).statusCode === 200;
const audited = () =>
  opened.database.db
    .selectFrom('audit_entry')
    .select(['operation', 'resource_type', 'change', 'details', 'permission'])
    .where('operation', 'in', ['SignOut', 'ChangePassword'])
    .execute();
const next = 'Another-Password-2';

test('one sees the sessions of oneself and nobody else, and ends one of them, or all but this', async () => {
  const here = await opened.signIn(credentials, { address: '10.0.0.1' });
  const there = await opened.signIn(credentials, { address: '10.0.0.2' });
  const elsewhere = await opened.signIn(credentials, { address: '10.0.0.3' });
  const sessions = await sessionsOf(here);
  expect(sessions.map(({ Address, Current }) => [Address, Current]).toSorted()).toEqual([
    ['10.0.0.1', true],
    ['10.0.0.2', false],
    ['10.0.0.3', false],
  ]);
  const { Id } = sessions.find(({ Address }) => Address === '10.0.0.2') ?? { Id: '' };
  expect((await send(here, 'DELETE', `sessions/${Id}`)).statusCode).toBe(204);
  expect(await Promise.all([here, there, elsewhere].map(isSignedIn))).toEqual([true, false, true]);
  // What has ended already is what was wanted.
  expect((await send(here, 'DELETE', `sessions/${Id}`)).statusCode).toBe(204);
  expect((await send(here, 'DELETE', 'sessions/anything')).statusCode).toBe(400);
  expect((await send(here, 'DELETE', 'sessions')).json()).toEqual({ Ended: 1 });
  expect(await Promise.all([here, elsewhere].map(isSignedIn))).toEqual([true, false]);
  expect(await audited()).toMatchObject([
    { operation: 'SignOut', resource_type: 'session', change: 'DELETED', details: { Reason: 'SIGNED_OUT' } },
    { operation: 'SignOut', resource_type: 'session', change: 'DELETED', details: { Reason: 'SIGNED_OUT' } },
  ]);
});

test('the session of somebody else is neither seen nor ended', async () => {
  const other = { CORDBOARD_INSTANCE_ALIAS: 'other', CORDBOARD_ADMIN_PASSWORD: 'Other-Password-1' };
  await prepareInstance(opened.database.db, readConfig(other), clockStart);
  const admin = await opened.signIn({ ...credentials, InstanceAlias: 'cordboard' });
  const theirs = await opened.signIn({ Username: 'admin', Password: 'Other-Password-1', InstanceAlias: 'other' });
  const [{ Id } = { Id: '' }] = await sessionsOf(theirs);
  expect(await sessionsOf(admin)).toHaveLength(1);
  expect((await send(admin, 'DELETE', `sessions/${Id}`)).statusCode).toBe(204);
  expect((await send(admin, 'DELETE', 'sessions')).json()).toEqual({ Ended: 0 });
  expect(await Promise.all([admin, theirs].map(isSignedIn))).toEqual([true, true]);
});

test('the password is changed by whoever knows it, and every other session ends', async () => {
  const here = await opened.signIn();
  const there = await opened.signIn();
  const change = (CurrentPassword: string, NewPassword: string) =>
    send(here, 'PUT', 'password', { CurrentPassword, NewPassword });
  expect((await change('Wrong-Password-1', next)).statusCode).toBe(403);
  for (const bad of ['weak', credentials.Password]) {
    const refused = await change(credentials.Password, bad);
    expect(refused.statusCode).toBe(400);
    expect(refused.body).not.toContain(bad);
  }
  expect((await send(here, 'PUT', 'password', { NewPassword: next })).statusCode).toBe(400);
  expect(await isSignedIn(there)).toBe(true);

  expect((await change(credentials.Password, next)).statusCode).toBe(204);
  expect(await Promise.all([here, there].map(isSignedIn))).toEqual([true, false]);
  expect((await opened.signIn()).answer.statusCode).toBe(401);
  expect((await opened.signIn({ ...credentials, Password: next })).answer.statusCode).toBe(200);
  const entries = await audited();
  expect(entries).toMatchObject([
    { resource_type: 'agent', change: 'UPDATED', details: { Changes: { Password: {} } }, permission: 'signed in' },
    { resource_type: 'session', change: 'DELETED', details: { Reason: 'PASSWORD_RESET' } },
  ]);
  expect(JSON.stringify([entries, opened.lines])).not.toContain(next);
});

test('who guesses at the password of an open session has to wait, as at the sign-in', async () => {
  const here = await opened.signIn();
  const guess = () => send(here, 'PUT', 'password', { CurrentPassword: 'Wrong-Password-1', NewPassword: next });
  for (let count = 0; count < 10; count += 1) expect((await guess()).statusCode).toBe(403);
  expect((await guess()).statusCode).toBe(429);
  expect((await opened.signIn()).answer.statusCode).toBe(429);
});

test('without a session, or without the token that other sites cannot read, nothing is told or done', async () => {
  const here = await opened.signIn();
  for (const [method, path] of [
    ['GET', 'sessions'],
    ['DELETE', 'sessions'],
    ['DELETE', 'sessions/00000000-0000-0000-0000-000000000000'],
    ['PUT', 'password'],
  ] as const) {
    const body = method === 'PUT' ? { CurrentPassword: credentials.Password, NewPassword: next } : undefined;
    expect((await send(here, method, path, body, {})).statusCode, path).toBe(401);
    if (method !== 'GET') expect((await send(here, method, path, body, here.headers)).statusCode, path).toBe(403);
  }
  expect(await isSignedIn(here)).toBe(true);
  const strange = await send(here, 'GET', 'password');
  expect([strange.statusCode, strange.headers.allow]).toEqual([405, 'PUT, OPTIONS']);
});
