import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { countRows } from '../../database/count.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { Instance } from '../../operations/instance.ts';
import { type Listed, pageByName, type Summary, summaryOf } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';
import { assignments, insertedColumns, insertedRecord, insertedValues, selectedColumns } from './columns.ts';
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
    insert into users (${insertedColumns}, instance_id, created_time, last_modified_time, last_modified_region)
    select ${insertedValues}, ${instance.id}::uuid, ${now}::timestamptz, ${now}::timestamptz, ${instance.region}::text
    from jsonb_to_recordset(${JSON.stringify(users)}::jsonb) as r (${insertedRecord})
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

const selected = sql`${selectedColumns}, u.created_time as "createdTime", u.last_modified_time as "lastModifiedTime",
  u.last_modified_region as "lastModifiedRegion",
  array(select up.security_profile_id::text from user_security_profile up where up.user_id = u.id
    order by up.position) as "securityProfileIds"`;

const login = { name: sql.ref<string>('u.username'), id: sql.ref<string>('u.id') };

/** Null when the instance has no such user. */
export async function findUser(db: Db | Tx, instanceId: string, id: string): Promise<User | null> {
  const { rows } = await sql<User>`
    select ${selected} from users u where u.instance_id = ${instanceId} and u.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** The same under a row lock: whoever else changes or deletes the user waits until the transaction ends. */
export async function lockUser(tx: Tx, instanceId: string, id: string): Promise<User | null> {
  // The lock first and the look after it: what a statement with a lock shows beside the locked row may be older.
  const { rows } = await sql`
    select 1 from users where instance_id = ${instanceId} and id = ${id} for no key update`.execute(tx);
  return rows.length > 0 ? findUser(tx, instanceId, id) : null;
}

/** A page in the order of logins, of a condition on `users as u`. */
export function usersByLogin(db: Db, condition: RawBuilder<SqlBool>, page: NamePage): Promise<Listed<User>> {
  return pageByName<User & { readonly name: string }, User>(
    db,
    page,
    sql`select ${selected}, u.username as name from users u where ${condition}`,
    ({ name: _, ...user }) => user,
    login,
  );
}

export function countUsers(db: Db | Tx, condition: RawBuilder<SqlBool>): Promise<number> {
  return countRows(db, sql`from users u where ${condition}`);
}

/** The names that lists to choose from show, of a condition on `users as u`. */
export function listUsers(db: Db, condition: RawBuilder<SqlBool>, page: NamePage): Promise<Listed<Summary>> {
  const query = sql`
    select u.id, u.username as name, u.last_modified_time, u.last_modified_region from users u where ${condition}`;
  return pageByName(db, page, query, summaryOf, login);
}

/** Writes the members that are there; `lockUser` comes before. */
export async function updateUser(
  tx: Tx,
  id: string,
  settings: Partial<UserSettings>,
  modified: { readonly time: Date; readonly region: string },
): Promise<void> {
  const { securityProfileIds, ...members } = settings;
  const changes = [
    ...assignments(members),
    sql`last_modified_time = ${modified.time}`,
    sql`last_modified_region = ${modified.region}`,
  ];
  await sql`update users set ${sql.join(changes)} where id = ${id}`.execute(tx);
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
