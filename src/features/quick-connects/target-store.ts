import type { QuickConnectType, Target } from './types.ts';

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
