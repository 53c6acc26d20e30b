import { type Change, creationOf, updateOf } from '../../audit/change.ts';
import { duplicate, type OperationError } from '../../operations/errors.ts';
import type { AgentStatus, AgentStatusSettings, NewAgentStatus } from './store.ts';

export function takenName(name: string): OperationError {
  return duplicate(`There is an agent status named "${name}" already. Choose another name.`);
}

const names: Readonly<Record<keyof AgentStatusSettings, string>> = {
  name: 'Name',
  description: 'Description',
  state: 'State',
  displayOrder: 'DisplayOrder',
};
const members = Object.keys(names) as (keyof AgentStatusSettings)[];

type Wanted = { readonly [K in keyof AgentStatusSettings]?: AgentStatusSettings[K] | undefined };

/** What shall be and is not so yet: empty when nothing changes. */
export function difference(status: AgentStatus, wanted: Wanted): Partial<AgentStatusSettings> {
  const changed = members.filter((member) => wanted[member] !== undefined && wanted[member] !== status[member]);
  return Object.fromEntries(changed.map((member) => [member, wanted[member]]));
}

export function createdStatus(made: NewAgentStatus): Change {
  const given = members.filter((member) => member !== 'name').map((member) => [names[member], made[member]]);
  return creationOf('agent-state', made, { ...Object.fromEntries(given), Type: made.type, Tags: made.tags });
}

/** With each changed member's value before and after. */
export function updatedStatus(status: AgentStatus, changed: Partial<AgentStatusSettings>): Change {
  const changes = members
    .filter((member) => Object.hasOwn(changed, member))
    .map((member) => [names[member], { Old: status[member], New: changed[member] }]);
  return updateOf('agent-state', { id: status.id, name: changed.name ?? status.name }, Object.fromEntries(changes));
}
