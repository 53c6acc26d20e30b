import type { InputTo } from '../../api/operations.ts';
import type { QuickConnectRow, QuickConnectType } from '../../api/types.ts';
import type { ChosenUser } from './UserSelect.tsx';

export interface QuickConnectValues {
  readonly name: string;
  readonly description: string;
  readonly type: QuickConnectType;
  readonly user: ChosenUser | null;
  readonly queueId: string;
  readonly phoneNumber: string;
  readonly flowId: string;
  /** The queues whose agents see it. */
  readonly offeredIn: readonly string[];
}

export type QuickConnectField = keyof QuickConnectValues;

export const emptyQuickConnect: QuickConnectValues = {
  name: '',
  description: '',
  type: 'USER',
  user: null,
  queueId: '',
  phoneNumber: '',
  flowId: '',
  offeredIn: [],
};

/** The members of the operations, and the field of each: where a refusal of the server belongs. */
export const quickConnectMembers: Readonly<Record<string, QuickConnectField>> = {
  Name: 'name',
  Description: 'description',
  UserId: 'user',
  QueueId: 'queueId',
  PhoneNumber: 'phoneNumber',
  ContactFlowId: 'flowId',
};

export function quickConnectErrors(values: QuickConnectValues): Partial<Record<QuickConnectField, string>> {
  const { name, description, type, user, queueId, phoneNumber, flowId } = values;
  const all: Partial<Record<QuickConnectField, string | false>> = {
    name: name.trim() === '' ? 'Enter a name.' : name.length > 127 && 'At most 127 characters.',
    description: description.length > 250 && 'At most 250 characters.',
    user: type === 'USER' && user === null && 'Choose the user that it leads to.',
    queueId: type === 'QUEUE' && queueId === '' && 'Choose the queue that it leads to.',
    phoneNumber:
      type === 'PHONE_NUMBER' &&
      !/^\+[1-9]\d{1,14}$/.test(phoneNumber) &&
      'Enter the number. Begin with + and the country code, then digits only, as in +12065550100.',
    flowId: type !== 'PHONE_NUMBER' && flowId === '' && 'Choose a flow.',
  };
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text));
}

export function toConfig(values: QuickConnectValues): InputTo<'CreateQuickConnect'>['QuickConnectConfig'] {
  const { type, user, queueId, phoneNumber, flowId: ContactFlowId } = values;
  switch (type) {
    case 'USER':
      return { QuickConnectType: type, UserConfig: { UserId: user?.id ?? '', ContactFlowId } };
    case 'QUEUE':
      return { QuickConnectType: type, QueueConfig: { QueueId: queueId, ContactFlowId } };
    case 'PHONE_NUMBER':
      return { QuickConnectType: type, PhoneConfig: { PhoneNumber: phoneNumber } };
    case 'FLOW':
      return { QuickConnectType: type, FlowConfig: { ContactFlowId } };
  }
}

/** A quick connect as the form shows it. An orphan has no user: one has to be chosen. */
export function fromQuickConnect(row: QuickConnectRow): QuickConnectValues {
  const { Destination, QuickConnectType: type } = row;
  const id = Destination.Id ?? '';
  return {
    name: row.Name,
    description: row.Description ?? '',
    type,
    user: type === 'USER' && Destination.Exists && id ? { id, label: Destination.Name ?? id } : null,
    queueId: type === 'QUEUE' ? id : '',
    phoneNumber: type === 'PHONE_NUMBER' ? (Destination.Name ?? '') : '',
    flowId: row.ContactFlow?.Id ?? (type === 'FLOW' ? id : ''),
    offeredIn: row.Queues.map((queue) => queue.Id),
  };
}

/** Queues that begin or cease to offer it. */
export function queueChanges(before: readonly string[], after: readonly string[]) {
  return [
    ...after.filter((id) => !before.includes(id)).map((queueId) => ({ queueId, offered: true })),
    ...before.filter((id) => !after.includes(id)).map((queueId) => ({ queueId, offered: false })),
  ];
}
