import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { reachesEvery } from '../../access/access-control.ts';
import type { PermissionId } from '../../access/permissions.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { Instance } from '../../operations/instance.ts';
import type { RestrictableName } from '../../resources/resources.ts';

/**
 * What somebody has to be able to do in every instance, or its people are locked out of it for good. Whoever has one of
 * the two for all users, or all security profiles, can undo what another administrator did to the same. Somebody who
 * reaches a part only cannot.
 */
const administrations = {
  USERS: {
    permissions: ['Users.Create', 'Users.Edit', 'Users.Delete'],
    reaching: 'User',
    what: 'administer users',
    remedy: 'Give another user the permissions to create, edit and delete users first.',
  },
  SECURITY_PROFILES: {
    permissions: ['SecurityProfiles.Edit'],
    reaching: 'SecurityProfile',
    what: 'edit every security profile',
    remedy: 'Give another user the permission to edit security profiles first.',
  },
} as const satisfies Readonly<Record<string, Administration>>;

interface Administration {
  readonly permissions: readonly [PermissionId, ...PermissionId[]];
  readonly reaching: RestrictableName;
  readonly what: string;
  readonly remedy: string;
}

export type AdministrationKind = keyof typeof administrations;
export const administrationKinds = Object.keys(administrations) as AdministrationKind[];

export const lastAdministrator = (kind: AdministrationKind): string =>
  `This is the last user who can ${administrations[kind].what}. ${administrations[kind].remedy}`;
export const noAdministrator = (kind: AdministrationKind): string =>
  `After this change nobody could ${administrations[kind].what} any more. ${administrations[kind].remedy}`;

/**
 * Those of the given users who can do so at this moment. Ids that the instance does not have are not in it.
 * Whoever relies on the answer takes the lock of `lockInstance` before.
 */
export async function administratorsAmong(
  db: Db | Tx,
  instance: Instance,
  kind: AdministrationKind,
  userIds: readonly string[],
): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select u.id from users u
    where u.id = any(${userIds}::uuid[]) and ${administers(instance, administrations[kind])}`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/**
 * Whether somebody who can do so remains when the given users are left out.
 * Whoever relies on the answer takes the lock of `lockInstance` before.
 */
export async function hasOtherAdministrator(
  db: Db | Tx,
  instance: Instance,
  kind: AdministrationKind,
  excludingUserIds: readonly string[],
): Promise<boolean> {
  const administration = administrations[kind];
  // It starts from the holders of the profiles that allow the first thing, by index: usually few, and the first one
  // found ends it, however many users there are.
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select 1 from user_security_profile h join users u on u.id = h.user_id
      where h.security_profile_id in (
          select id from security_profile
          where instance_id = ${instance.id} and permissions @> array[${administration.permissions[0]}]::text[])
        and u.id <> all(${excludingUserIds}::uuid[]) and ${administers(instance, administration)}
    ) as found`.execute(db);
  return rows[0]?.found ?? false;
}

/** What nobody can do. Under the lock of `lockInstance`, for whoever compares before and after. */
export async function unadministered(db: Db | Tx, instance: Instance): Promise<AdministrationKind[]> {
  const lost: AdministrationKind[] = [];
  for (const kind of administrationKinds) if (!(await hasOtherAdministrator(db, instance, kind, []))) lost.push(kind);
  return lost;
}

/**
 * The rule itself, for `users as u`: all the permissions, and a way to sign in. Without a password nobody signs in to a
 * CONNECT_MANAGED instance; elsewhere the identity provider decides.
 */
function administers(instance: Instance, { permissions, reaching }: Administration): RawBuilder<SqlBool> {
  const holds = permissions.map(
    (permission) => sql`exists (
      select 1 from user_security_profile up join security_profile p on p.id = up.security_profile_id
      where up.user_id = u.id and p.permissions @> array[${permission}]::text[] and ${reachesEvery(reaching, 'p')})`,
  );
  const signsIn = instance.identityManagementType === 'CONNECT_MANAGED' ? sql`u.password_hash is not null` : sql`true`;
  return sql<SqlBool>`(u.instance_id = ${instance.id} and ${signsIn} and ${sql.join(holds, sql` and `)})`;
}
