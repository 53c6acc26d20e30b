import { sql } from 'kysely';
import { instanceId, items, oneOf, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { shownSummary } from '../../../operations/name-lists.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { andAll } from '../../../operations/search.ts';
import { resources } from '../../../resources/resources.ts';
import { shownStatus } from '../answer.ts';
import { agentStatusTypes, findAgentStatus, listAgentStatuses } from '../store.ts';

export const listStatuses = defineRead('ListAgentStatuses', {
  permission: resources['agent-state'].sees,
  constraints: {
    ...instanceId,
    ...pageOf(1000),
    AgentStatusTypes: items(0, 3),
    'AgentStatusTypes[]': oneOf(...agentStatusTypes),
  },
  handler: async ({ db, instance }, input) => {
    const page = namePage('agent-statuses', input);
    const types = input.AgentStatusTypes ?? [];
    const condition = types.length > 0 ? sql<boolean>`type = any(${types}::text[])` : andAll([]);
    const { items: statuses, nextToken } = await listAgentStatuses(db, instance.id, condition, page);
    return {
      AgentStatusSummaryList: statuses.map((status) => ({
        ...shownSummary(instance, 'agent-state', status),
        Type: status.type,
      })),
      NextToken: nextToken,
    };
  },
});

export const describeStatus = defineRead('DescribeAgentStatus', {
  permission: resources['agent-state'].sees,
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.AgentStatusId;
    const status = await findAgentStatus(db, instance.id, id);
    if (!status) throw notFound('agent-state', id);
    return { AgentStatus: shownStatus(instance, status) };
  },
});

/** Always of the type CUSTOM: the others are the system's, one of each. */
