import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { isRetryable } from './database-errors.ts';

export { isForeignKeyViolation, isLostConnection, isUniqueViolation } from './database-errors.ts';

const maxAttempts = 6;

/**
 * Runs `fn` in a READ COMMITTED transaction and commits what it did, or rolls it back if it throws.
 * When PostgreSQL chose this transaction as the loser of a conflict (SQLSTATE 40001, 40P01), `fn` is run
 * again as a whole, up to 5 times: it must not do anything outside of the database that may not be repeated.
 */
export async function inTransaction<DB, T>(db: Kysely<DB>, fn: (tx: Transaction<DB>) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(db, fn);
    } catch (error) {
      if (!isRetryable(error) || attempt === maxAttempts) throw error;
      // Growing and random, so that the two that collided do not meet again.
      await delay(Math.random() * 10 * 2 ** attempt);
    }
  }
}

async function once<DB, T>(db: Kysely<DB>, fn: (tx: Transaction<DB>) => Promise<T>): Promise<T> {
  const tx = await db.startTransaction().setIsolationLevel('read committed').execute();
  try {
    const result = await fn(tx);
    await tx.commit().execute();
    return result;
  } catch (error) {
    // On a broken session the rollback fails too; the first error is the one that tells.
    await tx
      .rollback()
      .execute()
      .catch(() => {});
    throw error;
  }
}
