import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../../src/assemble.ts';
import { folderStore } from '../../src/folder-store.ts';

type Options = Parameters<typeof assemble>[0];

export const firstKey = { id: 'TESTACCESSKEY', secret: 'test-secret-access-key' };

/** Made when the first bytes come; ids are nobody else's. */
export const recordingsFolder = join(tmpdir(), `cordboard-test-recordings-${process.pid}`);
process.on('exit', () => rmSync(recordingsFolder, { recursive: true, force: true }));

/** What the server's doors have, on a test's database; it logs nothing. */
export const assembleForTest = (options: Pick<Options, 'db'> & Partial<Options>) =>
  assemble({
    accountId: '123456789012',
    firstKey,
    publicUrl: () => 'http://localhost',
    log: { info: () => {}, warn: () => {} },
    recordings: folderStore(recordingsFolder),
    ...options,
  });
