import { sql } from 'kysely';
import { deletionsOf } from '../../audit/store.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { AgentSnapshot } from './types.ts';

/**
 * Contact records have logins and no names. What is known of the agents' names is put beside, where a snapshot has none:
 * that of the user, or for one who has been deleted the name that the audit keeps, so that a deletion changes nothing of
 * what comes afterwards.
 */
export async function namesBeside(
  db: Db | Tx,
  instanceId: string,
  agents: readonly AgentSnapshot[],
): Promise<(agent: AgentSnapshot) => AgentSnapshot> {
  const nameless = ({ firstName, lastName }: AgentSnapshot) => firstName === null && lastName === null;
  const ids = [...new Set(agents.filter(nameless).map(({ userId }) => userId))];
  if (ids.length === 0) return (agent) => agent;
  const { rows } = await sql<{ id: string; firstName: string | null; lastName: string | null }>`
    select id, first_name as "firstName", last_name as "lastName" from users
    where instance_id = ${instanceId} and id = any(${ids}::uuid[])`.execute(db);
  const names = new Map(rows.map(({ id, ...name }) => [id, name]));
  const gone = await deletionsOf(
    db,
    instanceId,
    ids.filter((id) => !names.has(id)),
  );
  for (const [id, { details }] of gone) {
    const text = (member: string) => (typeof details?.[member] === 'string' ? details[member] : null);
    names.set(id, { firstName: text('FirstName'), lastName: text('LastName') });
  }
  return (agent) => (nameless(agent) ? { ...agent, ...names.get(agent.userId) } : agent);
}
