import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { unlimited } from '../../access/access-control.ts';
import type { Db } from '../../database/db.ts';
import { isUuid } from '../../operations/arn.ts';
import type { Instance } from '../../operations/instance.ts';
import { readContactRecord } from '../contacts/contact-record.ts';
import { atATime } from '../contacts/history-import.ts';
import { rulesOfKept } from '../contacts/record-values.ts';
import { rawRecordsOf } from '../contacts/store.ts';
import type { Contact } from '../contacts/types.ts';
import type { AskedMetric } from './asked.ts';
import { definitionOf, type MetricName } from './definitions.ts';
import { type ContactFacts, contactMetricNames, recomputed, timeFor } from './recompute.ts';
import { computeReport } from './report.ts';

export interface Difference {
  /** Such as "CONTACTS_HANDLED 3f…" with the queue's id, or "contact 3f… queueDuration". */
  readonly what: string;
  readonly kept: string | null;
  readonly recomputed: string | null;
}

interface Range {
  readonly start: Date;
  readonly end: Date;
}

/** Of the metrics that are asked for with a threshold: that of the service level as everybody has it. */
const threshold = 20;
/** Records are read and read again. */
const packOf = 500;
const dayMilliseconds = 86_400_000;

/** A contact by its record, or as it is kept where it came without one. */
interface Facts extends ContactFacts {
  readonly contactId: string;
  readonly queueId: string | null;
}

/**
 * The contacts that ended, were queued or were connected in a time, or began in it or on the day before, of whatever queue: one
 * of another queue, or of another time, is a difference too. @returns null where there are more than `most`
 */
async function contactsAround(db: Db, instanceId: string, { start, end }: Range, most: number) {
  const within = (column: string, from: Date) => sql`
    select c.contact_id from contact c
    where c.instance_id = ${instanceId} and ${sql.ref(`c.${column}`)} >= ${from} and ${sql.ref(`c.${column}`)} < ${end}`;
  const { rows } = await sql<{ id: string }>`
    select f.contact_id as id from (
      ${within('initiation_time', new Date(start.getTime() - dayMilliseconds))} union ${within('disconnect_time', start)}
      union ${within('enqueue_time', start)} union ${within('connected_to_agent_time', start)}
    ) f order by f.contact_id limit ${most + 1}`.execute(db);
  return rows.length > most ? null : rows.map(({ id }) => id);
}

async function keptFacts(db: Db, instanceId: string, ids: readonly string[]): Promise<readonly Facts[]> {
  const { rows } = await sql<Facts>`
    select c.contact_id as "contactId", c.queue_id as "queueId", c.next_contact_id as "nextContactId", c.channel,
      c.initiation_method as "initiationMethod", c.initiation_time as "initiationTime",
      c.connected_to_system_time as "connectedToSystemTime", c.enqueue_time as "enqueueTime", c.dequeue_time as "dequeueTime",
      c.connected_to_agent_time as "connectedToAgentTime", c.after_contact_work_end_time as "afterContactWorkEndTime",
      c.transfer_completed_time as "transferCompletedTime", c.disconnect_time as "disconnectTime",
      c.queue_duration as "queueDuration", c.agent_interaction_duration as "agentInteractionDuration",
      c.customer_hold_duration as "customerHoldDuration", c.after_contact_work_duration as "afterContactWorkDuration",
      c.agent_pause_duration as "agentPauseDuration", c.number_of_holds as "numberOfHolds",
      c.transferred_to_endpoint as "transferredToEndpoint"
    from contact c where c.instance_id = ${instanceId} and c.contact_id = any(${ids}::uuid[])
    order by c.contact_id`.execute(db);
  return rows;
}

function factsIn(kept: Facts, record: string | undefined): Facts {
  if (record === undefined) return kept;
  const read = readContactRecord(record, rulesOfKept);
  if ('reason' in read) {
    throw new Error(`The record of the contact ${kept.contactId} is damaged: ${read.field} ${read.reason}`);
  }
  const of: Contact = read.contact;
  const members = Object.keys(kept) as (keyof Facts)[];
  const facts = members.map((member) => [member, member === 'queueId' ? (of.queue?.queueId ?? null) : of[member]]);
  return Object.fromEntries(facts) as Facts;
}

const told = (value: string | number | Date | null): string | null =>
  value instanceof Date ? value.toISOString() : value === null ? null : String(value);

/**
 * Holds what is kept of the contacts of some queues, and what reports say of them, against the records themselves.
 * @returns null where there are more contacts than `most`, of whatever queue
 */
export async function checkQueues(
  { db, instance }: { readonly db: Db; readonly instance: Instance },
  queues: readonly string[],
  { start, end, most }: Range & { readonly most: number },
): Promise<{ readonly contacts: number; readonly differences: readonly Difference[] } | null> {
  const ids = await contactsAround(db, instance.id, { start, end }, most);
  if (!ids) return null;
  const queueIds = new Set<string | null>(queues);
  const own: Facts[] = [];
  const details: Difference[] = [];
  for (let from = 0; from < ids.length; from += packOf) {
    const pack = ids.slice(from, from + packOf);
    const records = await rawRecordsOf(db, instance.id, pack);
    for (const [index, kept] of (await keptFacts(db, instance.id, pack)).entries()) {
      if (index % atATime === atATime - 1) await turn();
      const facts = factsIn(kept, records.get(kept.contactId));
      if (queueIds.has(facts.queueId)) own.push(facts);
      if (queueIds.has(facts.queueId) || queueIds.has(kept.queueId)) details.push(...differencesOf(kept, facts));
    }
  }
  const metrics = await Promise.all(
    queues.map((id) => {
      const ofQueue = own.filter(({ queueId }) => queueId === id);
      return metricDifferences({ db, instance }, id, ofQueue, { start, end });
    }),
  );
  return {
    contacts: own.filter((one) => isWithin(one.disconnectTime, { start, end })).length,
    differences: [...metrics.flat(), ...details],
  };
}

const isWithin = (time: Date | null, { start, end }: Range) => time !== null && time >= start && time < end;

function differencesOf(kept: Facts, facts: Facts): Difference[] {
  return (Object.keys(kept) as (keyof Facts)[]).flatMap((member) => {
    const [one, other] = [told(kept[member]), told(facts[member])];
    return one === other ? [] : [{ what: `contact ${kept.contactId} ${member}`, kept: one, recomputed: other }];
  });
}

async function metricDifferences(
  { db, instance }: { readonly db: Db; readonly instance: Instance },
  queueId: string,
  contacts: readonly Facts[],
  range: Range,
): Promise<Difference[]> {
  const report = await computeReport(
    { db, instance, access: unlimited },
    {
      edges: [range.start, range.end],
      groupings: [],
      filters: [{ key: 'QUEUE', values: [queueId] }],
      metrics: contactMetricNames.map(askedFor),
    },
    1,
  );
  const kept = report.totals;
  return contactMetricNames.flatMap((name, index) => {
    const within = contacts.filter((one) => isWithin(one[timeFor(name)], range));
    const [one, other] = [rounded(kept[index] ?? null), rounded(recomputed(name, within, threshold))];
    return one === other ? [] : [{ what: `${name} ${queueId}`, kept: told(one), recomputed: told(other) }];
  });
}

const askedFor = (name: MetricName): AskedMetric => ({
  name,
  threshold: definitionOf(name).threshold ? { comparison: 'LT', seconds: threshold } : null,
  filters: [],
});

/** Neither adds in the order of the other. */
const rounded = (value: number | null) => (value === null ? null : Math.round(value * 1e6) / 1e6);

/** The queues that had this name in what is kept, or have this id. */
export async function queuesCalled(db: Db, instanceId: string, nameOrId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct s.queue_id as id from queue_snapshot s
    where s.instance_id = ${instanceId} and (
      s.queue_id = ${isUuid(nameOrId) ? nameOrId : null}::uuid or lower(s.name) = lower(${nameOrId}))
    order by s.queue_id limit 100`.execute(db);
  return rows.map(({ id }) => id);
}
