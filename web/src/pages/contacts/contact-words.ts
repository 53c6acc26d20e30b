import type { ContactRow } from '../../api/types.ts';
import { channels, initiationMethods } from './contact-list-state.ts';

type Named = { readonly Id: string; readonly Name?: string | undefined };

const wordOf = (words: Readonly<Record<string, string>>, value: string) =>
  Object.hasOwn(words, value) ? words[value] : undefined;
/** "CUSTOMER_DISCONNECT" as people read it. */
const spoken = (value: string) => `${value.charAt(0)}${value.slice(1).toLowerCase().replaceAll('_', ' ')}`;

export const channelText = ({ Channel }: Pick<ContactRow, 'Channel'>) => wordOf(channels, Channel) ?? spoken(Channel);
export const methodText = ({ InitiationMethod }: Pick<ContactRow, 'InitiationMethod'>) =>
  wordOf(initiationMethods, InitiationMethod) ?? spoken(InitiationMethod);
export const reasonText = ({ DisconnectReason }: ContactRow) => (DisconnectReason ? spoken(DisconnectReason) : '–');

/** "connect:Telephony" without its prefix. */
export const subtypeText = ({ Subtype }: ContactRow) => Subtype?.replace(/^connect:/, '') ?? '–';

/** A name as it was; one that may not be told, or that was not recorded, by its id. */
export const namedText = (named: Named | undefined) => (named ? (named.Name ?? named.Id) : '–');

export function queueText({ Queue: queue, Agent: agent }: Pick<ContactRow, 'Queue' | 'Agent'>): string {
  if (queue?.Type !== 'AGENT') return namedText(queue);
  return queue.Id === agent?.Id ? `Agent queue of ${agent.Username}` : 'An agent queue';
}

/** "Lovelace, Ada", as Connect's reports write it. */
export const agentName = ({ FirstName, LastName }: { FirstName?: string | undefined; LastName?: string | undefined }) =>
  [LastName, FirstName].filter((part) => part !== undefined && part !== '').join(', ') || '–';

export const pathText = (path: readonly Named[]) => path.map(namedText).join(' / ') || '–';

export const tagsText = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ') || '–';

export const isTransferredOut = ({ TransferCompletedTimestamp, TransferredToEndpoint }: ContactRow) =>
  TransferCompletedTimestamp !== undefined || TransferredToEndpoint !== undefined;
