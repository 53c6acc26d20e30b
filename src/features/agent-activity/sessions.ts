import type { AgentSnapshot } from '../contacts/types.ts';
import type { AgentEvent } from './agent-event.ts';

export interface AgentSession {
  readonly agentId: string;
  readonly login: Date;
  /** Null where none came before the next login: who closes the browser does not log out. */
  readonly logout: Date | null;
  readonly agent: AgentSnapshot;
}

/** The sessions that begin with the logins among these events of an agent, which are in order; of a moment there is one. */
export function sessionsOf(events: readonly AgentEvent[]): AgentSession[] {
  const moments = new Map<number, { login: AgentEvent | null; logout: AgentEvent | null }>();
  for (const event of events) {
    if (event.type !== 'LOGIN' && event.type !== 'LOGOUT') continue;
    const at = event.time.getTime();
    const moment = moments.get(at) ?? { login: null, logout: null };
    if (event.type === 'LOGIN') moment.login ??= event;
    else moment.logout ??= event;
    moments.set(at, moment);
  }
  const inTurn = [...moments.values()];
  return inTurn.flatMap(({ login }, index) => {
    if (!login) return [];
    const next = inTurn[index + 1];
    return { agentId: login.agentId, login: login.time, logout: next?.logout?.time ?? null, agent: login.agent };
  });
}
