import type { Change } from '../../audit/change.ts';
import type { Tx } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { notFound } from '../../operations/errors.ts';
import { difference, updatedUser } from './changes.ts';
import { lockUser, updateUser } from './store.ts';
import type { User, UserSettings } from './types.ts';

/** Changes what `wanted` answers of a user, under the row's lock. What is so already is neither written nor audited. */
export async function changeUser(
  { db, instance, now }: InstanceContext<Tx>,
  id: string,
  wanted: (user: User) => Partial<UserSettings>,
): Promise<{ output: Record<never, never>; changes: Change[] }> {
  const user = await lockUser(db, instance.id, id);
  if (!user) throw notFound('agent', id);
  const changed = difference(user, wanted(user));
  if (Object.keys(changed).length === 0) return { output: {}, changes: [] };
  await updateUser(db, id, changed, { time: now, region: instance.region });
  return { output: {}, changes: [updatedUser(user, changed)] };
}
