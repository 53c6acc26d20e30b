import type { StatusType } from './agent-event.ts';

interface Told {
  readonly statusName: string;
  readonly statusType: StatusType;
  readonly activity: string | null;
  readonly channel: string | null;
  readonly initiationMethod: string | null;
}

/**
 * The status in the words of Connect's Agent activity audit since 9 March 2026. Of Busy the guide says no more than that the
 * agent interacts with a customer, and no word of its list is for after-contact work. That it is Busy is inferred: it is the
 * one that none of the other states of a contact has.
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
