import { instanceId, length, oneOf, range } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { invalidRequest, notFound } from '../../../operations/errors.ts';
import { lockInstance } from '../../instances/store.ts';
import { difference, takenName, updatedStatus } from '../rules.ts';
import { isTakenName, lockAgentStatus, updateAgentStatus } from '../store.ts';

const states = oneOf('ENABLED', 'DISABLED');

/**
 * What is left out stays; an empty description goes. ResetOrderNumber takes the place in the order away, unless
 * DisplayOrder gives a new one. The names of Available and Offline may change, their state may not.
 */
export const updateStatus = defineWrite('UpdateAgentStatus', {
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
    if (!status) throw notFound('agent-state', id);
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
