import { kind } from './kind.ts';

const sees = ['AgentStates.View', 'AgentStates.Edit'] as const;

export const agentStatus = kind({
  words: ['agent status', 'agent statuses'],
  table: 'agent_status',
  name: 'name',
  sees,
  tags: { view: sees, edit: 'AgentStates.Edit', searchedAs: 'agent-state' },
  members: ['AgentStatusId'],
  quota: 50,
  foundBy: ['SearchAgentStatuses'],
});
