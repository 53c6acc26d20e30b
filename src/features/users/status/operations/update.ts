import { updated } from '../../../../audit/change.ts';
import { instanceId, length } from '../../../../operations/constraints.ts';
import { defineWrite } from '../../../../operations/define-operation.ts';
import { invalidRequest, notFound } from '../../../../operations/errors.ts';
import { shareAgentStatus } from '../../../agent-statuses/store.ts';
import { lockStatusOf, setStatus } from '../store.ts';

/** The status that a supervisor gives an agent. Setting it again leaves the time since when it holds. */
export const putUserStatus = defineWrite('PutUserStatus', {
  permission: 'Users.Edit',
  constraints: { ...instanceId, UserId: length(1, 256) },
  approximate:
    'Nobody signs in to a Contact Control Panel here: the status is kept for any user, and is never only the next one.',
  handler: async ({ db, instance, now }, input) => {
    const id = input.UserId;
    const agentStatusId = input.AgentStatusId;
    const user = await lockStatusOf(db, instance.id, id);
    if (!user) throw notFound('agent', id);
    const status = await shareAgentStatus(db, instance.id, agentStatusId);
    if (!status) throw notFound('agent-state', agentStatusId);
    if (status.state !== 'ENABLED') {
      throw invalidRequest(`The agent status ${status.id} is disabled. Enable it first, or choose another one.`);
    }
    const named = { id, name: user.username };
    if (user.status?.agentStatusId === status.id) return updated('agent', named, null);
    await setStatus(db, id, status.id, now);
    const Old = user.status && { Id: user.status.agentStatusId, Name: user.status.name };
    const New = { Id: status.id, Name: status.name };
    return updated('agent', named, { AgentStatus: { Old, New } });
  },
});
