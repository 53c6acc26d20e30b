import { sql } from 'kysely';
import type { Db, Tx } from '../../operations/define-operation.ts';

/** What a signed-in user may do at this moment: the union over their security profiles. Empty for a user that is gone. */
export async function permissionsOf(db: Db | Tx, userId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ permission: string }>`
    select distinct unnest(p.permissions) as permission
    from user_security_profile up join security_profile p on p.id = up.security_profile_id
    where up.user_id = ${userId}`.execute(db);
  return new Set(rows.map((row) => row.permission));
}
