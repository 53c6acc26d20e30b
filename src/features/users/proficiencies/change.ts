import { isDeepStrictEqual } from 'node:util';
import { updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import type { InstanceContext } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { lockUser } from '../store.ts';
import { type Current, keyOf, keyOfStored, shownProficiency } from './rules.ts';
import { type Proficiency, proficienciesOf, replaceProficiencies, type StoredProficiency } from './store.ts';

/** Leaves the user with what `wanted` answers. What is so already is neither written nor audited. */
export async function changeProficiencies(
  { db, instance, now, region }: InstanceContext<Tx>,
  id: string,
  wanted: (current: Current) => Promise<readonly StoredProficiency[]> | readonly StoredProficiency[],
): Promise<ReturnType<typeof updated>> {
  const user = await lockUser(db, instance.id, id);
  if (!user) throw notFound('agent', id);
  const before = await proficienciesOf(db, id);
  const after = await wanted(new Map(before.map((one) => [keyOfStored(one), one])));
  const [Old, New] = [before, after].map(audited);
  const named = { id, name: user.username };
  if (isDeepStrictEqual(Old, New)) return updated('agent', named, null);
  await replaceProficiencies(db, id, after, { time: now, region });
  return updated('agent', named, { UserProficiencies: { Old, New } });
}

const audited = (proficiencies: readonly Proficiency[]) =>
  proficiencies.map(shownProficiency).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
