import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { seesAgentStatuses } from '../../access/sees.ts';
import { arnOf } from '../../operations/arn.ts';
import { instanceId, items, length, newTags, oneOf, pageOf, range } from '../../operations/constraints.ts';
import { defineRead, defineWrite } from '../../operations/define-operation.ts';
import { invalidRequest, limitExceeded, notFound } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { cutByName, namePage } from '../../operations/name-paging.ts';
import { andAll, attributeFilterCondition, criteriaCondition } from '../../operations/search.ts';
import { fieldCondition, resourceFields, type SearchFields, textField } from '../../operations/search-fields.ts';
import { lockInstance } from '../instances/store.ts';
import { createdStatus, difference, mostAgentStatuses, takenName, updatedStatus } from './rules.ts';
import {
  type AgentStatus,
  agentStatusTypes,
  countAgentStatuses,
  findAgentStatus,
  insertAgentStatuses,
  isTakenName,
  listAgentStatuses,
  lockAgentStatus,
  updateAgentStatus,
} from './store.ts';

const states = oneOf('ENABLED', 'DISABLED');

const shown = (instance: Instance, status: AgentStatus) => ({
  AgentStatusId: status.id,
  AgentStatusARN: arnOf(instance, 'agent-state', status.id),
  Name: status.name,
  Description: status.description ?? undefined,
  Type: status.type,
  State: status.state,
  DisplayOrder: status.displayOrder ?? undefined,
  Tags: { ...status.tags },
  LastModifiedTime: status.lastModifiedTime,
  LastModifiedRegion: status.lastModifiedRegion,
});

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
    const types = input.AgentStatusTypes ?? [];
    const condition = types.length > 0 ? sql<boolean>`type = any(${types}::text[])` : andAll([]);
    const { rows, nextToken } = cutByName(page, await listAgentStatuses(db, instance.id, condition, page));
    return {
      AgentStatusSummaryList: rows.map((status) => ({
        Id: status.id,
        Arn: arnOf(instance, 'agent-state', status.id),
        Name: status.name,
        Type: status.type,
        LastModifiedTime: status.lastModifiedTime,
        LastModifiedRegion: status.lastModifiedRegion,
      })),
      NextToken: nextToken,
    };
  },
});

const describe = defineRead('DescribeAgentStatus', {
  permission: seesAgentStatuses,
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.AgentStatusId;
    const status = await findAgentStatus(db, instance.id, id);
    if (!status) throw notFound('agent status', id);
    return { AgentStatus: shown(instance, status) };
  },
});

/** Always of the type CUSTOM: the others are the system's, one of each. */
const create = defineWrite('CreateAgentStatus', {
  permission: 'AgentStates.Create',
  constraints: {
    ...instanceId,
    ...newTags,
    Name: length(1, 127),
    Description: length(1, 250),
    State: states,
    DisplayOrder: range(1, 50),
  },
  handler: async ({ db, instance, now, region }, input) => {
    // Two who take the last place at once take turns.
    await lockInstance(db, instance.id);
    if ((await countAgentStatuses(db, instance.id, andAll([]))) >= mostAgentStatuses) {
      throw limitExceeded(
        `This instance has ${mostAgentStatuses} agent statuses, which is the most. Rename one that is not used any more.`,
      );
    }
    const made = {
      id: randomUUID(),
      instanceId: instance.id,
      name: input.Name,
      description: input.Description ?? null,
      type: 'CUSTOM' as const,
      state: input.State,
      displayOrder: input.DisplayOrder ?? null,
      tags: input.Tags ?? {},
      now,
      region,
    };
    if (await isTakenName(db, instance.id, made.name)) throw takenName(made.name);
    await insertAgentStatuses(db, [made]);
    return {
      output: { AgentStatusId: made.id, AgentStatusARN: arnOf(instance, 'agent-state', made.id) },
      changes: [createdStatus(made)],
    };
  },
});

/**
 * What is left out stays; an empty description goes. ResetOrderNumber takes the place in the order away, unless
 * DisplayOrder gives a new one. The names of Available and Offline may change, their state may not.
 */
const update = defineWrite('UpdateAgentStatus', {
  // Whoever may only enable and disable may do that and nothing beside it.
  permission: ({ Name, Description, DisplayOrder, ResetOrderNumber }) =>
    [Name, Description, DisplayOrder, ResetOrderNumber].every((member) => member === undefined)
      ? ['AgentStates.Edit', 'AgentStates.EnableAndDisable']
      : 'AgentStates.Edit',
  constraints: {
    ...instanceId,
    Name: length(1, 127),
    Description: length(0, 250),
    State: states,
    DisplayOrder: range(1, 50),
  },
  handler: async ({ db, instance, now, region }, input) => {
    const id = input.AgentStatusId;
    await lockInstance(db, instance.id);
    const status = await lockAgentStatus(db, instance.id, id);
    if (!status) throw notFound('agent status', id);
    if (status.type !== 'CUSTOM' && input.State === 'DISABLED') {
      throw invalidRequest("This is one of the system's agent statuses and cannot be disabled.");
    }
    const changed = difference(status, {
      name: input.Name,
      description: input.Description === '' ? null : input.Description,
      state: input.State,
      displayOrder: input.DisplayOrder ?? (input.ResetOrderNumber ? null : undefined),
    });
    if (Object.keys(changed).length === 0) return { output: {}, changes: [] };
    const { name } = changed;
    if (name !== undefined && (await isTakenName(db, instance.id, name))) throw takenName(name);
    await updateAgentStatus(db, id, changed, { time: now, region });
    return { output: {}, changes: [updatedStatus(status, changed)] };
  },
});

/** API Reference, AgentStatusSearchCriteria. */
const searched: SearchFields = {
  ...resourceFields,
  state: textField(sql.ref('state')),
  type: textField(sql.ref('type')),
  displayOrder: textField(sql<string>`display_order::text`),
};

const search = defineRead('SearchAgentStatuses', {
  permission: seesAgentStatuses,
  constraints: { ...instanceId, ...pageOf(100), NextToken: length(1, 2500) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('found-agent-statuses', input);
    const { AttributeFilter: filter } = input.SearchFilter ?? {};
    const condition = andAll([
      criteriaCondition(input.SearchCriteria, ({ StringCondition: leaf }) =>
        leaf ? [fieldCondition(searched, leaf)] : [],
      ),
      ...(filter ? [attributeFilterCondition(sql.ref('tags'), filter)] : []),
    ]);
    const { rows, nextToken } = cutByName(page, await listAgentStatuses(db, instance.id, condition, page));
    return {
      AgentStatuses: rows.map((status) => shown(instance, status)),
      NextToken: nextToken,
      ApproximateTotalCount: await countAgentStatuses(db, instance.id, condition),
    };
  },
});

export const agentStatusOperations = [list, describe, create, update, search] as const;
