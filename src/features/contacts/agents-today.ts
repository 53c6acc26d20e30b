import { sql } from 'kysely';
import { namesEverybody } from '../../access/shown-names.ts';
import { type Deletion, deletionsOf } from '../../audit/store.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';

/** What agents of the history are today: a mark beside what they did, which changes nothing of it. */
export interface AgentsToday {
  /** Those who are users. */
  readonly living: ReadonlySet<string>;
  /** Of the others, as far as the audit knows. */
  readonly deletions: ReadonlyMap<string, Deletion>;
}

export async function agentsToday(db: Db | Tx, instanceId: string, agentIds: readonly string[]): Promise<AgentsToday> {
  const ids = [...new Set(agentIds)];
  const living = await livingAmong(db, instanceId, ids);
  const gone = ids.filter((id) => !living.has(id));
  return { living, deletions: await deletionsOf(db, instanceId, gone) };
}

/** Who has been deleted of these, for the mark beside them; by whom, where the caller may be told. */
export async function deletionMarks(
  { db, instance, access }: Pick<InstanceContext<Db>, 'db' | 'instance' | 'access'>,
  agentIds: readonly string[],
): Promise<(agentId: string) => { readonly time: Date; readonly by: string | undefined } | undefined> {
  const { deletions } = await agentsToday(db, instance.id, agentIds);
  const tellsWho = namesEverybody(access);
  return (agentId) => {
    const deletion = deletions.get(agentId);
    return deletion && { time: deletion.time, by: tellsWho ? deletion.actorName : undefined };
  };
}

/** Those who are users now. */
export async function livingAmong(
  db: Db | Tx,
  instanceId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from users where instance_id = ${instanceId} and id = any(${ids}::uuid[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
