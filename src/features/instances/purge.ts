import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { audit } from '../../audit/store.ts';
import { boundLockWaits } from '../../database/clock.ts';
import { isLockTimeout } from '../../database/database-errors.ts';
import type { Db } from '../../database/db.ts';
import { inTransaction } from '../../database/transaction.ts';
import { removeActivityOf } from '../agent-activity/retention-store.ts';
import { removeContactsOf } from '../contacts/retention-store.ts';
import { endSessions } from '../sessions/store.ts';
import { deleteInstance, findGoneInstance } from './store.ts';

/** Contacts, or rows of what agents did, that one statement removes at most. */
const bite = 5000;

/**
 * Removes one instance whose time of deletion has come, as a whole or not at all. Nobody waits for it: the instance has
 * been gone for everybody since that time. A worker that is killed leaves it to the next one.
 * @returns FAILED when something else holds a row of it, NOTHING when there is none
 */
export async function purgeGoneInstance(db: Db, now: Date): Promise<'DONE' | 'FAILED' | 'NOTHING'> {
  const id = await findGoneInstance(db, now);
  if (id === null) return 'NOTHING';
  // There may be millions of them, and nothing shows that they go first. The names that both speak of go with the contacts.
  if (await removeActivityOf(db, id, bite)) return 'DONE';
  if (await removeContactsOf(db, id, bite)) return 'DONE';
  try {
    await inTransaction(db, async (tx) => {
      await boundLockWaits(tx);
      const ended = await endSessions(tx, sql`s.instance_id = ${id}`, 'INSTANCE_DELETED');
      await audit(tx, {
        instanceId: id,
        time: now,
        operation: 'EndSession',
        actor: { type: 'SYSTEM', id: 'cordboard', name: 'Cordboard' },
        permission: 'instance deleted',
        requestId: randomUUID(),
        changes: ended,
      });
      await deleteInstance(tx, id);
    });
    return 'DONE';
  } catch (error) {
    if (isLockTimeout(error)) return 'FAILED';
    throw error;
  }
}
