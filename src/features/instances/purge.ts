import { inTransaction } from '../../database/transaction.ts';
import type { Db } from '../../operations/define-operation.ts';
import { deleteInstance, findGoneInstance } from './store.ts';

/**
 * Removes one instance whose time of deletion has come, as a whole or not at all. Nobody waits for it: the instance has
 * been gone for everybody since that time. A worker that is killed leaves it to the next one.
 * @returns false when there was none
 */
export async function purgeGoneInstance(db: Db, now: Date): Promise<boolean> {
  const id = await findGoneInstance(db, now);
  if (id === null) return false;
  await inTransaction(db, (tx) => deleteInstance(tx, id));
  return true;
}
