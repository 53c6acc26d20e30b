import { sql } from 'kysely';
import type { Db, Tx } from '../../operations/define-operation.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';
import type { PermissionId } from './permissions.ts';

/** What a signed-in user may do at this moment: the union over their security profiles. Empty for a user that is gone. */
export async function permissionsOf(db: Db | Tx, userId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ permission: string }>`
    select distinct unnest(p.permissions) as permission
    from user_security_profile up join security_profile p on p.id = up.security_profile_id
    where up.user_id = ${userId}`.execute(db);
  return new Set(rows.map((row) => row.permission));
}

/** In the order of names; one more than the page, to see whether another follows. */
export function listSecurityProfiles(db: Db | Tx, instanceId: string, page: NamePage) {
  return db
    .selectFrom('security_profile')
    .select(['id', 'name', 'last_modified_time', 'last_modified_region'])
    .where('instance_id', '=', instanceId)
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}

export function findSecurityProfile(db: Db | Tx, instanceId: string, id: string) {
  return db
    .selectFrom('security_profile')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export interface NewSecurityProfile {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly description: string | null;
  readonly permissions: readonly PermissionId[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}

export async function insertSecurityProfiles(tx: Tx, profiles: readonly NewSecurityProfile[]): Promise<void> {
  if (profiles.length === 0) return;
  await tx
    .insertInto('security_profile')
    .values(
      profiles.map((made) => ({
        id: made.id,
        instance_id: made.instanceId,
        name: made.name,
        description: made.description,
        permissions: [...made.permissions],
        tags: JSON.stringify(made.tags ?? {}),
        last_modified_time: made.now,
        last_modified_region: made.region,
      })),
    )
    .execute();
}
