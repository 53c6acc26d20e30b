import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts', 'bench/**/*.test.ts'],
    // Long: `npm run test:faults`.
    exclude: ['test/faults/**', '**/node_modules/**'],
    provide: { seed: 1 },
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    // Each file has databases, servers or browsers of its own: more at a time only makes all of them wait.
    maxWorkers: 2,
    // No test measures time; this only ends one that hangs, also on a slow machine.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
