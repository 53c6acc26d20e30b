import type { Db } from '../database/db.ts';

/** Tells the page how far the history is. */
export async function tellProgress(
  db: Db,
  instanceId: string,
  filled: number,
  days: number,
  time: Date,
): Promise<void> {
  await db
    .insertInto('sample_history')
    .values({ instance_id: instanceId, filled, days, time })
    .onConflict((conflict) => conflict.column('instance_id').doUpdateSet({ filled, days, time }))
    .execute();
}

export async function endProgress(db: Db, instanceId: string): Promise<void> {
  await db.deleteFrom('sample_history').where('instance_id', '=', instanceId).execute();
}
