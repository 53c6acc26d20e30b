import { sql } from 'kysely';
import type { Tx } from '../database/db.ts';
import { OperationError } from './errors.ts';

/** What an instance may have so many of (Admin guide, Amazon Connect service quotas), by its table. */
const quotas = {
  contact_flow: { most: 100, what: 'flows' },
  contact_flow_module: { most: 200, what: 'flow modules' },
  hierarchy_group: { most: 500, what: 'hierarchy groups' },
  hours_of_operation: { most: 100, what: 'hours of operation' },
  predefined_attribute: { most: 150, what: 'predefined attributes' },
  queue: { most: 100, what: 'queues' },
  routing_profile: { most: 500, what: 'routing profiles' },
  security_profile: { most: 100, what: 'security profiles' },
} as const;

/**
 * Makes sure that the instance has room for one more. It locks the instance, so that two requests which both see the
 * last free place take turns. @throws LimitExceededException
 */
export async function requireRoom(tx: Tx, instanceId: string, table: keyof typeof quotas): Promise<void> {
  await sql`select from instance where id = ${instanceId} for no key update`.execute(tx);
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from ${sql.table(table)} where instance_id = ${instanceId}`.execute(tx);
  const { most, what } = quotas[table];
  if (Number(rows[0]?.count) < most) return;
  throw new OperationError(
    'LimitExceededException',
    `This instance has ${most} ${what}, which is its limit. Delete some that are no longer needed.`,
  );
}
