import { expect, test } from 'vitest';
import { startWorker } from './worker.ts';

type Work = 'DONE' | 'FAILED' | 'NOTHING';

/** Work that a test hands out piece by piece: each look of the worker waits until the test answers it. */
function steered() {
  const looks: { answer: (work: Work) => void; fail: (error: Error) => void }[] = [];
  const waiting: (() => void)[] = [];
  const runRange = () =>
    new Promise<Work>((answer, fail) => {
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

/** What was logged, in its order. */
function logbook() {
  const lines: string[] = [];
  const log = {
    info: (message: string) => void lines.push(message),
    error: ({ err }: { err?: Error }, message: string) => void lines.push(`${message}: ${err?.message}`),
  };
  return { lines, log };
}
const { log } = logbook();

test('looks again at once after work, and when the time has come', async () => {
  const { runRange, nextLook } = steered();
  const worker = startWorker({ runRange, concurrency: 1, log });
  (await nextLook()).answer('DONE');
  (await nextLook()).answer('NOTHING');
  (await nextLook()).answer('NOTHING');
  await worker.stop();
});

test('what a stop takes away from it is no failure to be logged, what else fails meanwhile is', async () => {
  for (const [message, logged] of [
    ['away', 0],
    ['a mistake', 1],
  ] as const) {
    const { runRange, nextLook } = steered();
    const { lines, log } = logbook();
    const explain = (error: unknown) => (String(error).includes('away') ? 'The database is away.' : null);
    const worker = startWorker({ runRange, concurrency: 1, log, explain });
    const look = await nextLook();
    const stopped = worker.stop();
    look.fail(new Error(message));
    await stopped;
    expect(lines).toHaveLength(logged);
  }
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
  first.answer('DONE');
  await Promise.resolve();
  expect(stopped).toBe(false);
  second.answer('DONE');
  await stop;
  expect(looks).toHaveLength(0);
  expect(worker.healthy()).toBe(false);
});

test('trouble is logged when it begins, becomes another, and ends, and makes it unhealthy', async () => {
  const { runRange, nextLook } = steered();
  const { lines, log } = logbook();
  const explain = (error: unknown) => (error instanceof Error ? `It is this: ${error.message}.` : null);
  const worker = startWorker({ runRange, concurrency: 1, log, explain });
  expect(worker.healthy()).toBe(true);
  expect(worker.trouble()).toBeNull();
  (await nextLook()).fail(new Error('no disk'));
  (await nextLook()).fail(new Error('no disk'));
  const third = await nextLook();
  expect(worker.healthy()).toBe(false);
  expect(worker.trouble()).toBe('It is this: no disk.');
  third.fail(new Error('no memory'));
  (await nextLook()).answer('DONE');
  const last = await nextLook();
  expect(worker.healthy()).toBe(true);
  expect(worker.trouble()).toBeNull();
  last.answer('NOTHING');
  await worker.stop();
  expect(lines).toEqual([
    'The worker could not do its work and will try again: no disk',
    'The worker could not do its work and will try again: no memory',
    'The worker works again',
  ]);
});

test('in trouble one loop looks whether it is over, and then all work again', async () => {
  const { runRange, nextLook, looks } = steered();
  const worker = startWorker({ runRange, concurrency: 3, log });
  const [first, second, third] = [await nextLook(), await nextLook(), await nextLook()];
  first.fail(new Error('no disk'));
  await Promise.resolve();
  second.fail(new Error('no disk'));
  third.fail(new Error('no disk'));
  const probe = await nextLook();
  expect(looks).toHaveLength(0);
  probe.answer('DONE');
  // A loop that waits for the end of the trouble would never come to these.
  const again = [await nextLook(), await nextLook(), await nextLook()];
  for (const look of again) look.answer('NOTHING');
  await worker.stop();
});

test('a piece that failed is no trouble, but the next look of its loop waits', async () => {
  const { runRange, nextLook, looks } = steered();
  const worker = startWorker({ runRange, concurrency: 1, log });
  (await nextLook()).answer('FAILED');
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  expect(looks).toHaveLength(0);
  expect(worker.healthy()).toBe(true);
  (await nextLook()).answer('NOTHING');
  await worker.stop();
});
