import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clockStart, credentials, openConsole, type TestConsole } from '../../test/support/console.ts';
import { admitSignIn, signInPlaces } from '../features/users/passwords.ts';
import { trustedProxies } from '../remote-address.ts';
import { allowedFailures, allowedSignIns } from './sign-in.ts';
import { pruneAttempts } from './sign-in-attempts.ts';

let opened: TestConsole;
let restarted = false;
beforeEach(async () => {
  opened = await openConsole();
  restarted = false;
});
afterEach(() => opened.close());

/** With other settings. */
async function reopen(options: Parameters<typeof openConsole>[0]) {
  if (restarted) throw new Error('once is enough');
  restarted = true;
  await opened.close();
  opened = await openConsole(options);
}
const minutes = (count: number) => new Date(clockStart.getTime() + count * 60_000);
const rows = async () => (await opened.database.db.selectFrom('sign_in_attempt').selectAll().execute()).length;
const wrong = { ...credentials, Password: 'Wrong-Password-1' };
async function statusOf(payload: object, from: Parameters<TestConsole['signIn']>[1] = {}): Promise<number> {
  return (await opened.signIn(payload, from)).answer.statusCode;
}
async function times(count: number, attempt: (index: number) => Promise<number>): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push(await attempt(index));
  return statuses;
}

test('a wrong password, an unknown login and an unknown instance are refused in the same words', async () => {
  for (const payload of [wrong, { ...wrong, Username: 'nobody' }, { ...wrong, InstanceAlias: 'elsewhere' }]) {
    const { answer, cookie } = await opened.signIn(payload);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['x-amzn-errortype']).toBe('AccessDeniedException');
    expect(answer.json()).toEqual({
      __type: 'AccessDeniedException',
      Message: 'The login or the password is not right.',
    });
    expect(cookie).toBeUndefined();
  }
});

test('an unknown instance is asked as much of the database as a known one, so that times are alike', async () => {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  const asked = async (InstanceAlias: string) => {
    query.mockClear();
    expect(await statusOf({ ...wrong, Username: 'nobody', InstanceAlias })).toBe(401);
    const texts = query.mock.calls.map(([given]) => JSON.stringify(given ?? '').replaceAll('\\"', '"'));
    return texts.filter((text) => text.includes('from "users"')).length;
  };
  expect([await asked('elsewhere'), await asked('cordboard')]).toEqual([1, 1]);
  query.mockRestore();
});

test('what can be no sign-in is refused before anything is stored', async () => {
  for (const [payload, message] of [
    [{}, 'Enter your login and your password.'],
    [{ Username: 'admin' }, 'Enter your login and your password.'],
    [{ Username: 'admin', Password: 7 }, 'Enter your login and your password.'],
    [{ Username: 'a\0', Password: 'b' }, 'Username must not have a NUL character.'],
    [{ Username: 'a'.repeat(101), Password: 'b' }, 'Username must have 1 to 100 characters.'],
    [{ Username: '\u{1f600}'.repeat(101), Password: 'b' }, 'Username must have 1 to 100 characters.'],
    [{ Username: 'a'.repeat(12_000), Password: 'b' }, 'Username must have 1 to 100 characters.'],
    [{ Username: 'admin', Password: 'b'.repeat(65) }, 'Password must have 1 to 64 characters.'],
    [{ ...credentials, InstanceAlias: 'a'.repeat(46) }, 'InstanceAlias must have 1 to 45 characters.'],
    [{ ...credentials, InstanceAlias: 'a\0' }, 'InstanceAlias must not have a NUL character.'],
  ] as const) {
    const { answer } = await opened.signIn(payload);
    expect(answer.statusCode, message).toBe(400);
    expect(answer.json()).toEqual({ __type: 'InvalidParameterException', Message: message });
  }
  expect(await rows()).toBe(0);
});

describe('after too many failures', () => {
  test('of one login even the right password has to wait, and is told how long', async () => {
    await times(allowedFailures, () => statusOf(wrong));
    opened.setNow(minutes(4));
    const { answer } = await opened.signIn();
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('360');
    expect(answer.json()).toEqual({
      __type: 'ThrottlingException',
      Message: 'There were too many attempts to sign in. Try again in 6 minutes.',
    });
    opened.setNow(minutes(10));
    expect(await statusOf(credentials)).toBe(200);
  });

  test('an unknown login, and one of an unknown instance, has to wait as a known one does', async () => {
    const sequence = [...new Array(allowedFailures).fill(401), 429, 429];
    const alike = [wrong, { ...wrong, Username: 'nobody' }, { ...wrong, InstanceAlias: 'elsewhere' }];
    for (const payload of alike) {
      expect(await times(sequence.length, () => statusOf(payload)), JSON.stringify(payload)).toEqual(sequence);
    }
  });

  test('from one address over many logins the address has to wait, and no other one', async () => {
    await reopen({ failuresPerAddress: 12 });
    const spray = (index: number) => statusOf({ ...wrong, Username: `login-${index}` }, { address: '203.0.113.9' });
    expect(await times(14, spray)).toEqual([...new Array(12).fill(401), 429, 429]);
    const stored = await rows();
    const { answer } = await opened.signIn(credentials, { address: '203.0.113.9' });
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('600');
    await times(20, (index) => spray(100 + index));
    expect(await rows()).toBe(stored);
    expect(await statusOf(credentials, { address: '203.0.113.10' })).toBe(200);
  });

  test('an own sign-in in between does not begin the address anew', async () => {
    await reopen({ failuresPerAddress: 12 });
    for (const [index, expected] of [
      ...new Array(12).fill(401),
      // The twelfth failure was the last one.
      429,
    ].entries()) {
      expect(await statusOf({ ...wrong, Username: `login-${index}` })).toBe(expected);
      if (index < 11) expect(await statusOf(credentials)).toBe(200);
    }
  });

  test('the addresses of one IPv6 network are one', async () => {
    await reopen({ failuresPerAddress: 12 });
    const from = (index: number) => ({ address: `2001:db8:1:2:${index}::1` });
    await times(12, (index) => statusOf({ ...wrong, Username: `login-${index}` }, from(index)));
    expect(await statusOf(credentials, from(99))).toBe(429);
    expect(await statusOf(credentials, { address: '2001:db8:1:3::1' })).toBe(200);
  });

  test('clients behind a trusted proxy are told apart, and no client can say to be another', async () => {
    await reopen({ failuresPerAddress: 12, trustedProxies: trustedProxies(['10.0.0.0/8']) });
    const via = (address: string, forwarded: string) => ({ address, headers: { 'x-forwarded-for': forwarded } });
    await times(12, (index) =>
      statusOf({ ...wrong, Username: `login-${index}` }, via('10.0.0.1', `192.0.2.${index}, 203.0.113.9`)),
    );
    expect(await statusOf(credentials, via('10.0.0.2', '203.0.113.9'))).toBe(429);
    expect(await statusOf(credentials, via('10.0.0.1', '203.0.113.10'))).toBe(200);
    await times(12, (index) =>
      statusOf({ ...wrong, Username: `login-${index}` }, via('198.51.100.4', `192.0.2.${index}`)),
    );
    expect(await statusOf(credentials, via('198.51.100.4', '192.0.2.77'))).toBe(429);
  });

  test('at the same time no more pass than one after another', async () => {
    const statuses = await Promise.all(Array.from({ length: 40 }, () => statusOf(wrong)));
    expect(statuses.filter((status) => status === 401)).toHaveLength(allowedFailures);
    expect(statuses.filter((status) => status === 429)).toHaveLength(40 - allowedFailures);
  });
});

test('whoever has a password cannot fill the disk with sessions', async () => {
  expect(await statusOf(credentials)).toBe(200);
  // The row of this user's sign-ins is the only one that counts anything.
  const { db } = opened.database;
  await db.updateTable('sign_in_attempt').set({ attempts: allowedSignIns }).where('attempts', '=', 1).execute();
  expect(await statusOf(credentials)).toBe(429);
  opened.setNow(minutes(10));
  expect(await statusOf(credentials)).toBe(200);
});

test('what is typed as a login is not kept', async () => {
  await statusOf({ Username: 'My-Secret-Password-1', Password: 'admin' });
  const kept = await opened.database.db.selectFrom('sign_in_attempt').selectAll().execute();
  expect(kept).toHaveLength(2);
  for (const row of kept) expect(row.digest).toHaveLength(32);
});

test('what is past its window is pruned, and nothing else', async () => {
  const { db } = opened.database;
  await statusOf({ ...wrong, Username: 'early' }, { address: '203.0.113.1' });
  opened.setNow(minutes(5));
  await statusOf({ ...wrong, Username: 'late' }, { address: '203.0.113.2' });
  expect(await rows()).toBe(4);
  expect(await pruneAttempts(db, minutes(10))).toBe(false);
  expect(await rows()).toBe(2);
  await pruneAttempts(db, minutes(15));
  expect(await rows()).toBe(0);
});

test('when too many sign in at the same moment the next one hears so, and leaves no trace', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const crowd = Array.from({ length: signInPlaces }, () => admitSignIn(() => gate));
  const { answer } = await opened.signIn();
  expect(answer.statusCode).toBe(429);
  expect(answer.headers['retry-after']).toBe('1');
  expect(answer.json().Message).toBe('Too many people are signing in at this moment. Try again in a second.');
  expect(await rows()).toBe(0);
  release();
  await Promise.all(crowd);
  expect(await statusOf(credentials)).toBe(200);
});
