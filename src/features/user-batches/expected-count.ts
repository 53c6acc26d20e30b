import { sql } from 'kysely';
import type { Tx } from '../../database/db.ts';
import { invalidRequest, OperationError } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import type { UserSelection } from '../users/selection.ts';
import { countUsers } from '../users/store.ts';

/**
 * Holds a deletion to the number that somebody has seen and confirmed: a search may find others by the time it is
 * submitted. A search that finds everybody has to say the number, for a slip in its conditions finds everybody too.
 * @throws ConditionalOperationFailedException, InvalidRequestException
 */
export async function requireMeant(
  tx: Tx,
  instance: Instance,
  selection: UserSelection,
  count: number,
  expected: number | undefined,
): Promise<void> {
  if (expected !== undefined && expected !== count) {
    throw new OperationError(
      'ConditionalOperationFailedException',
      `The selection has ${count} users now, not ${expected}. Look at it again, and confirm the new number.`,
    );
  }
  if (expected !== undefined || selection.kind !== 'SEARCH' || count === 0) return;
  if (count < (await countUsers(tx, sql`u.instance_id = ${instance.id}`))) return;
  throw invalidRequest(
    `This search matches all ${count} users of the instance. If that is meant, give ExpectedCount ${count}.`,
  );
}
