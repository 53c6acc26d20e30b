import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { audit } from '../audit/store.ts';
import { databaseTime } from '../database/clock.ts';
import type { Db } from '../database/db.ts';
import { inTransaction } from '../database/transaction.ts';
import { importEvents, readAllEvents } from '../features/agent-activity/import.ts';
import { importChange } from '../features/contacts/history-import.ts';
import { importContacts, readAll } from '../features/contacts/import.ts';
import { findInstanceByAlias } from '../features/instances/store.ts';
import { receiveBytes } from '../features/recordings/receive.ts';
import { insertRecording } from '../features/recordings/store.ts';
import type { Logger } from '../log.ts';
import type { ByteStore } from '../operations/byte-store.ts';
import type { Instance } from '../operations/instance.ts';
import { sampleCentre } from './centre.ts';
import { sampleDay } from './history.ts';
import { bySampleData } from './making.ts';
import { sampleSpeech, sampleTranscript } from './media.ts';
import { endProgress, tellProgress } from './progress.ts';
import type { SampleAgent, SampleDay } from './types.ts';

interface Filling {
  readonly db: Db;
  readonly store: ByteStore;
  readonly alias: string;
  /** Before that of the first start: 1 is the day before, 0 that day until then. */
  readonly days: readonly number[];
  readonly log: Pick<Logger, 'info' | 'error'>;
  readonly signal: AbortSignal;
}

/** Between two days, for whoever uses the centre meanwhile. */
const pauseMilliseconds = 50;

/**
 * Fills the history of the sample centre, one day in a transaction, the newest first, behind a server that is serving
 * already. A start that finds it begun goes on where it ended. @returns days that it has filled
 */
export async function fillSampleHistory({ db, store, alias, days, log, signal }: Filling): Promise<number> {
  const instance = await findInstanceByAlias(db, alias);
  const begun = instance && (await beginningOf(db, instance.id));
  if (!instance || !begun) return 0;
  const midnight = new Date(Math.floor(begun.getTime() / 86_400_000) * 86_400_000);
  const agents = await sampleAgents(db, instance.id);
  let filled = 0;
  for (const [index, ago] of days.entries()) {
    if (signal.aborted) return filled;
    const day = sampleDay(instance, agents, { midnight, ago, now: begun });
    const [first] = day.records;
    if (!first || (await isThere(db, instance.id, JSON.parse(first).ContactId))) continue;
    await tellProgress(db, instance.id, index, days.length, await databaseTime(db));
    // Last: who finds the contacts takes the day for whole.
    await keepMedia(db, store, instance, day, begun);
    await importDay(db, instance, day, begun);
    filled += 1;
    if (index % 10 === 9) log.info({ days: index + 1, of: days.length }, 'history of the sample centre');
    await delay(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
  }
  await endProgress(db, instance.id);
  return filled;
}

/** The same beside a server. A day that is under way at a stop is finished. */
export function startSampleHistory({ log, ...filling }: Omit<Filling, 'signal'>): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const filled = fillSampleHistory({ ...filling, log, signal: stopping.signal }).catch((error: unknown) => {
    if (!stopping.signal.aborted) log.error({ err: error }, 'the history of the sample centre could not be filled');
  });
  return {
    stop: async () => {
      stopping.abort();
      await filled;
    },
  };
}

async function beginningOf(db: Db, instanceId: string): Promise<Date | null> {
  const row = await db
    .selectFrom('instance')
    .select('sample_data_time')
    .where('id', '=', instanceId)
    .executeTakeFirst();
  return row?.sample_data_time ?? null;
}

async function isThere(db: Db, instanceId: string, contactId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from contact where instance_id = ${instanceId} and contact_id = ${contactId}`.execute(db);
  return rows.length > 0;
}

async function importDay(db: Db, instance: Instance, { records, events }: SampleDay, now: Date): Promise<void> {
  const rules = { instance, anyInstance: false, keptDays: null, now };
  const { contacts } = await readAll(records, rules);
  const read = await readAllEvents(events, rules);
  await inTransaction(db, async (tx) => {
    await importEvents(tx, instance.id, read.events, { dryRun: false });
    await importContacts(tx, instance.id, contacts, { dryRun: false });
    await audit(tx, {
      ...bySampleData,
      instanceId: instance.id,
      time: await databaseTime(tx),
      requestId: randomUUID(),
      changes: [
        importChange(instance, 'ContactRecords', { New: contacts.length }),
        importChange(instance, 'AgentEvents', { New: read.events.length }),
      ],
    });
  });
}

async function keepMedia(db: Db, store: ByteStore, instance: Instance, { media }: SampleDay, now: Date): Promise<void> {
  for (const { contactId, name, channel, start, seconds, agent } of media) {
    const seed = Number.parseInt(contactId.slice(0, 8), 16);
    const about = { contactId, instanceId: instance.id, accountId: instance.accountId, agent };
    const contentType = channel === 'CHAT' ? 'application/json' : 'audio/wav';
    const bytes = channel === 'CHAT' ? sampleTranscript(about, start, seed) : sampleSpeech(seed, seconds);
    const once = async function* () {
      yield bytes;
    };
    const received = await receiveBytes({ db, store, now }, contentType, once());
    await inTransaction(db, (tx) =>
      insertRecording(tx, instance.id, contactId, { name, contentType, ...received }, now),
    );
  }
}

/** Those who take contacts, and those who have left, of whom the audit knows the ids. */
async function sampleAgents(db: Db, instanceId: string): Promise<SampleAgent[]> {
  const { rows: ids } = await sql<{ id: string; username: string }>`
    select id, username from users where instance_id = ${instanceId}
    union all
    select resource_id::uuid, resource_name from audit_entry
    where instance_id = ${instanceId} and operation = 'SampleData' and change = 'DELETED' and resource_type = 'agent'`.execute(
    db,
  );
  const named = async (table: 'queue' | 'routing_profile') => {
    const rows = await db.selectFrom(table).select(['id', 'name']).where('instance_id', '=', instanceId).execute();
    return new Map(rows.map((row) => [row.name, row]));
  };
  const [queues, profiles] = [await named('queue'), await named('routing_profile')];
  const { rows: groups } = await sql<{ id: string; path: string }>`
    with recursive below as (
      select id, name::text as path from hierarchy_group where instance_id = ${instanceId} and parent_group_id is null
      union all
      select g.id, below.path || '/' || g.name from hierarchy_group g join below on g.parent_group_id = below.id
    ) select id, path from below`.execute(db);
  const groupIds = new Map(groups.map(({ id, path }) => [path, id]));
  const userIds = new Map(ids.map(({ id, username }) => [username, id]));
  const centre = sampleCentre();
  const channelOf = new Map(centre.queues.map(({ name, channel }) => [name, channel]));
  const profilesOf = new Map(centre.routingProfiles.map((profile) => [profile.name, profile]));
  return centre.users.flatMap((user) => {
    const [id, profile] = [userIds.get(user.username), profiles.get(user.routingProfile)];
    const made = profilesOf.get(user.routingProfile);
    const path = user.group ?? [];
    const places = path.flatMap((name, level) => {
      const group = groupIds.get(path.slice(0, level + 1).join('/'));
      return group ? [{ id: group, name }] : [];
    });
    const own = (made?.queues ?? []).flatMap((name) => {
      const [queue, channel] = [queues.get(name), channelOf.get(name)];
      return queue && channel ? [{ ...queue, channel }] : [];
    });
    // What somebody has renamed or deleted since is left out.
    if (!id || !profile || !made || own.length === 0 || !user.securityProfiles.includes('Agent')) return [];
    return [
      {
        id,
        username: user.username,
        firstName: user.firstName,
        lastName: user.lastName,
        left: user.left,
        routingProfile: profile,
        groups: places,
        queues: own,
      },
    ];
  });
}
