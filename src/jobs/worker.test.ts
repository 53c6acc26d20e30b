import { expect, test } from 'vitest';
import { startWorker } from './worker.ts';

/** Work that a test hands out piece by piece: each look of the worker waits until the test answers it. */
function steered() {
  const looks: { answer: (worked: boolean) => void; fail: (error: Error) => void }[] = [];
  const waiting: (() => void)[] = [];
  const runRange = () =>
    new Promise<boolean>((answer, fail) => {
      looks.push({ answer, fail });
      waiting.shift()?.();
    });
  const nextLook = async () => {
    if (looks.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    const look = looks.shift();
    if (!look) throw new Error('No look has come.');
    return look;
  };
  return { runRange, nextLook, looks };
}

const errors: string[] = [];
const log = { error: (_details: object, message: string) => errors.push(message) };

test('looks again at once after work, and when the time has come', async () => {
  const { runRange, nextLook } = steered();
  const worker = startWorker({ runRange, concurrency: 1, log });
  (await nextLook()).answer(true);
  (await nextLook()).answer(false);
  (await nextLook()).answer(false);
  await worker.stop();
});

test('runs as many pieces at the same time as it may, and a stop waits for them and takes no more', async () => {
  const { runRange, nextLook, looks } = steered();
  const worker = startWorker({ runRange, concurrency: 2, log });
  const first = await nextLook();
  const second = await nextLook();
  expect(looks).toHaveLength(0);
  let stopped = false;
  const stop = worker.stop().then(() => {
    stopped = true;
  });
  first.answer(true);
  await Promise.resolve();
  expect(stopped).toBe(false);
  second.answer(true);
  await stop;
  expect(looks).toHaveLength(0);
  expect(worker.healthy()).toBe(false);
});

test('a failure is logged, makes it unhealthy, and does not end it', async () => {
  const { runRange, nextLook } = steered();
  const worker = startWorker({ runRange, concurrency: 1, log });
  expect(worker.healthy()).toBe(true);
  (await nextLook()).fail(new Error('the database is gone'));
  const again = await nextLook();
  expect(worker.healthy()).toBe(false);
  expect(errors).toEqual(['The worker could not do its work and will try again']);
  again.answer(true);
  const third = await nextLook();
  expect(worker.healthy()).toBe(true);
  third.answer(false);
  await worker.stop();
});
