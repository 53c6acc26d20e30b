import type { Db } from '../../operations/define-operation.ts';
import { deletionsByUsername, deletionsOf } from '../audit/store.ts';
import type { Instance } from '../instances/types.ts';
import { type QuickConnectOfUser, quickConnectsOfUsers } from '../quick-connects/store.ts';
import { type Refusal, type Requester, refusalsAmong, whyGone } from '../users/deletion.ts';
import type { SelectedUser } from '../users/selection.ts';

/** What a deletion of these users would meet at this moment. Computed set-wise: four statements for any number. */
export interface Preview {
  readonly users: readonly SelectedUser[];
  readonly refusals: ReadonlyMap<string, Refusal>;
  readonly quickConnects: ReadonlyMap<string, readonly QuickConnectOfUser[]>;
  /** Whoever does not reach every user is not told the name behind the id of somebody who is gone. */
  readonly tellsWhoIsGone: boolean;
}

export async function previewDeletion(
  db: Db,
  instance: Instance,
  requester: Requester,
  users: readonly SelectedUser[],
): Promise<Preview> {
  const ids = users.flatMap(({ present, userId }) => (present && userId ? [userId] : []));
  const refusals = await refusalsAmong(db, instance, requester, ids);
  const quickConnects = new Map<string, QuickConnectOfUser[]>();
  for (const quickConnect of await quickConnectsOfUsers(db, instance.id, ids)) {
    const ofUser = quickConnects.get(quickConnect.userId);
    if (ofUser) ofUser.push(quickConnect);
    else quickConnects.set(quickConnect.userId, [quickConnect]);
  }
  const tellsWhoIsGone = !requester.access || requester.access.limits('agent') === null;
  return { users, refusals, quickConnects, tellsWhoIsGone };
}

/** Most queues that a preview names. */
const mostQueues = 100;

/** In sum. Quick connects and queues are those of the users who would really go. */
export function summaryOf({ users, refusals, quickConnects }: Preview) {
  const queues = new Map<string, { QueueId: string; Name: string; QuickConnectCount: number }>();
  let quickConnectCount = 0;
  for (const quickConnect of [...quickConnects].flatMap(([userId, all]) => (refusals.has(userId) ? [] : all))) {
    quickConnectCount += 1;
    for (const { id, name } of quickConnect.queues) {
      const queue = queues.get(id) ?? { QueueId: id, Name: name, QuickConnectCount: 0 };
      queue.QuickConnectCount += 1;
      queues.set(id, queue);
    }
  }
  const gone = users.filter(({ present }) => !present).length;
  const rules = [...refusals.values()].map(({ rule }) => rule);
  return {
    Summary: {
      RequestedCount: users.length,
      DeletableCount: users.length - gone - refusals.size,
      RefusedCount: refusals.size,
      AlreadyGoneCount: gone,
      QuickConnectCount: quickConnectCount,
      QueueCount: queues.size,
      SelfSelected: rules.includes('ONESELF'),
      LastAdministratorSelected: rules.includes('LAST_ADMINISTRATOR'),
    },
    Queues: [...queues.values()]
      .sort((a, b) => b.QuickConnectCount - a.QuickConnectCount || a.Name.localeCompare(b.Name, 'en'))
      .slice(0, mostQueues),
  };
}

/** Per user, for a page of them. */
export async function detailsOf(db: Db, instance: Instance, preview: Preview, page: readonly SelectedUser[]) {
  const gone = preview.tellsWhoIsGone ? page.filter(({ present }) => !present) : [];
  const byId = await deletionsOf(
    db,
    instance.id,
    gone.flatMap(({ userId }) => (userId ? [userId] : [])),
  );
  const byLogin = await deletionsByUsername(
    db,
    instance.id,
    gone.flatMap(({ userId, username }) => (userId === null && username ? [username] : [])),
  );
  return page.map((user) => {
    const { userId, username, present } = user;
    const refusal = userId === null ? undefined : preview.refusals.get(userId);
    const deletion = present ? undefined : userId === null ? byLogin.get(username ?? '') : byId.get(userId);
    const name = username ?? deletion?.resourceName;
    const who = name === undefined ? `The user with the id ${userId}` : `The user ${name}`;
    return {
      UserId: userId ?? undefined,
      Username: name,
      FirstName: user.firstName ?? undefined,
      LastName: user.lastName ?? undefined,
      Deletable: present && !refusal,
      ErrorCode: present ? refusal?.code : 'ResourceNotFoundException',
      Reason: present ? refusal?.reason : whyGone(who, deletion),
      QuickConnects: (preview.quickConnects.get(userId ?? '') ?? []).map((quickConnect) => ({
        QuickConnectId: quickConnect.id,
        Name: quickConnect.name,
        QueueNames: quickConnect.queues.map((queue) => queue.name),
      })),
    };
  });
}
