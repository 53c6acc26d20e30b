import { sql } from 'kysely';
import type { Db, Tx } from '../../operations/define-operation.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';

export const agentStatusTypes = ['ROUTABLE', 'CUSTOM', 'OFFLINE'] as const;
export type AgentStatusType = (typeof agentStatusTypes)[number];

/** In the order of names; all types when none is given. One more than the page, to see whether another follows. */
export function listAgentStatuses(db: Db | Tx, instanceId: string, types: readonly AgentStatusType[], page: NamePage) {
  return db
    .selectFrom('agent_status')
    .select(['id', 'name', 'type', 'last_modified_time', 'last_modified_region'])
    .where('instance_id', '=', instanceId)
    .$if(types.length > 0, (query) => query.where('type', 'in', types))
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}

export function findAgentStatus(db: Db | Tx, instanceId: string, id: string) {
  return db
    .selectFrom('agent_status')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export interface NewAgentStatus {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly description: string | null;
  readonly type: AgentStatusType;
  readonly state: 'ENABLED' | 'DISABLED';
  /** 1 to 50; null: none set. */
  readonly displayOrder: number | null;
  readonly now: Date;
  readonly region: string;
}

export async function insertAgentStatuses(tx: Tx, statuses: readonly NewAgentStatus[]): Promise<void> {
  if (statuses.length === 0) return;
  await tx
    .insertInto('agent_status')
    .values(
      statuses.map((made) => ({
        id: made.id,
        instance_id: made.instanceId,
        name: made.name,
        description: made.description,
        type: made.type,
        state: made.state,
        display_order: made.displayOrder,
        last_modified_time: made.now,
        last_modified_region: made.region,
      })),
    )
    .execute();
}
