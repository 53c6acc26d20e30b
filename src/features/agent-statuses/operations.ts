import { arnOf, idIn } from '../../operations/arn.ts';
import { instanceId, items, oneOf, pageOf } from '../../operations/constraints.ts';
import { defineRead, type Operation } from '../../operations/define-operation.ts';
import { notFound } from '../../operations/errors.ts';
import { cutByName, namePage } from '../../operations/name-paging.ts';
import type { PermissionId } from '../security-profiles/permissions.ts';
import { agentStatusTypes, findAgentStatus, listAgentStatuses } from './store.ts';

const seesAgentStatuses: readonly PermissionId[] = ['AgentStates.View', 'AgentStates.Edit'];

const list = defineRead('ListAgentStatuses', {
  permission: seesAgentStatuses,
  constraints: {
    ...instanceId,
    ...pageOf(1000),
    AgentStatusTypes: items(0, 3),
    'AgentStatusTypes[]': oneOf(...agentStatusTypes),
  },
  handler: async ({ db, instance }, input) => {
    const page = namePage('agent-statuses', input);
    const found = await listAgentStatuses(db, instance.id, input.AgentStatusTypes ?? [], page);
    const { rows, nextToken } = cutByName(page, found);
    return {
      AgentStatusSummaryList: rows.map((row) => ({
        Id: row.id,
        Arn: arnOf(instance, 'agent-state', row.id),
        Name: row.name,
        Type: row.type,
        LastModifiedTime: row.last_modified_time,
        LastModifiedRegion: row.last_modified_region,
      })),
      NextToken: nextToken,
    };
  },
});

const describe = defineRead('DescribeAgentStatus', {
  permission: seesAgentStatuses,
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = idIn(input.AgentStatusId, 'agent-state', instance);
    const row = await findAgentStatus(db, instance.id, id);
    if (!row) throw notFound('agent status', id);
    return {
      AgentStatus: {
        AgentStatusId: row.id,
        AgentStatusARN: arnOf(instance, 'agent-state', row.id),
        Name: row.name,
        Description: row.description ?? undefined,
        Type: row.type,
        State: row.state,
        DisplayOrder: row.display_order ?? undefined,
        Tags: row.tags,
        LastModifiedTime: row.last_modified_time,
        LastModifiedRegion: row.last_modified_region,
      },
    };
  },
});

export const agentStatusOperations: readonly Operation[] = [list, describe];
