import { assemble } from '../../src/assemble.ts';

type Options = Parameters<typeof assemble>[0];

export const firstKey = { id: 'TESTACCESSKEY', secret: 'test-secret-access-key' };

/** What the server's doors have, on a test's database; it logs nothing. */
export const assembleForTest = (options: Pick<Options, 'db'> & Partial<Options>) =>
  assemble({
    accountId: '123456789012',
    firstKey,
    publicUrl: () => 'http://localhost',
    log: { info: () => {}, warn: () => {} },
    ...options,
  });
