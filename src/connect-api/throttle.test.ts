import fc from 'fast-check';
import { expect, test } from 'vitest';
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
