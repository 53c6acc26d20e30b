import { expect, test } from 'vitest';
import { every } from './every.ts';

test('each piece runs once a minute, on until nothing of it is left, and a failure costs the others nothing', async () => {
  let now = 0;
  const ran: string[] = [];
  let more = 2;
  const work = every(60_000, () => now, [
    async () => {
      ran.push('long');
      more -= 1;
      return more > 0;
    },
    async () => {
      ran.push('bad');
      throw new Error('no');
    },
    async () => {
      ran.push('short');
      return false;
    },
  ]);
  expect(await work()).toBe('DONE');
  await expect(work()).rejects.toThrow('no');
  expect(await work()).toBe('DONE');
  expect(await work()).toBe('NOTHING');
  expect(await work()).toBe('NOTHING');
  expect(ran).toEqual(['long', 'bad', 'short', 'long']);
  now = 59_999;
  expect(await work()).toBe('NOTHING');
  now = 60_000;
  expect(await work()).toBe('DONE');
  expect(ran).toHaveLength(5);
});
