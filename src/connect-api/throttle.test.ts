import fc from 'fast-check';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { assembleForTest } from '../../test/support/assembled.ts';
import { createTestDatabase } from '../../test/support/database.ts';
import type { Caller, UserCaller } from '../operations/caller.ts';
import { registerConnectApi } from './server.ts';
import { connectApiServerOptions } from './server-options.ts';
import { createThrottle } from './throttle.ts';

test('five requests at once, then two a second, for each operation and Region of its own', () => {
  let time = 0;
  const take = createThrottle(() => time);
  const allowed = (count: number, region = 'us-east-1', operation = 'DescribeUser') =>
    Array.from({ length: count }, () => take(region, operation)).filter(Boolean).length;
  expect(allowed(10)).toBe(5);
  expect(allowed(10, 'us-west-2')).toBe(5);
  expect(allowed(10, 'us-east-1', 'DeleteUser')).toBe(5);
  time = 1000;
  expect(allowed(10)).toBe(2);
  time = 60_000;
  expect(allowed(10)).toBe(5);
});

test('over any time no more than burst and rate come through', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { maxLength: 300 }), (pauses) => {
      let time = 0;
      const take = createThrottle(() => time);
      let allowed = 0;
      for (const pause of pauses) {
        time += pause;
        if (take('us-east-1', 'CreateUser')) allowed += 1;
      }
      return allowed <= 5 + (time / 1000) * 2;
    }),
  );
});

test('whoever is denied takes nothing of the rate that others share', async () => {
  const database = await createTestDatabase();
  const { db } = database;
  const app = Fastify({ ...connectApiServerOptions() });
  await registerConnectApi(app, {
    ...assembleForTest({ db }),
    throttle: createThrottle(() => 0),
    now: () => new Date(),
    // The wire hands on whoever it is given: here an access key with the actions of a header.
    authenticateSession: async ({ headers }) => {
      const caller: Caller = { kind: 'ACCESS_KEY', accessKeyId: 'TESTKEY', actions: [String(headers['x-actions'])] };
      return { caller: caller as Caller as UserCaller, region: 'us-east-1' };
    },
  });
  const ask = async (actions: string, times: number) => {
    const statuses: number[] = [];
    for (let time = 0; time < times; time += 1) {
      statuses.push((await app.inject({ url: '/instance', headers: { 'x-actions': actions } })).statusCode);
    }
    return statuses;
  };
  expect(await ask('connect:DeleteUser', 8)).toEqual(Array(8).fill(403));
  expect(await ask('connect:List*', 7)).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(await ask('connect:DeleteUser', 1)).toEqual([403]);
  await app.close();
  await database.close();
});
