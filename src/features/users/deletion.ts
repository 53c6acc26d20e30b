import { sql } from 'kysely';
import { type Access, unlimited } from '../../access/access-control.ts';
import { outside, reachable } from '../../access/enforcement.ts';
import { type Change, deletionOf } from '../../audit/change.ts';
import { type Deletion, inWords } from '../../audit/store.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { ErrorCode } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { lockInstance } from '../instances/store.ts';
import { snapshotOf } from '../quick-connects/rules.ts';
import { deleteQuickConnectsOfUsers } from '../quick-connects/store.ts';
import { endSessionsOf } from '../sessions/store.ts';
import {
  administrationKinds,
  administratorsAmong,
  hasOtherAdministrator,
  lastAdministrator,
} from './administrators.ts';
import { capitalized, columns, identityMembers } from './columns.ts';

/** Who wants users gone. Access keys are account-level: the rules that protect an instance's own people are not theirs. */
export interface Requester {
  readonly type: 'USER' | 'ACCESS_KEY';
  readonly id: string;
  /** By virtue of Users.Delete, as of now; everybody if left out. */
  readonly access?: Access;
}

/** Why a user that is there may not be deleted by this requester. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly rule: 'OUT_OF_REACH' | 'ONESELF' | 'LAST_ADMINISTRATOR';
}

export type UserDeletion =
  | { readonly kind: 'DELETED'; readonly quickConnectsDeleted: number }
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal }
  | { readonly kind: 'GONE' };

export interface DeletedUsers {
  /** What happened to each of the ids. */
  readonly outcomes: ReadonlyMap<string, UserDeletion>;
  /** For the audit; apart, because they rest on different permissions. */
  readonly userChanges: readonly ChangeOfUser[];
  readonly quickConnectChanges: readonly ChangeOfUser[];
}

/** With the user by whom it came, for whoever accounts for each of them. */
type ChangeOfUser = Change & { readonly userId: string };

/**
 * Deletes users, set-wise: four or five statements whether it is one or 500. Their security profile assignments and
 * sessions go with them; contacts, results and audit entries do not point at them. With `KEEP` the quick connects to
 * them stay and are orphans, as after Amazon Connect's DeleteUser.
 *
 * Locks, in the order that every writer keeps: the instance if an administrator is among them, the users by id, their
 * quick connects by id. A second transaction that wants one of the users waits here, and then finds it gone.
 */
export async function deleteUsers(
  tx: Tx,
  instance: Instance,
  requester: Requester,
  ids: readonly string[],
  options: { readonly quickConnects: 'DELETE' | 'KEEP' },
): Promise<DeletedUsers> {
  const guarded = requester.type === 'USER';
  const locked = guarded && (await anyAdministratorsAmong(tx, instance, ids));
  if (locked) await lockInstance(tx, instance.id);
  const present = await lockUsers(tx, instance, ids);
  const there = ids.filter((id) => present.has(id));
  let judged = await judge(tx, instance, requester, there);
  if (guarded && !locked && judged.administrators) {
    // Somebody was made an administrator between the look and the locks. Rare enough to take the lock late: a ring that
    // this could close is broken by the database, and the transaction is run again.
    await lockInstance(tx, instance.id);
    judged = await judge(tx, instance, requester, there);
  }
  const { refusals } = judged;
  const going = [...present].filter((id) => !refusals.has(id));
  const userChanges = await snapshotsOf(tx, going);
  const ended = await endSessionsOf(tx, going, 'USER_DELETED');
  await sql`delete from users where id = any(${going}::uuid[])`.execute(tx);
  const quickConnects =
    options.quickConnects === 'DELETE' ? await deleteQuickConnectsOfUsers(tx, instance.id, going) : [];

  const deletedQuickConnects = countBy(quickConnects, (quickConnect) => quickConnect.userId);
  const outcomeOf = (id: string): UserDeletion => {
    const refusal = refusals.get(id);
    if (refusal) return { kind: 'REFUSED', refusal };
    if (!present.has(id)) return { kind: 'GONE' };
    return { kind: 'DELETED', quickConnectsDeleted: deletedQuickConnects.get(id) ?? 0 };
  };
  return {
    outcomes: new Map(ids.map((id) => [id, outcomeOf(id)])),
    userChanges: [
      ...userChanges.map((change) => ({ ...change, userId: change.resourceId })),
      ...ended.map((change) => ({ ...change, userId: change.details.UserId })),
    ],
    quickConnectChanges: quickConnects.map((quickConnect) => ({
      ...deletionOf('transfer-destination', quickConnect, snapshotOf(quickConnect)),
      userId: quickConnect.userId,
    })),
  };
}

/**
 * Which of these users the requester may not delete. They must exist; their order decides who of several
 * administrators is the last one. Within a transaction, its answer holds once the locks of `deleteUsers` are taken.
 */
export async function refusalsAmong(
  db: Db | Tx,
  instance: Instance,
  requester: Requester,
  ids: readonly string[],
): Promise<Map<string, Refusal>> {
  return (await judge(db, instance, requester, ids)).refusals;
}

/** Why somebody who is there may not be touched. */
export const outOfReach = (access: Access): string =>
  `The security profiles of whoever asks for this do not reach this user: of users, they reach ${reachable(access, 'agent')}.`;

async function judge(db: Db | Tx, instance: Instance, requester: Requester, ids: readonly string[]) {
  const refusals = new Map<string, Refusal>();
  if (requester.type !== 'USER') return { refusals, administrators: false };
  const { access = unlimited } = requester;
  for (const id of await outside(db, instance, access, 'agent', ids)) {
    refusals.set(id, {
      code: 'AccessDeniedException',
      reason: outOfReach(access),
      rule: 'OUT_OF_REACH',
    });
  }
  if (ids.includes(requester.id)) {
    refusals.set(requester.id, {
      code: 'InvalidRequestException',
      reason: 'Nobody can delete themselves. Ask another administrator to delete this user.',
      rule: 'ONESELF',
    });
  }
  let administrators = false;
  for (const kind of administrationKinds) {
    const among = await administratorsAmong(db, instance, kind, ids);
    administrators ||= among.size > 0;
    const going = ids.filter((id) => among.has(id) && !refusals.has(id));
    const last = going.at(-1);
    if (last === undefined || (await hasOtherAdministrator(db, instance, kind, going))) continue;
    refusals.set(last, {
      code: 'InvalidRequestException',
      reason: lastAdministrator(kind),
      rule: 'LAST_ADMINISTRATOR',
    });
  }
  return { refusals, administrators };
}

async function anyAdministratorsAmong(tx: Tx, instance: Instance, ids: readonly string[]): Promise<boolean> {
  for (const kind of administrationKinds)
    if ((await administratorsAmong(tx, instance, kind, ids)).size > 0) return true;
  return false;
}

/**
 * Why a user is not there, as far as the audit knows. `who` as people were asked for: "The user with the id …".
 * @param tellsAll false for whoever does not reach every user, who is not to learn whom else there was
 */
export function whyGone(who: string, deletion: Deletion | undefined, tellsAll = true): string {
  if (!tellsAll) return `${who} is not among those that the security profiles of whoever asks for this reach.`;
  if (deletion) return `${who} was ${inWords(deletion)}.`;
  return `${who} does not exist in this instance, and nothing says that it ever did. Look for a typing error.`;
}

async function lockUsers(tx: Tx, instance: Instance, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from users where instance_id = ${instance.id} and id = any(${ids}::uuid[])
    order by id for update`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

const identity = sql.join(
  identityMembers.map((member) => sql`${sql.lit(capitalized(member))}, ${sql.ref(`u.${columns[member].column}`)}`),
);

/** What an auditor may want to know of somebody who is gone: it is written down now, for there is no later. */
async function snapshotsOf(tx: Tx, ids: readonly string[]): Promise<Change[]> {
  const { rows } = await sql<{ id: string; username: string; details: Record<string, unknown> }>`
    select u.id, u.username, jsonb_strip_nulls(jsonb_build_object(
        ${identity},
        'RoutingProfile', (
          select jsonb_build_object('Id', r.id, 'Name', r.name) from routing_profile r where r.id = u.routing_profile_id),
        'HierarchyGroup', (
          select jsonb_build_object('Id', g.id, 'Name', g.name) from hierarchy_group g where g.id = u.hierarchy_group_id),
        'SecurityProfiles', (
          select jsonb_agg(jsonb_build_object('Id', p.id, 'Name', p.name) order by up.position)
          from user_security_profile up join security_profile p on p.id = up.security_profile_id
          where up.user_id = u.id),
        'Tags', u.tags
      )) as details
    from users u where u.id = any(${ids}::uuid[])
    order by u.id`.execute(tx);
  return rows.map(({ id, username, details }) => deletionOf('agent', { id, name: username }, details));
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
