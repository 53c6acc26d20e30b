import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { Instance } from '../../operations/instance.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';
import type { NewUser, User, UserSettings } from './types.ts';

/** Rows in one statement: keeps its single parameter at a few megabytes. */
const insertChunk = 2000;

/**
 * Inserts users set-wise, two statements for 2,000 of them. Answers the ids that are in the instance now: a login that
 * is taken, also by somebody who is being made at this moment, leaves its row out, and the caller says what that means.
 */
export async function insertUsers(
  tx: Tx,
  instance: Instance,
  users: readonly NewUser[],
  now: Date,
): Promise<Set<string>> {
  const inserted = new Set<string>();
  for (let start = 0; start < users.length; start += insertChunk) {
    const chunk = users.slice(start, start + insertChunk);
    for (const id of await insertRows(tx, instance, chunk, now)) inserted.add(id);
    await insertSecurityProfiles(
      tx,
      chunk.filter((user) => inserted.has(user.id)),
    );
  }
  return inserted;
}

async function insertRows(tx: Tx, instance: Instance, users: readonly NewUser[], now: Date): Promise<string[]> {
  // One after the other in the order of logins, so that two who insert the same ones wait for each other, not in a ring.
  const { rows } = await sql<{ id: string }>`
    insert into users (id, instance_id, username, first_name, last_name, email, secondary_email, mobile, password_hash,
      directory_user_id, routing_profile_id, hierarchy_group_id, phone_type, auto_accept,
      after_contact_work_time_limit, desk_phone_number, persistent_connection, channel_configs, tags,
      created_time, last_modified_time, last_modified_region)
    select r.id, ${instance.id}::uuid, r.username, r."firstName", r."lastName", r.email, r."secondaryEmail", r.mobile,
      r."passwordHash", r."directoryUserId", r."routingProfileId", r."hierarchyGroupId",
      coalesce(r."phoneType", 'SOFT_PHONE'), coalesce(r."autoAccept", false),
      coalesce(r."afterContactWorkTimeLimit", 0), r."deskPhoneNumber", coalesce(r."persistentConnection", false),
      r."channelConfigs", coalesce(r.tags, '{}'), ${now}::timestamptz, ${now}::timestamptz, ${instance.region}::text
    from jsonb_to_recordset(${JSON.stringify(users)}::jsonb) as r (id uuid, username text, "firstName" text,
      "lastName" text, email text, "secondaryEmail" text, mobile text, "passwordHash" text, "directoryUserId" text,
      "routingProfileId" uuid, "hierarchyGroupId" uuid, "phoneType" text, "autoAccept" boolean,
      "afterContactWorkTimeLimit" integer, "deskPhoneNumber" text, "persistentConnection" boolean,
      "channelConfigs" jsonb, tags jsonb)
    order by r.username
    on conflict (instance_id, username) do nothing
    returning id`.execute(tx);
  return rows.map((row) => row.id);
}

type HolderOfProfiles = Pick<NewUser, 'id' | 'securityProfileIds'>;

async function insertSecurityProfiles(tx: Tx, users: readonly HolderOfProfiles[]): Promise<void> {
  const rows = users.flatMap(({ id, securityProfileIds }) =>
    securityProfileIds.map((profileId, position) => ({ id, profileId, position })),
  );
  await sql`
    insert into user_security_profile (user_id, security_profile_id, position)
    select * from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.profileId)}::uuid[],
      ${rows.map((row) => row.position)}::int[])`.execute(tx);
}

/** The users of a condition on `users as u`. */
async function usersWhere(db: Db | Tx, condition: RawBuilder<SqlBool>, tail: RawBuilder<unknown>): Promise<User[]> {
  const { rows } = await sql<User>`
    select u.id, u.username, u.first_name as "firstName", u.last_name as "lastName", u.email,
      u.secondary_email as "secondaryEmail", u.mobile, u.directory_user_id as "directoryUserId",
      u.routing_profile_id as "routingProfileId", u.hierarchy_group_id as "hierarchyGroupId",
      coalesce(u.phone_type, 'SOFT_PHONE') as "phoneType", u.auto_accept as "autoAccept",
      u.after_contact_work_time_limit as "afterContactWorkTimeLimit", u.desk_phone_number as "deskPhoneNumber",
      u.persistent_connection as "persistentConnection", coalesce(u.channel_configs, '{}') as "channelConfigs",
      u.tags, u.created_time as "createdTime", u.last_modified_time as "lastModifiedTime",
      u.last_modified_region as "lastModifiedRegion",
      array(select up.security_profile_id::text from user_security_profile up where up.user_id = u.id
        order by up.position) as "securityProfileIds"
    from users u where ${condition} ${tail}`.execute(db);
  return rows;
}

/** Null when the instance has no such user. */
export async function findUser(db: Db | Tx, instanceId: string, id: string): Promise<User | null> {
  const [user] = await usersWhere(db, sql`u.instance_id = ${instanceId} and u.id = ${id}`, sql``);
  return user ?? null;
}

/** Logins are case-sensitive, as the rule that keeps them apart is. Null when the instance has no such user. */
export async function findUserByUsername(db: Db | Tx, instanceId: string, username: string): Promise<User | null> {
  const [user] = await usersWhere(db, sql`u.instance_id = ${instanceId} and u.username = ${username}`, sql``);
  return user ?? null;
}

/** The same under a row lock: whoever else changes or deletes the user waits until the transaction ends. */
export async function lockUser(tx: Tx, instanceId: string, id: string): Promise<User | null> {
  // The lock first and the look after it: what a statement with a lock shows beside the locked row may be older.
  const { rows } = await sql`
    select 1 from users where instance_id = ${instanceId} and id = ${id} for no key update`.execute(tx);
  return rows.length > 0 ? findUser(tx, instanceId, id) : null;
}

/** A page in the order of logins, with one user more than asked for when another page follows. */
export function usersByLogin(db: Db | Tx, condition: RawBuilder<SqlBool>, page: NamePage): Promise<User[]> {
  return usersWhere(
    db,
    sql`${condition} and ${behind(page, sql.ref('u.username'), sql.ref('u.id'))}`,
    sql`order by lower(u.username), u.id limit ${page.size + 1}`,
  );
}

export async function countUsers(db: Db | Tx, condition: RawBuilder<SqlBool>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from users u where ${condition}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Rows of ListUsers, by a condition on `users as u`. */
export function listUsers(db: Db | Tx, condition: RawBuilder<SqlBool>, page: NamePage) {
  return db
    .selectFrom('users as u')
    .select(['u.id', 'u.username as name', 'u.last_modified_time', 'u.last_modified_region'])
    .where(condition)
    .where(behind(page, sql.ref('u.username'), sql.ref('u.id')))
    .orderBy(sql`lower(u.username)`)
    .orderBy('u.id')
    .limit(page.size + 1)
    .execute();
}

/** Writes the members that are there; `lockUser` comes before. */
export async function updateUser(
  tx: Tx,
  id: string,
  settings: Partial<UserSettings>,
  modified: { readonly time: Date; readonly region: string },
): Promise<void> {
  const { securityProfileIds, channelConfigs } = settings;
  await tx
    .updateTable('users')
    .set({
      first_name: settings.firstName,
      last_name: settings.lastName,
      email: settings.email,
      secondary_email: settings.secondaryEmail,
      mobile: settings.mobile,
      routing_profile_id: settings.routingProfileId,
      hierarchy_group_id: settings.hierarchyGroupId,
      phone_type: settings.phoneType,
      auto_accept: settings.autoAccept,
      after_contact_work_time_limit: settings.afterContactWorkTimeLimit,
      desk_phone_number: settings.deskPhoneNumber,
      persistent_connection: settings.persistentConnection,
      channel_configs: channelConfigs && JSON.stringify(channelConfigs),
      last_modified_time: modified.time,
      last_modified_region: modified.region,
    })
    .where('id', '=', id)
    .execute();
  if (securityProfileIds) {
    await tx.deleteFrom('user_security_profile').where('user_id', '=', id).execute();
    await insertSecurityProfiles(tx, [{ id, securityProfileIds }]);
  }
}

/** Sets the hash of a new password; `lockUser` comes before. */
export async function updatePasswordHash(
  tx: Tx,
  id: string,
  passwordHash: string,
  modified: { readonly time: Date; readonly region: string },
): Promise<void> {
  await tx
    .updateTable('users')
    .set({ password_hash: passwordHash, last_modified_time: modified.time, last_modified_region: modified.region })
    .where('id', '=', id)
    .execute();
}

/** Keys of the tags of the users of a condition on `users as u`, each with 100 values at most, in alphabetical order. */
export async function listTagKeys(
  db: Db | Tx,
  condition: RawBuilder<SqlBool>,
): Promise<{ Key: string; Values: string[] }[]> {
  const { rows } = await sql<{ Key: string; Values: string[] }>`
    select key as "Key", (array_agg(value order by value))[1:100] as "Values"
    from (
      select distinct t.key, t.value from users u, jsonb_each_text(u.tags) as t (key, value)
      where ${condition}
    ) as pairs
    group by key order by key`.execute(db);
  return rows;
}
