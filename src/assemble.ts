import { createDigest, createSealing } from './access/sealing.ts';
import type { AccessKey } from './access-key.ts';
import { logEnds } from './console/sign-in-audit.ts';
import { databaseTime } from './database/clock.ts';
import type { Db } from './database/db.ts';
import { createFindAccessKey } from './features/access-keys/find.ts';
import type { BatchLimits } from './operations/batch-limits.ts';
import type { ByteStore } from './operations/byte-store.ts';
import { allOperations } from './operations.ts';
import { createRunner } from './runner.ts';

interface AssemblyOptions {
  readonly db: Db;
  readonly accountId: string;
  readonly firstKey: AccessKey;
  readonly publicUrl: () => string;
  readonly batchLimits?: BatchLimits | undefined;
  /** Days; for good if left out. */
  readonly contactDays?: number | null | undefined;
  readonly recordings: ByteStore;
  readonly log: Parameters<typeof logEnds>[0];
  /** For tests, which steer time; the database's clock if left out, or while it answers undefined. */
  readonly now?: (() => Date | undefined) | undefined;
}

/** What every door needs: the operations, the way to them, and what depends on the first access key. Tests have the same. */
export function assemble({ db, firstKey, log, now, ...options }: AssemblyOptions) {
  const sealing = createSealing(firstKey.secret);
  return {
    operations: allOperations,
    run: createRunner({
      ...options,
      db,
      now,
      sealing,
      onChanges: (changes, requestId) => logEnds(log, changes, { requestId }),
    }),
    findAccessKey: createFindAccessKey({
      db,
      first: firstKey,
      sealing,
      now: async (on) => now?.() ?? databaseTime(on),
    }),
    digest: createDigest(firstKey.secret),
  };
}
