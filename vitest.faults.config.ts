import { randomInt } from 'node:crypto';
import { defineConfig } from 'vitest/config';

/**
 * The long tests of trouble: `npm run test:faults`, half an hour at most. What they do at random comes from one seed,
 * printed here; CORDBOARD_FAULTS_SEED sets it, to have the same acts again (their interleaving is the machine's).
 */
const seed = Number(process.env.CORDBOARD_FAULTS_SEED ?? randomInt(1, 2 ** 31));
if (!Number.isInteger(seed)) throw new Error('CORDBOARD_FAULTS_SEED must be a whole number.');
console.log(`The seed of this run is ${seed}. To have it again: CORDBOARD_FAULTS_SEED=${seed} npm run test:faults`);

export default defineConfig({
  test: {
    include: [
      'test/faults/**/*.test.ts',
      // The short tests of the same kinds of trouble, which npm test has too: a stop that ends, sessions that fall silent or
      // stand behind a pooler, too few of them, rows that somebody else holds.
      'src/stop-serving.test.ts',
      'test/reliability/stop.test.ts',
      'src/database/sessions.test.ts',
      'src/database/pool.test.ts',
      'src/jobs/worker.test.ts',
      'src/features/user-batches/run-range.test.ts',
    ],
    globalSetup: ['test/support/global-setup.ts'],
    provide: { seed },
    // A line for each test as it ends: half an hour is long to see nothing.
    reporters: ['verbose'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
