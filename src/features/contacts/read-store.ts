import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import { type ContactPage, mostCounted, pageClause, tokenAfter } from './search.ts';
import type { Contact } from './types.ts';

/** A contact with the names as they were, side by side with it. */
export interface ContactRow extends Omit<Contact, 'agent' | 'queue'> {
  readonly queueId: string | null;
  readonly queueType: 'STANDARD' | 'AGENT' | null;
  readonly queueName: string | null;
  readonly agentId: string | null;
  readonly username: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly routingProfileId: string | null;
  readonly routingProfileName: string | null;
  readonly hierarchyGroupIds: readonly string[] | null;
  readonly hierarchyGroupNames: readonly string[] | null;
}

const columns = sql`
  c.contact_id as "contactId", c.initial_contact_id as "initialContactId", c.previous_contact_id as "previousContactId",
  c.next_contact_id as "nextContactId", c.related_contact_id as "relatedContactId", c.channel, c.subtype,
  c.initiation_method as "initiationMethod", c.disconnect_reason as "disconnectReason",
  c.initiation_time as "initiationTime", c.connected_to_system_time as "connectedToSystemTime",
  c.scheduled_time as "scheduledTime", c.enqueue_time as "enqueueTime", c.dequeue_time as "dequeueTime",
  c.connected_to_agent_time as "connectedToAgentTime", c.after_contact_work_end_time as "afterContactWorkEndTime",
  c.transfer_completed_time as "transferCompletedTime", c.disconnect_time as "disconnectTime",
  c.last_update_time as "lastUpdateTime", c.queue_duration as "queueDuration",
  c.agent_interaction_duration as "agentInteractionDuration", c.customer_hold_duration as "customerHoldDuration",
  c.after_contact_work_duration as "afterContactWorkDuration", c.agent_pause_duration as "agentPauseDuration",
  c.number_of_holds as "numberOfHolds", c.agent_connection_attempts as "agentConnectionAttempts",
  c.customer_endpoint as "customerEndpoint", c.system_endpoint as "systemEndpoint",
  c.transferred_to_endpoint as "transferredToEndpoint", c.name, c.attributes, c.tags,
  c.queue_id as "queueId", q.type as "queueType", q.name as "queueName",
  c.agent_id as "agentId", a.username, a.first_name as "firstName", a.last_name as "lastName",
  a.routing_profile_id as "routingProfileId", a.routing_profile_name as "routingProfileName",
  a.hierarchy_group_ids as "hierarchyGroupIds", a.hierarchy_group_names as "hierarchyGroupNames"`;

const joined = sql`
  left join agent_snapshot a on a.id = c.agent_snapshot_id
  left join queue_snapshot q on q.id = c.queue_snapshot_id`;

/** A page of the contacts that fulfil the condition on `contact c`. */
export async function contactRows(db: Db | Tx, condition: RawBuilder<SqlBool>, page: ContactPage) {
  const { condition: behind, direction } = pageClause(page);
  // The page is cut before names are looked up.
  const { rows } = await sql<ContactRow & { sortKey: unknown }>`
    select ${columns}, c."sortKey" from (
      select c.*, ${page.key} as "sortKey" from contact c where ${condition} and ${behind}
      order by ${page.key} ${direction}, c.contact_id limit ${page.size + 1} offset ${page.start}
    ) c ${joined} order by c."sortKey" ${direction}, c.contact_id`.execute(db);
  const kept = rows.slice(0, page.size);
  const last = kept.at(-1);
  return {
    rows: kept as readonly ContactRow[],
    nextToken: rows.length > page.size && last ? tokenAfter(page, last) : undefined,
  };
}

/** How many there are, as far as it is counted. */
export async function countContacts(db: Db | Tx, condition: RawBuilder<SqlBool>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select 1 from contact c where ${condition} limit ${mostCounted}) counted`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** One contact, and whether it fulfils the condition; null when there is none. */
export async function findContact(
  db: Db | Tx,
  instanceId: string,
  contactId: string,
  condition: RawBuilder<SqlBool>,
): Promise<(ContactRow & { readonly within: boolean }) | null> {
  const { rows } = await sql<ContactRow & { within: boolean }>`
    select ${columns}, coalesce(${condition}, false) as within from contact c ${joined}
    where c.instance_id = ${instanceId} and c.contact_id = ${contactId}`.execute(db);
  return rows[0] ?? null;
}

/** No chain is longer (Connect allows 12 tasks in one, and 11 transfers), and no page either. */
const longestChain = 1000;

/** The contacts that belong together by the first of them, and what is related to one of them; oldest first. */
export async function chainOf(
  db: Db | Tx,
  instanceId: string,
  { contactId, initialContactId, relatedContactId }: ContactRow,
  condition: RawBuilder<SqlBool>,
): Promise<readonly ContactRow[]> {
  const first = initialContactId ?? contactId;
  const { rows } = await sql<ContactRow>`
    select ${columns} from contact c ${joined}
    where c.instance_id = ${instanceId} and ${condition} and (
      c.contact_id = any(${[contactId, first, ...(relatedContactId ? [relatedContactId] : [])]}::uuid[])
      or c.initial_contact_id = ${first} or c.related_contact_id = ${contactId})
    order by c.initiation_time, c.contact_id limit ${longestChain}`.execute(db);
  return rows;
}
