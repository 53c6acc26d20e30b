import type { ContactRow } from '../../api/types.ts';
import { spoken } from '../../components/words.ts';
import { initiationMethods } from './contact-list-state.ts';

type Named = { readonly Id: string; readonly Name?: string | undefined };

const wordOf = (words: Readonly<Record<string, string>>, value: string) =>
  Object.hasOwn(words, value) ? words[value] : undefined;
/** Also the words of channels.ts. */
export const channelText = ({ Channel }: Pick<ContactRow, 'Channel'>) => spoken(Channel);
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

export const pathText = (path: readonly Named[]) => path.map(namedText).join(' / ') || '–';

export const tagsText = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ') || '–';

export const isTransferredOut = ({ TransferCompletedTimestamp, TransferredToEndpoint }: ContactRow) =>
  TransferCompletedTimestamp !== undefined || TransferredToEndpoint !== undefined;
