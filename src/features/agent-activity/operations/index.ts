import { importAgentEvents } from './import-agent-events.ts';

export const agentActivityOperations = [importAgentEvents] as const;
