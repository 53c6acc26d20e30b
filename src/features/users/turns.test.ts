import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

/** A piece of work that ends when the test says so. */
function piece(started: string[], name: string) {
  let end = () => {};
  const work = () =>
    new Promise<string>((resolve) => {
      started.push(name);
      end = () => resolve(name);
    });
  return { work, end: () => end() };
}

test('only so many run at the same time, the others in their order, and a failure hands its turn on', async () => {
  const turns = createTurns(2);
  const started: string[] = [];
  const [a, b, d] = [piece(started, 'a'), piece(started, 'b'), piece(started, 'd')];
  const first = turns.inTurn(a.work);
  const second = turns.inTurn(b.work);
  const failing = turns.inTurn(async () => {
    started.push('c');
    throw new Error('c failed');
  });
  const fourth = turns.inTurn(d.work);
  expect(started).toEqual(['a', 'b']);
  b.end();
  await expect(failing).rejects.toThrow('c failed');
  expect(await second).toBe('b');
  expect(started).toEqual(['a', 'b', 'c', 'd']);
  a.end();
  d.end();
  expect(await Promise.all([first, fourth])).toEqual(['a', 'd']);
});

test('whoever finds all places taken is turned away at once, until one is given back', async () => {
  const turns = createTurns(1);
  const started: string[] = [];
  const slow = piece(started, 'slow');
  const admitted = turns.admit(2, (inTurn) => inTurn(slow.work));
  const behind = turns.admit(2, (inTurn) => inTurn(async () => 'behind'));
  expect(await turns.admit(2, async () => 'too late')).toBeNull();
  slow.end();
  expect(await Promise.all([admitted, behind])).toEqual(['slow', 'behind']);
  expect(await turns.admit(2, async () => 'in')).toBe('in');
  await expect(turns.admit(1, async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await turns.admit(1, async () => 'in')).toBe('in');
});
