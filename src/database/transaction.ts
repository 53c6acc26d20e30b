import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { CommitUnknownError, DatabaseAwayError, isLostConnection, isRetryable } from './database-errors.ts';
import { patienceMilliseconds } from './sessions.ts';

export { isLostConnection, isUniqueViolation } from './database-errors.ts';

const maxAttempts = 6;

/**
 * Runs `fn` in a READ COMMITTED transaction and commits what it did, or rolls it back if it throws.
 * When PostgreSQL chose this transaction as the loser of a conflict (SQLSTATE 40001, 40P01), `fn` is run
 * again as a whole, up to 5 times; when its session broke before COMMIT was sent, for as long as patience lasts.
 * It must not do anything outside of the database that may not be repeated.
 * @throws CommitUnknownError when COMMIT was sent and its answer was lost.
 */
export async function inTransaction<DB, T>(db: Kysely<DB>, fn: (tx: Transaction<DB>) => Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMilliseconds;
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(db, fn);
    } catch (error) {
      const beaten = isRetryable(error) && attempt < maxAttempts;
      const cutOff = isCutOff(error) && performance.now() < deadline;
      if (!beaten && !cutOff) throw error;
      // Growing and random, so that the two that collided do not meet again.
      await delay(Math.random() * 10 * 2 ** Math.min(attempt, maxAttempts));
    }
  }
}

/** Nothing of the transaction has remained, and another session may be had. */
function isCutOff(error: unknown): boolean {
  return isLostConnection(error) && !(error instanceof CommitUnknownError || error instanceof DatabaseAwayError);
}

async function once<DB, T>(db: Kysely<DB>, fn: (tx: Transaction<DB>) => Promise<T>): Promise<T> {
  const tx = await db.startTransaction().setIsolationLevel('read committed').execute();
  let ending = false;
  try {
    const result = await fn(tx);
    ending = true;
    await tx.commit().execute();
    return result;
  } catch (error) {
    // On a broken session the rollback fails too; the first error is the one that tells.
    await tx
      .rollback()
      .execute()
      .catch(() => {});
    throw ending && isLostConnection(error)
      ? new CommitUnknownError('The answer to COMMIT was lost.', { cause: error })
      : error;
  }
}
