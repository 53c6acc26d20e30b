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

/** For the audit. */
export const snapshotOf = (quickConnect: Pick<NewQuickConnect, 'description' | 'target' | 'tags'>) => ({
  Description: quickConnect.description,
  QuickConnectConfig: configOf(quickConnect.target),
  Tags: quickConnect.tags,
});
