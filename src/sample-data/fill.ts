import { randomUUID } from 'node:crypto';
import type { Change } from '../audit/change.ts';
import { audit } from '../audit/store.ts';
import type { Config } from '../config.ts';
import type { Db, Tx } from '../database/db.ts';
import { inTransaction } from '../database/transaction.ts';
import { createdGroup, createdLevel } from '../features/hierarchy/rules.ts';
import { insertHierarchyGroups, setHierarchyLevels } from '../features/hierarchy/store.ts';
import { findInstanceByAlias, hasSampleData, markSampleData } from '../features/instances/store.ts';
import { createdQueue } from '../features/queues/snapshots.ts';
import { insertQueues } from '../features/queues/store.ts';
import { createdRoutingProfile } from '../features/routing-profiles/snapshots.ts';
import { insertRoutingProfiles } from '../features/routing-profiles/store.ts';
import { createdUser } from '../features/users/changes.ts';
import { deleteUsers } from '../features/users/deletion.ts';
import { hashPassword } from '../features/users/passwords.ts';
import { insertUsers } from '../features/users/store.ts';
import { randomPassword } from '../first-start.ts';
import { type SampleCentre, sampleCentre } from './centre.ts';
import { bySampleData, type IdsByName, type Making } from './making.ts';
import { addQuickConnects } from './quick-connects.ts';

export interface SampleData {
  readonly users: number;
  /** The same for all of them, and different on every machine. */
  readonly password: string;
}

/**
 * Fills the first instance with the sample centre, in one transaction, once.
 * @returns null when it was there already, or the first instance is there no more
 */
export async function fillSampleData(db: Db, config: Config, now: Date): Promise<SampleData | null> {
  const instance = await findInstanceByAlias(db, config.instanceAlias);
  // Somebody has deleted the first instance.
  if (!instance) return null;
  const password = randomPassword();
  const passwordHash = await hashPassword(password);
  return inTransaction(db, async (tx) => {
    if (await hasSampleData(tx, instance.id)) return null;
    const centre = sampleCentre();
    const made = { instance, now, changes: [] as Change[] };
    const queues = await addQueues(tx, made, centre);
    const profiles = await addRoutingProfiles(tx, made, centre, queues);
    const groups = await addHierarchy(tx, made, centre);
    const users = await addUsers(tx, made, centre, { profiles, groups, passwordHash });
    await addQuickConnects(tx, made, centre, { queues, users });
    await record(tx, made, made.changes);

    const leavers = centre.users.filter((user) => user.left).map((user) => users.get(user.username) ?? '');
    const gone = await deleteUsers(tx, instance, { type: 'ACCESS_KEY', id: 'sample-data' }, leavers, {
      quickConnects: 'KEEP',
    });
    await record(tx, made, gone.userChanges);
    await markSampleData(tx, instance.id, now);
    return { users: centre.users.length - leavers.length, password };
  });
}

async function record(tx: Tx, { instance, now }: Making, changes: readonly Change[]): Promise<void> {
  await audit(tx, {
    instanceId: instance.id,
    time: now,
    ...bySampleData,
    requestId: randomUUID(),
    changes,
  });
}

async function existing(
  tx: Tx,
  table: 'queue' | 'routing_profile' | 'security_profile' | 'hours_of_operation',
  id: string,
) {
  const rows = await tx.selectFrom(table).select(['id', 'name']).where('instance_id', '=', id).execute();
  return new Map(rows.map((row) => [row.name, row.id]));
}

function idOf(ids: IdsByName, name: string): string {
  const id = ids.get(name);
  if (!id) throw new Error(`the sample data names ${name}, which is not there`);
  return id;
}

const common = ({ instance, now }: Making) => ({ instanceId: instance.id, region: instance.region, now });

async function addQueues(tx: Tx, made: Making, centre: SampleCentre): Promise<IdsByName> {
  const hours = await existing(tx, 'hours_of_operation', made.instance.id);
  const queues = centre.queues.map(({ name, description }) => ({
    ...common(made),
    name,
    description,
    id: randomUUID(),
    hoursOfOperationId: idOf(hours, 'Basic Hours'),
  }));
  await insertQueues(tx, queues);
  made.changes.push(...queues.map((queue) => createdQueue(queue)));
  return existing(tx, 'queue', made.instance.id);
}

async function addRoutingProfiles(tx: Tx, made: Making, centre: SampleCentre, queues: IdsByName): Promise<IdsByName> {
  const channelOf = new Map(centre.queues.map(({ name, channel }) => [name, channel]));
  const profiles = centre.routingProfiles.map(({ name, description, channels, queues: names }) => {
    const concurrencies = Object.entries(channels).map(([channel, concurrency]) => ({
      Channel: channel as 'VOICE' | 'CHAT' | 'TASK',
      Concurrency: concurrency,
    }));
    return {
      ...common(made),
      id: randomUUID(),
      name,
      description,
      defaultOutboundQueueId: idOf(queues, names[0] ?? ''),
      mediaConcurrencies: concurrencies,
      queues: names.map((queue, index) => ({
        queueId: idOf(queues, queue),
        channel: channelOf.get(queue) ?? 'VOICE',
        priority: index + 1,
        delay: 0,
      })),
    };
  });
  await insertRoutingProfiles(tx, profiles);
  made.changes.push(...profiles.map(createdRoutingProfile));
  return existing(tx, 'routing_profile', made.instance.id);
}

/** Ids by the path from the top, its names joined by a slash. */
async function addHierarchy(tx: Tx, made: Making, centre: SampleCentre): Promise<IdsByName> {
  const levels = centre.levels.map((name, index) => ({ level: index + 1, id: randomUUID(), name }));
  await setHierarchyLevels(tx, made.instance.id, levels, { now: made.now, region: made.instance.region });
  const ids = new Map(centre.groups.map(({ path }) => [path.join('/'), randomUUID() as string]));
  const groups = centre.groups.map(({ path }) => ({
    ...common(made),
    id: idOf(ids, path.join('/')),
    name: path.at(-1) ?? '',
    level: path.length,
    parentGroupId: path.length > 1 ? idOf(ids, path.slice(0, -1).join('/')) : null,
  }));
  await insertHierarchyGroups(tx, groups);
  made.changes.push(...levels.map(createdLevel), ...groups.map(createdGroup));
  return ids;
}

async function addUsers(
  tx: Tx,
  made: Making,
  centre: SampleCentre,
  { profiles, groups, passwordHash }: { profiles: IdsByName; groups: IdsByName; passwordHash: string },
): Promise<IdsByName> {
  const securityProfiles = await existing(tx, 'security_profile', made.instance.id);
  const users = centre.users.map((user) => ({
    id: randomUUID() as string,
    username: user.username,
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    passwordHash,
    routingProfileId: idOf(profiles, user.routingProfile),
    securityProfileIds: user.securityProfiles.map((name) => idOf(securityProfiles, name)),
    hierarchyGroupId: user.group ? idOf(groups, user.group.join('/')) : null,
    phoneType: user.deskPhoneNumber ? ('DESK_PHONE' as const) : ('SOFT_PHONE' as const),
    deskPhoneNumber: user.deskPhoneNumber,
    autoAccept: user.autoAccept,
    afterContactWorkTimeLimit: user.afterContactWorkTimeLimit,
    tags: user.tags,
  }));
  await insertUsers(tx, made.instance, users, made.now);
  made.changes.push(...users.map(createdUser));
  return new Map(users.map((user) => [user.username, user.id]));
}
