import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { reachesEveryUser } from '../../access/access-control.ts';
import type { PermissionId } from '../../access/permissions.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { Instance } from '../../operations/instance.ts';

/**
 * What it takes to administer users: whoever holds all three, for every user, can undo what another administrator did.
 * Somebody who reaches a part of the users only cannot.
 */
const needed = ['Users.Create', 'Users.Edit', 'Users.Delete'] as const satisfies readonly PermissionId[];

/**
 * Those of the given users who can administer users at this moment. Ids that the instance does not have are not in it.
 * Whoever relies on the answer takes the lock of `lockInstance` before.
 */
export async function administratorsAmong(
  db: Db | Tx,
  instance: Instance,
  userIds: readonly string[],
): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select u.id from users u
    where u.id = any(${userIds}::uuid[]) and ${administers(instance)}`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/**
 * Whether somebody who can administer users remains when the given users are left out.
 * Whoever relies on the answer takes the lock of `lockInstance` before.
 */
export async function hasOtherAdministrator(
  db: Db | Tx,
  instance: Instance,
  excludingUserIds: readonly string[],
): Promise<boolean> {
  // It starts from the holders of the profiles that allow creating, by index: usually few, and the first one found
  // ends it, however many users there are.
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select 1 from user_security_profile h join users u on u.id = h.user_id
      where h.security_profile_id in (
          select id from security_profile where instance_id = ${instance.id} and permissions @> array['Users.Create'])
        and u.id <> all(${excludingUserIds}::uuid[]) and ${administers(instance)}
    ) as found`.execute(db);
  return rows[0]?.found ?? false;
}

/**
 * The rule itself, for `users as u`: all the permissions, and a way to sign in. Without a password nobody signs in to a
 * CONNECT_MANAGED instance; elsewhere the identity provider decides.
 */
function administers(instance: Instance): RawBuilder<SqlBool> {
  const holds = needed.map(
    (permission) => sql`exists (
      select 1 from user_security_profile up join security_profile p on p.id = up.security_profile_id
      where up.user_id = u.id and p.permissions @> array[${permission}]::text[] and ${reachesEveryUser('p')})`,
  );
  const signsIn = instance.identityManagementType === 'CONNECT_MANAGED' ? sql`u.password_hash is not null` : sql`true`;
  return sql<SqlBool>`(u.instance_id = ${instance.id} and ${signsIn} and ${sql.join(holds, sql` and `)})`;
}
