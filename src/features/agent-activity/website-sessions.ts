import { sql } from 'kysely';
import type { Tx } from '../../database/db.ts';
import { insertAgentSnapshots } from '../contacts/store.ts';

interface Person {
  readonly id: string;
  readonly instanceId: string;
}

/**
 * Writes down that somebody signed in to the website, as what they are at that moment. A session of the website goes when it
 * ends, and the audit may be kept for less time than history is.
 */
export async function beginWebsiteSession(tx: Tx, user: Person, time: Date): Promise<void> {
  const { rows } = await sql<{
    username: string;
    firstName: string | null;
    lastName: string | null;
    profileId: string | null;
    profileName: string | null;
    hierarchyPath: { id: string; name: string }[];
  }>`
    with recursive step as (
      select g.id, g.name, g.level, g.parent_group_id from hierarchy_group g
      where g.id = (select u.hierarchy_group_id from users u where u.id = ${user.id})
      union all
      select g.id, g.name, g.level, g.parent_group_id from hierarchy_group g join step on g.id = step.parent_group_id
    )
    select u.username, u.first_name as "firstName", u.last_name as "lastName", p.id as "profileId", p.name as "profileName",
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.level) from step s), '[]')
        as "hierarchyPath"
    from users u left join routing_profile p on p.id = u.routing_profile_id where u.id = ${user.id}`.execute(tx);
  const [person] = rows;
  if (!person) return;
  const { profileId, profileName, ...more } = person;
  const routingProfile = profileId === null ? null : { id: profileId, name: profileName };
  const agent = { userId: user.id, routingProfile, ...more };
  const snapshotId = (await insertAgentSnapshots(tx, user.instanceId, [agent]))(agent);
  await sql`
    insert into agent_session (instance_id, agent_id, login_time, agent_snapshot_id, source)
    values (${user.instanceId}, ${user.id}, ${time}, ${snapshotId}, 'WEBSITE')
    on conflict (instance_id, agent_id, login_time, source) do nothing`.execute(tx);
}

/** Only who signs out logs out, as in Connect's report. */
export async function endWebsiteSession(tx: Tx, user: Person, signIn: Date, time: Date): Promise<void> {
  await sql`
    update agent_session set logout_time = ${time}
    where instance_id = ${user.instanceId} and agent_id = ${user.id} and login_time = ${signIn} and source = 'WEBSITE'
      and logout_time is null`.execute(tx);
}
