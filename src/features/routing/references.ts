import { sql } from 'kysely';
import type { Tx } from '../../database/db.ts';
import { invalidParameter, invalidRequest, notFound } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { lockRoutingProfile } from './routing-profile-store.ts';
import { findAgentQueue } from './store.ts';
import type { Channel, QueueChannel } from './types.ts';

/*
 * What the operations of this place refer to. What is answered is there and stays so until the transaction ends. They
 * throw ResourceNotFoundException for what the instance lacks.
 */

/** Locked, so that two changes of it take turns. */
export async function lockedRoutingProfile(tx: Tx, instance: Instance, id: string) {
  const profile = await lockRoutingProfile(tx, instance.id, id);
  if (!profile) throw notFound('routing profile', id);
  return profile;
}

/** A standard queue, locked in whole for deleting it, or else so that two changes of it take turns. */
export async function lockedQueue(tx: Tx, instance: Instance, id: string, { whole = false } = {}) {
  const locked = tx.selectFrom('queue').selectAll().where('instance_id', '=', instance.id).where('id', '=', id);
  const queue = await (whole ? locked.forUpdate() : locked.forNoKeyUpdate()).executeTakeFirst();
  if (queue) return queue;
  if (await findAgentQueue(tx, instance.id, id)) throw unchangeable();
  throw notFound('queue', id);
}

const unchangeable = () =>
  invalidRequest('This is the queue of a user. It comes and goes with the user and cannot be changed.');

/** Hours of operation, locked in whole for deleting them, or else so that two changes of them take turns. */
export async function lockedHours(tx: Tx, instance: Instance, id: string, { whole = false } = {}) {
  const locked = tx
    .selectFrom('hours_of_operation')
    .selectAll()
    .where('instance_id', '=', instance.id)
    .where('id', '=', id);
  const hours = await (whole ? locked.forUpdate() : locked.forNoKeyUpdate()).executeTakeFirst();
  if (!hours) throw notFound('hours of operation', id);
  return hours;
}

/** Keeps standard queues from being deleted, in the order of their ids. */
export function requireQueues(tx: Tx, instance: Instance, ids: readonly string[]): Promise<void> {
  return requirePresent(tx, instance, 'queue', 'queue', ids);
}

/** The same for hours of operation. */
export function requireHours(tx: Tx, instance: Instance, ids: readonly string[]): Promise<void> {
  return requirePresent(tx, instance, 'hours_of_operation', 'hours of operation', ids);
}

async function requirePresent(
  tx: Tx,
  instance: Instance,
  table: 'queue' | 'hours_of_operation',
  kind: string,
  ids: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)} where instance_id = ${instance.id} and id = any(${ids}::uuid[])
    order by id for key share`.execute(tx);
  const present = new Set(rows.map((row) => row.id));
  const missing = ids.find((id) => !present.has(id));
  if (missing !== undefined) throw notFound(kind, missing);
}

interface QueueReference {
  readonly QueueId: string;
  readonly Channel: Channel;
}

/** The pairs that a request names, in its order. @throws InvalidParameterException for one that is named twice */
export function pairsIn<Given>(
  member: string,
  given: readonly Given[] | undefined,
  referenceOf: (one: Given) => QueueReference,
): (QueueChannel & { readonly given: Given })[] {
  const seen = new Set<string>();
  return (given ?? []).map((one) => {
    const { QueueId: queueId, Channel } = referenceOf(one);
    const pair = `${queueId} ${Channel}`;
    if (seen.has(pair)) throw invalidParameter(`${member} names the queue ${queueId} on ${Channel} twice.`);
    seen.add(pair);
    return { queueId, channel: Channel, given: one };
  });
}
