import { allows } from '../../access/actions.ts';
import type { Tx } from '../../database/db.ts';
import type { Caller } from '../../operations/caller.ts';
import { accessDenied, OperationError } from '../../operations/errors.ts';
import { lockAccessKey } from './store.ts';
import type { AccessKeyDetails } from './types.ts';

function beyondOwn(caller: Caller, actions: readonly string[]): string | undefined {
  const own = caller.kind === 'ACCESS_KEY' ? caller.actions : [];
  return actions.find((action) => !allows(own, action));
}

/** Nobody gives away what they do not have, or a key for one action could make itself a key for all. */
export function refuseBeyondOwn(caller: Caller, actions: readonly string[]): void {
  const beyond = beyondOwn(caller, actions);
  if (beyond) throw accessDenied(`This access key is not allowed ${beyond} itself, so it cannot allow it to another.`);
}

/**
 * The key, for a change. Nor does anybody take away what they do not have: a key for one action could disable, cut down or
 * delete the keys of those who administer.
 */
export async function lockOrRefuse(tx: Tx, caller: Caller, id: string): Promise<AccessKeyDetails> {
  const key = await lockAccessKey(tx, id);
  if (key) {
    const beyond = beyondOwn(caller, key.actions);
    if (!beyond) return key;
    throw accessDenied(`The access key ${id} is allowed ${beyond}, and this one is not, so it cannot change that one.`);
  }
  throw new OperationError(
    'ResourceNotFoundException',
    `There is no access key ${id}. The first access key is kept in the settings or the data folder, not here.`,
  );
}
