import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clockStart, credentials, openConsole, type TestConsole } from '../../test/support/console.ts';
import { purgeGoneInstance } from '../features/instances/purge.ts';
import { sessionsPerUser } from '../features/sessions/store.ts';
import { allowedFailures } from './sign-in.ts';
import { endExpiredSessions, lockoutsPerMinute } from './sign-in-audit.ts';

let opened: TestConsole;
beforeEach(async () => {
  opened = await openConsole();
});
afterEach(() => opened.close());

const wrong = { ...credentials, Password: 'Wrong-Password-1' };
const from = { address: '203.0.113.9' };
const adminId = async () =>
  (await opened.database.db.selectFrom('users').select('id').where('username', '=', 'admin').executeTakeFirstOrThrow())
    .id;

/** Of sessions and of who has to wait, oldest first. */
async function entries() {
  const rows = await opened.database.db
    .selectFrom('audit_entry')
    .selectAll()
    .where('resource_type', 'in', ['session', 'sign-in'])
    .orderBy('time')
    .execute();
  return rows.map(({ operation, change, actor_name, resource_type, resource_id, resource_name, details }) => {
    return { operation, change, actor_name, resource_type, resource_id, resource_name, details };
  });
}
const counts = async () => {
  await opened.refusals.flush();
  const rows = await opened.database.db.selectFrom('refusal_count').selectAll().orderBy('caller_type').execute();
  return rows.map(({ kind, caller_type, caller_name, address, reasons }) => {
    return { kind, caller_type, caller_name, address, reasons };
  });
};
const later = (minutes: number) => opened.setNow(new Date(clockStart.getTime() + minutes * 60_000));
const messages = () => opened.lines.map((line) => (line as { message: string }).message);

test('a sign-in and a sign-out are audited, with who, from where and why, and logged', async () => {
  const { answer, headers } = await opened.signIn(credentials, from);
  later(1);
  await opened.app.inject({
    method: 'DELETE',
    url: '/console/api/session',
    headers: { ...headers, 'x-csrf-token': answer.json().CsrfToken },
    remoteAddress: '203.0.113.10',
  });
  const UserId = await adminId();
  const [signIn, signOut, ...others] = await entries();
  expect(others).toEqual([]);
  expect(signIn).toMatchObject({
    operation: 'SignIn',
    change: 'CREATED',
    actor_name: 'admin',
    resource_type: 'session',
    resource_name: 'admin',
    details: { UserId, Address: '203.0.113.9' },
  });
  expect(signOut).toMatchObject({
    operation: 'SignOut',
    change: 'DELETED',
    actor_name: 'admin',
    resource_id: signIn?.resource_id,
    details: { UserId, Reason: 'SIGNED_OUT', Address: '203.0.113.9', SignInTime: clockStart.toISOString() },
  });
  expect(opened.lines).toMatchObject([
    { message: 'A user has signed in', details: { username: 'admin', address: '203.0.113.9' } },
    { message: 'A session has ended', details: { username: 'admin', reason: 'SIGNED_OUT', address: '203.0.113.10' } },
  ]);
  const feed = await opened.database.db.selectFrom('change_entry').select('resource_type').execute();
  expect(feed.map((row) => row.resource_type)).not.toContain('session');
});

test('a sign-in is a session of the Login/Logout report, which only a sign-out ends', async () => {
  const { answer, headers } = await opened.signIn(credentials, from);
  later(1);
  await opened.signIn(credentials, from);
  later(2);
  await opened.app.inject({
    method: 'DELETE',
    url: '/console/api/session',
    headers: { ...headers, 'x-csrf-token': answer.json().CsrfToken },
  });
  later(60 * 24);
  await endExpiredSessions(opened.database.db, new Date(clockStart.getTime() + 86_400_000), { info() {}, warn() {} });
  const { rows } = await sql`
    select t.login_time, t.logout_time, t.source, s.username, s.routing_profile_name
    from agent_session t join agent_snapshot s on s.id = t.agent_snapshot_id order by t.login_time`.execute(
    opened.database.db,
  );
  const admin = { source: 'WEBSITE', username: 'admin', routing_profile_name: 'Basic Routing Profile' };
  const after = (minutes: number) => new Date(clockStart.getTime() + minutes * 60_000);
  expect(rows).toEqual([
    { ...admin, login_time: after(0), logout_time: after(2) },
    { ...admin, login_time: after(1), logout_time: null },
  ]);
});

test('a session that ends by time, by a reset password or with its user says so', async () => {
  const { db } = opened.database;
  await opened.signIn();
  const idle = (await opened.database.db.selectFrom('session').select('expires_time').executeTakeFirstOrThrow())
    .expires_time;
  opened.setNow(idle);
  await endExpiredSessions(db, idle, opened.log);
  expect((await entries()).at(-1)?.details).toMatchObject({ Reason: 'IDLE', EndTime: idle.toISOString() });
  opened.setNow(clockStart);
  await db.deleteFrom('audit_entry').execute();
  await opened.signIn();
  await db
    .updateTable('session')
    .set({ expires_time: new Date(clockStart.getTime() + 12 * 3_600_000) })
    .execute();
  later(12 * 60 - 1);
  expect(await endExpiredSessions(db, opened.now(), opened.log)).toBe(false);
  expect(await entries()).toHaveLength(1);
  later(12 * 60);
  await endExpiredSessions(db, opened.now(), opened.log);
  const ended = (await entries()).at(-1);
  expect(ended).toMatchObject({ operation: 'EndSession', actor_name: 'Cordboard', resource_name: 'admin' });
  expect(ended?.details).toMatchObject({ Reason: 'EXPIRED', EndTime: opened.now().toISOString() });

  const { answer, headers } = await opened.signIn();
  const { Instance, CsrfToken } = answer.json();
  const [profile, routing] = await Promise.all([
    db.selectFrom('security_profile').select('id').where('name', '=', 'Admin').executeTakeFirstOrThrow(),
    db.selectFrom('routing_profile').select('id').executeTakeFirstOrThrow(),
  ]);
  const call = async (method: 'PUT' | 'POST' | 'DELETE', path: string, payload?: object) => {
    const url = `/users/${Instance.Id}${path}`;
    const done = await opened.app.inject({
      method,
      url,
      headers: { ...headers, 'x-csrf-token': CsrfToken },
      ...(payload && { payload }),
    });
    expect(done.statusCode, done.body).toBe(200);
    return done.json();
  };
  const { UserId } = await call('PUT', '', {
    Username: 'ada',
    Password: 'Ada-Password-1',
    PhoneConfig: { PhoneType: 'SOFT_PHONE' },
    IdentityInfo: { FirstName: 'Ada', LastName: 'Lovelace' },
    SecurityProfileIds: [profile.id],
    RoutingProfileId: routing.id,
  });
  await opened.signIn({ Username: 'ada', Password: 'Ada-Password-1' });
  later(12 * 60 + 1);
  await call('POST', `/${UserId}/password`, { Password: 'Ada-Password-2' });
  expect((await entries()).at(-1)).toMatchObject({
    operation: 'ResetUserPassword',
    actor_name: 'admin',
    resource_type: 'session',
    resource_name: 'ada',
    details: { Reason: 'PASSWORD_RESET' },
  });
  await opened.signIn({ Username: 'ada', Password: 'Ada-Password-2' });
  later(12 * 60 + 2);
  await call('DELETE', `/${UserId}`);
  expect((await entries()).at(-1)).toMatchObject({
    operation: 'DeleteUser',
    resource_name: 'ada',
    details: { Reason: 'USER_DELETED' },
  });
  expect(messages().filter((message) => message === 'A session has ended')).toHaveLength(4);

  await db.updateTable('instance').set({ deletion_time: opened.now() }).execute();
  later(12 * 60 + 3);
  expect(await purgeGoneInstance(db, opened.now())).toBe('DONE');
  expect((await entries()).at(-1)).toMatchObject({
    operation: 'EndSession',
    resource_name: 'admin',
    details: { Reason: 'INSTANCE_DELETED' },
  });
});

test('a sign-in ends the session that the browser had, whoever’s it was, and no other', async () => {
  const elsewhere = await opened.signIn();
  const first = await opened.signIn();
  const status = async (headers: { cookie: string }) =>
    (await opened.app.inject({ url: '/console/api/session', headers })).statusCode;
  await opened.signIn(wrong, { headers: first.headers });
  expect(await status(first.headers)).toBe(200);
  later(1);
  const second = await opened.signIn(credentials, { ...from, headers: first.headers });
  expect([await status(first.headers), await status(second.headers), await status(elsewhere.headers)]).toEqual([
    401, 200, 200,
  ]);
  const ends = (await entries()).filter(({ change }) => change === 'DELETED');
  expect(ends).toMatchObject([
    { operation: 'EndSession', actor_name: 'Cordboard', resource_name: 'admin', details: { Reason: 'REPLACED' } },
  ]);
  expect(messages().filter((message) => message === 'A session has ended')).toHaveLength(1);
});

test('a user has so many sessions and no more: the oldest ends', async () => {
  const { db } = opened.database;
  const user = await db.selectFrom('users').select(['id', 'instance_id']).executeTakeFirstOrThrow();
  const old = Array.from({ length: sessionsPerUser }, (_, index) => ({
    token_hash: Buffer.from(`session ${index}`),
    user_id: user.id,
    instance_id: user.instance_id,
    csrf_token: 'x',
    address: null,
    created_time: new Date(clockStart.getTime() - (index + 1) * 1000),
    expires_time: new Date(clockStart.getTime() + 3_600_000),
  }));
  await db.insertInto('session').values(old).execute();
  await opened.signIn();
  expect(await db.selectFrom('session').select('id').execute()).toHaveLength(sessionsPerUser);
  const gone = (await entries()).find(({ change }) => change === 'DELETED');
  expect(gone?.details).toMatchObject({
    Reason: 'TOO_MANY_SESSIONS',
    SignInTime: old.at(-1)?.created_time.toISOString(),
  });
});

test('a lockout is audited and logged, of a login and of an address, and failures are counted', async () => {
  for (let index = 0; index <= allowedFailures; index += 1) await opened.signIn(wrong, from);
  const UserId = await adminId();
  expect(await entries()).toMatchObject([
    {
      operation: 'LockOut',
      actor_name: 'Cordboard',
      resource_type: 'sign-in',
      resource_id: UserId,
      resource_name: 'admin',
      details: {
        Changes: {
          Address: { New: '203.0.113.9' },
          Reason: { New: 'TOO_MANY_FAILURES' },
          Until: { New: new Date(clockStart.getTime() + 600_000).toISOString() },
        },
      },
    },
  ]);
  expect(messages()).toEqual(['A login has to wait: too many sign-ins have failed']);
  expect(await counts()).toEqual([
    {
      kind: 'SIGN_IN',
      caller_type: 'ADDRESS',
      caller_name: '203.0.113.9',
      address: '203.0.113.9',
      reasons: { WRONG_PASSWORD: allowedFailures, LOCKED_OUT: 1 },
    },
    {
      kind: 'SIGN_IN',
      caller_type: 'USER',
      caller_name: 'admin',
      address: '203.0.113.9',
      reasons: { WRONG_PASSWORD: allowedFailures },
    },
  ]);
});

test('lockouts by the hundred are not written one by one', async () => {
  await opened.close();
  opened = await openConsole({ failuresPerAddress: 1 });
  for (let index = 0; index < lockoutsPerMinute + 5; index += 1) {
    await opened.signIn({ ...wrong, Username: `nobody-${index}` }, { address: `192.0.2.${index}` });
  }
  const written = await entries();
  expect(written.length).toBeLessThanOrEqual(lockoutsPerMinute);
  for (const entry of written) expect(entry).toMatchObject({ operation: 'LockOut', resource_type: 'sign-in' });
});

test('denied calls are counted: by their caller where that is certain, else by address', async () => {
  const { answer, headers } = await opened.signIn();
  const { Instance, User } = answer.json();
  await opened.database.db.deleteFrom('user_security_profile').execute();
  const get = (given: Record<string, string>) =>
    opened.app.inject({
      method: 'GET',
      url: `/users/${Instance.Id}/${User.Id}`,
      headers: given,
      remoteAddress: '203.0.113.9',
    });
  expect((await get(headers)).statusCode).toBe(403);
  expect((await get(headers)).statusCode).toBe(403);
  expect((await get({})).statusCode).toBe(403);
  expect((await get({ cookie: `__Host-cordboard_session=${'a'.repeat(43)}` })).statusCode).toBe(401);
  expect((await get({ authorization: 'AWS4-HMAC-SHA256 nonsense' })).statusCode).toBe(400);
  expect(await counts()).toEqual([
    {
      kind: 'CALL',
      caller_type: 'ADDRESS',
      caller_name: '203.0.113.9',
      address: '203.0.113.9',
      reasons: {
        'MissingAuthenticationTokenException DescribeUser': 1,
        'ExpiredTokenException DescribeUser': 1,
        'IncompleteSignatureException DescribeUser': 1,
      },
    },
    {
      kind: 'CALL',
      caller_type: 'USER',
      caller_name: 'admin',
      address: '203.0.113.9',
      reasons: { 'AccessDeniedException DescribeUser': 2 },
    },
  ]);
});

test('no password, no token and nothing that was typed stands in any table or line', async () => {
  const typed = `Typed-As-A-Login-${randomUUID()}`;
  for (let index = 0; index <= allowedFailures; index += 1) await opened.signIn({ ...wrong, Username: typed }, from);
  await opened.signIn(wrong, from);
  const { answer, cookie, headers } = await opened.signIn(credentials, from);
  const token = cookie?.value ?? '';
  await opened.app.inject({
    method: 'GET',
    url: '/users/i/u',
    headers: { cookie: `__Host-cordboard_session=${token}x` },
  });
  await opened.app.inject({
    method: 'DELETE',
    url: '/console/api/session',
    headers: { ...headers, 'x-csrf-token': answer.json().CsrfToken },
  });
  await opened.refusals.flush();
  const { db } = opened.database;
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
  let kept = JSON.stringify(opened.lines) + JSON.stringify(opened.failures);
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(db);
    kept += rows.map(({ row }) => row).join('\n');
  }
  expect(kept).toContain('203.0.113.9');
  for (const secret of [typed, credentials.Password, wrong.Password, token, answer.json().CsrfToken]) {
    expect(secret.length).toBeGreaterThan(10);
    expect(kept).not.toContain(secret);
  }
});
