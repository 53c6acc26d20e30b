import type { StatusType } from './agent-event.ts';

interface Told {
  readonly statusName: string;
  readonly statusType: StatusType;
  readonly activity: string | null;
  readonly channel: string | null;
  readonly initiationMethod: string | null;
}

/**
 * The status in the words of Connect's Agent activity audit since 9 March 2026. Which one stands for after-contact work is
 * not published: it is taken for Busy.
 */
export function auditWord({ statusName, activity, channel, initiationMethod }: Told): string {
  const isVoice = channel === 'VOICE';
  switch (activity) {
    case null:
      return statusName;
    case 'CONNECTING':
      return initiationMethod?.includes('OUTBOUND') ? 'Calling Customer' : 'Connecting';
    case 'CONNECTED':
      return isVoice ? 'Call Connected' : 'Connected';
    case 'ON_HOLD':
      return 'On Hold';
    case 'PAUSED':
      return 'Paused';
    case 'AFTER_CONTACT_WORK':
      return 'Busy';
    case 'MISSED':
      return isVoice ? 'Agent Disconnected' : 'Contact Missed';
    case 'REJECTED':
      return isVoice ? 'Agent Disconnected' : channel === 'CHAT' ? 'Contact Missed' : 'Rejected';
    case 'ERROR':
      if (initiationMethod?.includes('OUTBOUND')) return 'Telecom issue';
      return initiationMethod === 'CALLBACK' ? 'Missed Call Agent' : 'Error';
    default:
      return activity;
  }
}
