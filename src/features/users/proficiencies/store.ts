import { sql } from 'kysely';
import type { Db, Tx } from '../../../database/db.ts';

export interface Proficiency {
  readonly attributeName: string;
  readonly value: string;
  /** 1 (lowest) to 5. */
  readonly level: number;
}

export interface StoredProficiency extends Proficiency {
  readonly attributeId: string;
}

export async function proficienciesOf(db: Db | Tx, userId: string): Promise<StoredProficiency[]> {
  const { rows } = await sql<StoredProficiency>`
    select a.id as "attributeId", a.name as "attributeName", p.value, p.level
    from user_proficiency p join predefined_attribute a on a.id = p.attribute_id
    where p.user_id = ${userId}`.execute(db);
  return rows;
}

/** When a user's proficiencies were last changed; null for never, undefined when the instance has no such user. */
export async function proficienciesModifiedTime(
  db: Db | Tx,
  instanceId: string,
  userId: string,
): Promise<Date | null | undefined> {
  const row = await db
    .selectFrom('users')
    .select('proficiencies_modified_time')
    .where('instance_id', '=', instanceId)
    .where('id', '=', userId)
    .executeTakeFirst();
  return row?.proficiencies_modified_time;
}

/**
 * Leaves the user with these proficiencies and no others, and notes the time. The user's row is locked before, and the
 * attributes are kept as they are.
 */
export async function replaceProficiencies(
  tx: Tx,
  userId: string,
  proficiencies: readonly StoredProficiency[],
  modified: { readonly time: Date; readonly region: string },
): Promise<void> {
  await tx.deleteFrom('user_proficiency').where('user_id', '=', userId).execute();
  if (proficiencies.length > 0) {
    await tx
      .insertInto('user_proficiency')
      .values(
        proficiencies.map(({ attributeId, value, level }) => ({
          user_id: userId,
          attribute_id: attributeId,
          value,
          level,
        })),
      )
      .execute();
  }
  await tx
    .updateTable('users')
    .set({
      proficiencies_modified_time: modified.time,
      last_modified_time: modified.time,
      last_modified_region: modified.region,
    })
    .where('id', '=', userId)
    .execute();
}

/**
 * One of the users who are proficient in an attribute, in one of the values if some are given; null when nobody is.
 * The answer holds while the attribute is locked: nobody becomes proficient in it then.
 */
export async function someUserProficientIn(
  db: Db | Tx,
  attributeId: string,
  values?: readonly string[],
): Promise<{ userId: string; value: string } | null> {
  const { rows } = await sql<{ userId: string; value: string }>`
    select p.user_id as "userId", p.value from user_proficiency p
    where p.attribute_id = ${attributeId} ${values ? sql`and p.value = any(${values}::text[])` : sql``}
    limit 1`.execute(db);
  return rows[0] ?? null;
}
