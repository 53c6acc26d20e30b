import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clockStart, openConsole, type TestConsole } from '../../test/support/console.ts';

let console: TestConsole;
let headers: Record<string, string>;
let expires: Date | undefined;

beforeAll(async () => {
  console = await openConsole({ idleMinutes: 60 });
});
afterAll(() => console.close());
beforeEach(async () => {
  console.setNow(clockStart);
  const signedIn = await console.signIn();
  headers = signedIn.headers;
  expires = signedIn.cookie?.expires;
});

/** The status of a request so many minutes after the sign-in. */
async function at(minutes: number, more: Record<string, string> = {}): Promise<number> {
  return (await asked(minutes, more)).statusCode;
}

async function asked(minutes: number, more: Record<string, string> = {}, url = '/console/api/session') {
  console.setNow(new Date(clockStart.getTime() + minutes * 60_000));
  return console.app.inject({ url, headers: { ...headers, ...more } });
}
const byItself = { 'x-cordboard-idle': 'true' };

test('a session ends an hour after its user did something', async () => {
  expect([await at(59), await at(118), await at(177), await at(177 + 61)]).toEqual([200, 200, 200, 401]);
});

test('what a page asks by itself does not keep it', async () => {
  expect([await at(30, byItself), await at(59, byItself), await at(61, byItself)]).toEqual([200, 200, 401]);
});

test('nothing keeps it longer than twelve hours, and the cookie lasts as long', async () => {
  for (let minutes = 50; minutes < 720; minutes += 50) expect(await at(minutes), String(minutes)).toBe(200);
  expect([await at(719), await at(721)]).toEqual([200, 401]);
  expect(expires).toEqual(new Date(clockStart.getTime() + 12 * 3_600_000));
});

test('who has no session any more is told why, by both doors, as long as it is known', async () => {
  const reasons = async (minutes: number) => {
    const doors = [await asked(minutes), await asked(minutes, {}, '/instance')];
    return doors.map((answer) => answer.json().Reason);
  };
  expect(await reasons(61)).toEqual(['IDLE', 'IDLE']);
  console.setNow(clockStart);
  headers = (await console.signIn()).headers;
  for (let minutes = 50; minutes <= 700; minutes += 50) await at(minutes);
  expect(await reasons(721)).toEqual(['EXPIRED', 'EXPIRED']);
  await console.database.pool.query('delete from session');
  expect(await reasons(721)).toEqual(['ENDED', 'ENDED']);
  headers = {};
  expect(await reasons(721)).toEqual([undefined, undefined]);
});

test('a busy session is written to once a minute', async () => {
  const writes = async () => {
    const { rows } = await console.database.pool.query<{ xmin: string }>('select xmin::text from session');
    return rows.map(({ xmin }) => xmin).sort();
  };
  await at(10);
  const before = await writes();
  await at(10.5);
  expect(await writes()).toEqual(before);
  await at(12);
  expect(await writes()).not.toEqual(before);
});
