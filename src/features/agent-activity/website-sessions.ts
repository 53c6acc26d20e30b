import { sql } from 'kysely';
import { unlimited } from '../../access/access-control.ts';
import type { Tx } from '../../database/db.ts';
import { insertAgentSnapshots } from '../contacts/store.ts';
import { pathsTo } from '../hierarchy/store.ts';
import { findUser } from '../users/store.ts';

interface Person {
  readonly id: string;
  readonly instanceId: string;
}

/**
 * Writes down that somebody signed in to the website, as what they are at that moment. A session of the website goes when it
 * ends, and the audit may be kept for less time than history is.
 */
export async function beginWebsiteSession(tx: Tx, user: Person, time: Date): Promise<void> {
  const { id, instanceId } = user;
  const person = await findUser(tx, instanceId, id);
  if (!person) return;
  const { username, firstName, lastName, routingProfileId, hierarchyGroupId: group } = person;
  const { rows: profiles } = await sql<{ name: string }>`
    select name from routing_profile where instance_id = ${instanceId} and id = ${routingProfileId}`.execute(tx);
  const path = group === null ? [] : (await pathsTo(tx, instanceId, unlimited, [group])).get(group);
  const agent = {
    userId: id,
    username,
    firstName,
    lastName,
    routingProfile: { id: routingProfileId, name: profiles[0]?.name ?? null },
    hierarchyPath: (path ?? []).map((step) => ({ id: step.id, name: step.name ?? '' })),
  };
  const snapshotId = (await insertAgentSnapshots(tx, instanceId, [agent]))(agent);
  await sql`
    insert into agent_session (instance_id, agent_id, login_time, agent_snapshot_id, source)
    values (${instanceId}, ${id}, ${time}, ${snapshotId}, 'WEBSITE')
    on conflict (instance_id, agent_id, login_time, source) do nothing`.execute(tx);
}

/** Only who signs out logs out, as in Connect's report. */
export async function endWebsiteSession(tx: Tx, user: Person, signIn: Date, time: Date): Promise<void> {
  await sql`
    update agent_session set logout_time = ${time}
    where instance_id = ${user.instanceId} and agent_id = ${user.id} and login_time = ${signIn} and source = 'WEBSITE'
      and logout_time is null`.execute(tx);
}
