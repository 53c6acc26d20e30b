import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { batchesOf } from '../../../test/support/batches.ts';
import { type Centre, openCentre } from '../../../test/support/centre.ts';
import type { BatchLimits } from '../../operations/batch-limits.ts';

let centre: Centre;
let batches: ReturnType<typeof batchesOf>;
afterEach(() => centre.close());

async function open(batchLimits: BatchLimits) {
  centre = await openCentre({ max: 20, batchLimits });
  batches = batchesOf(centre);
}
const nobodies = (count: number) => ({ UserIds: Array.from({ length: count }, () => randomUUID()) });

test('of many starts at the same time no more are taken than may be unfinished', async () => {
  await open({ batches: 3, records: 1000 });
  const starts = await Promise.allSettled(Array.from({ length: 12 }, () => batches.start(nobodies(1))));
  expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  for (const start of starts) {
    if (start.status === 'fulfilled') continue;
    expect(start.reason).toMatchObject({
      code: 'LimitExceededException',
      message: 'You have 3 unfinished user batches; 3 are taken at most. Wait until one has ended, or stop one.',
    });
  }
  // What was refused has left nothing.
  expect(await centre.db.selectFrom('user_batch_record').selectAll().execute()).toHaveLength(3);
});

test('of many starts at the same time no more records are taken than may be unfinished', async () => {
  await open({ batches: 100, records: 100 });
  const starts = await Promise.allSettled(Array.from({ length: 10 }, () => batches.start(nobodies(30))));
  expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  await expect(batches.start(nobodies(11))).rejects.toMatchObject({
    code: 'LimitExceededException',
    message:
      'Your unfinished user batches have 90 records left, and this one would add 11; 100 are taken at most. Wait until more are done, or stop a batch.',
  });
  await batches.start(nobodies(10));
});

test('what is paused counts, what is done or stopped does not, and everybody has limits of their own', async () => {
  await open({ batches: 2, records: 10 });
  const paused = await batches.start(nobodies(4));
  await batches.steer('Pause', paused.UserBatchId);
  const running = await batches.start(nobodies(5));
  await expect(batches.start(nobodies(1))).rejects.toThrow('2 unfinished user batches');
  await batches.start(nobodies(10), centre.key);
  await batches.start(nobodies(10), await centre.signIn('other'));

  await centre.work();
  expect((await batches.describe(running.UserBatchId)).Status).toBe('COMPLETED_WITH_FAILURES');
  await batches.start(nobodies(6));
  await expect(batches.retry(running.UserBatchId)).rejects.toThrow('2 unfinished user batches');
  await batches.steer('Stop', paused.UserBatchId);
  await expect(batches.retry(running.UserBatchId)).rejects.toThrow('have 6 records left, and this one would add 5');
  await centre.work();
  await batches.retry(running.UserBatchId);
});

test('a start that is sent again is answered, even when no other would be taken', async () => {
  await open({ batches: 1, records: 1 });
  const same = { ...nobodies(1), ClientToken: 'once' };
  const first = await batches.start(same);
  expect(await batches.start(same)).toEqual(first);
});
