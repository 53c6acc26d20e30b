import { databaseTime } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { ByteStore } from '../../operations/byte-store.ts';
import { removeNoted } from './store.ts';

/** Of files that a transaction removes. */
const limit = 100;
/** What cannot be removed is tried again then. */
const laterMilliseconds = 600_000;

interface Removal {
  readonly db: Db;
  readonly store: ByteStore;
  readonly log: { warn(details: object, message: string): void };
  /** The database's, if left out. */
  readonly now?: Date;
}

/**
 * Removes bytes whose time has come. A worker that dies in the middle leaves the note of all of them, and who finds nothing
 * any more under a note has done what it asks for. @returns whether there may be more
 */
export async function removeBytes({ db, store, log, now }: Removal): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const time = now ?? (await databaseTime(tx));
    const later = new Date(time.getTime() + laterMilliseconds);
    return removeNoted(tx, { now: time, later, limit }, async (objectId) => {
      try {
        await store.remove(objectId);
        return true;
      } catch (error) {
        log.warn({ err: error, objectId }, 'the bytes of a deleted recording could not be removed');
        return false;
      }
    });
  });
}
