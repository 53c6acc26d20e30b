import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * The tier for work in progress: `npm run test:quick`, under a minute. Every test that opens no database, server or browser,
 * which it says by what it imports, and a choice of those on a database: one of each kind of thing that breaks often.
 */
const opens = /\/support\/(?:browser|centre|console|database|embedded|live-server|postgres-proxy|restarts|server)/;
const testsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name));
const pure = [...testsIn('src'), ...testsIn('web/src')].filter((file) => !opens.test(readFileSync(file, 'utf8')));

export default defineConfig({
  test: {
    include: [
      ...pure,
      'test/{api-document,documents,table-owners}.test.ts',
      'test/conformance/{bounds,naming-members,requests}.test.ts',
      'src/database/{migrate,schema}.test.ts',
      'src/runner.test.ts',
      'src/access/access-control.test.ts',
      'src/features/users/{deletion,search}.test.ts',
      'src/features/users/operations/update-user.test.ts',
      'src/features/user-batches/{deletion-batch,expected-count,preview}.test.ts',
      'src/features/quick-connects/quick-connects.test.ts',
    ],
    provide: { seed: 1 },
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
