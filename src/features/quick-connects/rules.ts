import { takenOver } from '../../operations/arn.ts';
import type { Checked, Connect } from '../../operations/connect-types.ts';
import { invalidParameter } from '../../operations/errors.ts';
import type { FlowType } from '../flows/types.ts';
import type { NewQuickConnect, QuickConnectType, Target } from './types.ts';

/** Quick connects that one queue can offer; Connect does not raise this limit for anybody. */
export const mostPerQueue = 700;

/** The type of flow that runs at a transfer; a FLOW quick connect takes any. */
export const flowTypeFor: Readonly<Partial<Record<QuickConnectType, FlowType>>> = {
  USER: 'AGENT_TRANSFER',
  QUEUE: 'QUEUE_TRANSFER',
};

const memberOf = {
  USER: 'UserConfig',
  QUEUE: 'QueueConfig',
  PHONE_NUMBER: 'PhoneConfig',
  FLOW: 'FlowConfig',
} as const satisfies Record<QuickConnectType, string>;

/**
 * Reads a QuickConnectConfig: exactly the member that belongs to the type.
 * @throws InvalidParameterException
 */
export function targetIn(config: Checked<Connect.QuickConnectConfig>): Target {
  const type = config.QuickConnectType;
  const surplus = Object.values(memberOf).find((member) => member !== memberOf[type] && config[member] !== undefined);
  if (surplus) {
    throw invalidParameter(
      `A quick connect of the type ${type} takes ${memberOf[type]}, not ${surplus}: leave it out.`,
    );
  }
  if (type === 'USER' && config.UserConfig) {
    const { UserId, ContactFlowId } = config.UserConfig;
    return { type, userId: UserId, contactFlowId: takenOver(ContactFlowId).id };
  }
  if (type === 'QUEUE' && config.QueueConfig) {
    const { QueueId, ContactFlowId } = config.QueueConfig;
    return { type, queueId: QueueId, contactFlowId: takenOver(ContactFlowId).id };
  }
  if (type === 'PHONE_NUMBER' && config.PhoneConfig) return { type, phoneNumber: config.PhoneConfig.PhoneNumber };
  if (type === 'FLOW' && config.FlowConfig) {
    return { type, contactFlowId: takenOver(config.FlowConfig.ContactFlowId).id };
  }
  throw invalidParameter(`A quick connect of the type ${type} needs ${memberOf[type]}.`);
}

/** The QuickConnectConfig that describes a target. */
export function configOf(target: Target): Connect.QuickConnectConfig {
  switch (target.type) {
    case 'USER':
      return {
        QuickConnectType: 'USER',
        UserConfig: { UserId: target.userId, ContactFlowId: target.contactFlowId },
      };
    case 'QUEUE':
      return {
        QuickConnectType: 'QUEUE',
        QueueConfig: { QueueId: target.queueId, ContactFlowId: target.contactFlowId },
      };
    case 'PHONE_NUMBER':
      return { QuickConnectType: 'PHONE_NUMBER', PhoneConfig: { PhoneNumber: target.phoneNumber } };
    case 'FLOW':
      return { QuickConnectType: 'FLOW', FlowConfig: { ContactFlowId: target.contactFlowId } };
  }
}

/** The columns of a target, and back. */
export interface TargetColumns {
  readonly type: QuickConnectType;
  readonly user_id: string | null;
  readonly queue_id: string | null;
  readonly contact_flow_id: string | null;
  readonly phone_number: string | null;
}

export function columnsOf(target: Target): TargetColumns {
  return {
    type: target.type,
    user_id: target.type === 'USER' ? target.userId : null,
    queue_id: target.type === 'QUEUE' ? target.queueId : null,
    contact_flow_id: target.type === 'PHONE_NUMBER' ? null : target.contactFlowId,
    phone_number: target.type === 'PHONE_NUMBER' ? target.phoneNumber : null,
  };
}

export function targetOf(row: TargetColumns): Target {
  // The columns are written by columnsOf alone, so what a type needs is there.
  const contactFlowId = row.contact_flow_id ?? '';
  switch (row.type) {
    case 'USER':
      return { type: 'USER', userId: row.user_id ?? '', contactFlowId };
    case 'QUEUE':
      return { type: 'QUEUE', queueId: row.queue_id ?? '', contactFlowId };
    case 'PHONE_NUMBER':
      return { type: 'PHONE_NUMBER', phoneNumber: row.phone_number ?? '' };
    case 'FLOW':
      return { type: 'FLOW', contactFlowId };
  }
}

/** For the audit. */
export const snapshotOf = (quickConnect: Pick<NewQuickConnect, 'description' | 'target' | 'tags'>) => ({
  Description: quickConnect.description,
  QuickConnectConfig: configOf(quickConnect.target),
  Tags: quickConnect.tags,
});
