import type { Sealing } from '../../access/sealing.ts';
import type { AccessKey } from '../../access-key.ts';
import type { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import type { AccessKeyCaller } from '../../operations/caller.ts';
import { findEnabledAccessKey, noteUse } from './store.ts';

/** A key's last use is known to the minute: writing it at every request would make each read a write. */
const noteEveryMilliseconds = 60_000;

/**
 * Finds the secret and the actions behind an access key's id: the first access key, which may do everything, or an
 * enabled one of the table. Null also for one that was sealed under another first access key.
 */
export function createFindAccessKey(options: {
  readonly db: Db;
  readonly first: AccessKey;
  readonly sealing: Sealing;
  readonly now: Clock;
}) {
  const { db, first, sealing, now } = options;
  return async (id: string): Promise<{ secret: string; caller: AccessKeyCaller; used(): Promise<void> } | null> => {
    const callerOf = (actions: readonly string[]): AccessKeyCaller => ({
      kind: 'ACCESS_KEY',
      accessKeyId: id,
      actions,
    });
    if (id === first.id) return { secret: first.secret, caller: callerOf(['connect:*']), used: async () => {} };
    const row = await findEnabledAccessKey(db, id);
    const secret = row && sealing.open(row.sealedSecret, id);
    if (!row || !secret) return null;
    const used = async () => {
      const before = row.lastUsedTime?.getTime() ?? 0;
      const time = await now(db);
      if (time.getTime() - before >= noteEveryMilliseconds) await noteUse(db, id, time);
    };
    return { secret, caller: callerOf(row.actions), used };
  };
}
