import { unlimited } from '../../access/access-control.ts';
import { namesEverybody } from '../../access/shown-names.ts';
import { type Deletion, deletionsOf } from '../../audit/store.ts';
import type { Db } from '../../database/db.ts';
import type { Instance } from '../../operations/instance.ts';
import { type QuickConnectOfUser, quickConnectsOfUsers } from '../quick-connects/store.ts';
import { type Refusal, type Requester, refusalsAmong, whyGone } from '../users/deletion.ts';
import type { Finding } from '../users/list-entries.ts';
import type { SelectedUser } from '../users/selected-user.ts';

/** What a deletion of these users would meet at this moment. Computed set-wise: a few statements for any number. */
export interface Preview {
  readonly users: readonly SelectedUser[];
  readonly refusals: ReadonlyMap<string, Refusal>;
  readonly quickConnects: ReadonlyMap<string, readonly QuickConnectOfUser[]>;
  /** Of those who are not there any more, by id. */
  readonly deletions: ReadonlyMap<string, Deletion>;
  /** Whoever may not be told of every user is not told whether somebody who is not there ever was, or who it was. */
  readonly tellsAll: boolean;
}

export async function previewDeletion(
  db: Db,
  instance: Instance,
  requester: Requester,
  users: readonly SelectedUser[],
): Promise<Preview> {
  const ids = users.flatMap(({ present, userId }) => (present && userId ? [userId] : []));
  const access = requester.access ?? unlimited;
  const refusals = await refusalsAmong(db, instance, requester, ids);
  const reached = ids.filter((id) => refusals.get(id)?.rule !== 'OUT_OF_REACH');
  const quickConnects = new Map<string, QuickConnectOfUser[]>();
  for (const quickConnect of await quickConnectsOfUsers(db, instance.id, access, reached)) {
    const ofUser = quickConnects.get(quickConnect.userId);
    if (ofUser) ofUser.push(quickConnect);
    else quickConnects.set(quickConnect.userId, [quickConnect]);
  }
  const tellsAll = namesEverybody(access);
  const gone = users.flatMap(({ present, userId }) => (!present && userId && tellsAll ? [userId] : []));
  return { users, refusals, quickConnects, deletions: await deletionsOf(db, instance.id, gone), tellsAll };
}

/** Most queues that a preview names. */
const mostQueues = 100;
/** Most logins in another case that a preview names together. */
const mostCaseDifferences = 1000;

/** In sum. Quick connects and queues are those of the users who would really go. */
/** @param given entries of the list; null for a search */
export function summaryOf(preview: Preview, given: number | null) {
  const { users, refusals, quickConnects } = preview;
  const queues = new Map<string, { QueueId: string; Name: string | null; QuickConnectCount: number }>();
  let quickConnectCount = 0;
  for (const quickConnect of [...quickConnects].flatMap(([userId, all]) => (refusals.has(userId) ? [] : all))) {
    quickConnectCount += 1;
    for (const { id, name } of quickConnect.queues) {
      const queue = queues.get(id) ?? { QueueId: id, Name: name, QuickConnectCount: 0 };
      queue.QuickConnectCount += 1;
      queues.set(id, queue);
    }
  }
  const findings = users.map((user) => findingOf(preview, user));
  const found = (finding: Finding) => findings.filter((one) => one === finding).length;
  const differing = users.filter(({ caseDiffers }) => caseDiffers);
  const rules = [...refusals.values()].map(({ rule }) => rule);
  return {
    Summary: {
      RequestedCount: users.length,
      DeletableCount: users.filter(({ present }) => present).length - refusals.size,
      RefusedCount: refusals.size,
      AlreadyGoneCount: found('DELETED_BEFORE'),
      NeverExistedCount: found('NEVER_EXISTED'),
      UnreadableCount: found('UNREADABLE'),
      AmbiguousCount: found('AMBIGUOUS'),
      CaseDiffersCount: differing.length,
      DuplicateCount: given === null ? 0 : given - users.length,
      QuickConnectCount: quickConnectCount,
      QueueCount: queues.size,
      SelfSelected: rules.includes('ONESELF'),
      LastAdministratorSelected: rules.includes('LAST_ADMINISTRATOR'),
    },
    Queues: [...queues.values()]
      .flatMap(({ Name, ...queue }) => (Name === null ? [] : [{ ...queue, Name }]))
      .sort((a, b) => b.QuickConnectCount - a.QuickConnectCount || a.Name.localeCompare(b.Name, 'en'))
      .slice(0, mostQueues),
    CaseDifferences: differing.slice(0, mostCaseDifferences).map(({ given, username }) => ({
      Given: given ?? '',
      Username: username ?? '',
    })),
  };
}

function findingOf({ deletions, tellsAll }: Preview, { present, userId, failure }: SelectedUser): Finding | null {
  if (failure) return failure.finding;
  if (present || !tellsAll) return null;
  return deletions.has(userId ?? '') ? 'DELETED_BEFORE' : 'NEVER_EXISTED';
}

/** Those who would not be deleted before all others, else in the order in which they were asked for. */
export function problemsFirst({ users, refusals }: Preview): SelectedUser[] {
  const isProblem = ({ present, userId, failure }: SelectedUser) =>
    failure !== null || !present || refusals.has(userId ?? '');
  return [...users.filter(isProblem), ...users.filter((user) => !isProblem(user))];
}

/** Per user, for a page of them. */
export function detailsOf(preview: Preview, page: readonly SelectedUser[]) {
  return page.map((user) => {
    const { present, username, told, failure } = user;
    const userId = user.userId ?? '';
    const refusal = preview.refusals.get(userId);
    const deletion = present ? undefined : preview.deletions.get(userId);
    const name = username ?? deletion?.resourceName;
    const who = name === undefined ? `The user with the id ${userId}` : `The user ${name}`;
    const gone = { code: 'ResourceNotFoundException', reason: whyGone(who, deletion, preview.tellsAll) };
    const why = failure ?? (present ? refusal : gone);
    return {
      UserId: told ? (user.userId ?? undefined) : undefined,
      Username: name,
      FirstName: user.firstName ?? undefined,
      LastName: user.lastName ?? undefined,
      Given: user.given ?? undefined,
      CaseDiffers: user.caseDiffers,
      Deletable: !why,
      Finding: findingOf(preview, user) ?? undefined,
      ErrorCode: why?.code,
      Reason: why?.reason,
      QuickConnects: (told ? (preview.quickConnects.get(userId) ?? []) : []).map((quickConnect) => ({
        QuickConnectId: quickConnect.id,
        Name: quickConnect.name ?? undefined,
        QueueNames: quickConnect.queues.flatMap((queue) => queue.name ?? []),
      })),
    };
  });
}
