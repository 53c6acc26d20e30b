import { randomUUID } from 'node:crypto';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, length, newTags, oneOf, range } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { createdStatus, takenName } from '../rules.ts';
import { insertAgentStatuses, isTakenName } from '../store.ts';

const states = oneOf('ENABLED', 'DISABLED');

export const createStatus = defineWrite('CreateAgentStatus', {
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
    // The system's two included. Amazon Connect does not raise this one, and has no way to delete a status.
    await requireRoom(db, instance.id, 'agent-state', 'Rename one that is not used any more.');
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
