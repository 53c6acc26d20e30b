import type { InputTo } from '../../api/operations.ts';
import type { FilterOf } from '../../components/list-state.ts';
import { momentsOf } from '../../components/time-range.ts';
import type { ContactFilters, ContactListAddress } from './contact-list-state.ts';

type ContactsRequest = InputTo<'DownloadContacts'>;
type Criteria = NonNullable<ContactsRequest['SearchCriteria']>;

/** The page ends where the server's count does. */
const mostShown = 10_000;
export const mostDownloaded = 3000;

/** The time range and its type do not make a search narrower than the page is anyhow. */
export function isContactFiltered({ type: _, range: __, ...filter }: FilterOf<ContactFilters>): boolean {
  return Object.values(filter).some((value) => value !== null && value.length > 0);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isContactId = (text: string): boolean => uuid.test(text.trim());

/** `Language=de; Tier`: each a key with its value, or with any. */
export function readPairs(text: string): { key: string; value: string | null }[] {
  return text.split(';').flatMap((part) => {
    const [key = '', ...value] = part.split('=');
    return key.trim() === '' ? [] : [{ key: key.trim(), value: value.length > 0 ? value.join('=').trim() : null }];
  });
}

export function toContactsRequest(state: ContactListAddress, now: Date): ContactsRequest {
  const { start, end } = momentsOf(state.range, now);
  const groups = [...state.hierarchyGroupIds];
  const attributes = readPairs(state.attributes);
  const tags = readPairs(state.tags).map(({ key, value }) => ({
    TagKey: key,
    ...(value !== null && { TagValue: value }),
  }));
  const criteria: Criteria = {
    ...(state.agentIds.length > 0 && { AgentIds: [...state.agentIds] }),
    ...(state.queueIds.length > 0 && { QueueIds: [...state.queueIds] }),
    // Whatever their levels are: each stands at one of them.
    ...(groups.length > 0 && {
      AgentHierarchyGroups: { L1Ids: groups, L2Ids: groups, L3Ids: groups, L4Ids: groups, L5Ids: groups },
    }),
    ...(state.channel && { Channels: [state.channel] }),
    ...(state.method && { InitiationMethods: [state.method] }),
    ...(attributes.length > 0 && {
      SearchableContactAttributes: {
        Criteria: attributes.map(({ key, value }) => ({ Key: key, Values: value === null ? [] : [value] })),
        MatchType: 'MATCH_ALL',
      },
    }),
    ...(tags.length > 0 && { ContactTags: { AndConditions: tags } }),
  };
  return {
    TimeRange: {
      Type: state.type ?? 'INITIATION_TIMESTAMP',
      StartTime: start.getTime() / 1000,
      EndTime: end.getTime() / 1000,
    },
    ...(Object.keys(criteria).length > 0 && { SearchCriteria: criteria }),
    Sort: { FieldName: state.sort, Order: state.descending ? 'DESCENDING' : 'ASCENDING' },
    ...(isContactId(state.q) && { ContactId: state.q.trim() }),
    ...(state.routingProfileIds.length > 0 && { RoutingProfileIds: [...state.routingProfileIds] }),
    ...(state.recorded && { Recorded: [state.recorded] }),
    ...(state.address.trim() !== '' && { Endpoint: state.address.trim() }),
  };
}

/** The page as SearchContactDetails takes it; none lies behind what is counted. */
export function toPage({ page, size }: Pick<ContactListAddress, 'page' | 'size'>) {
  const StartIndex = Math.min((page - 1) * size, mostShown - size);
  return { StartIndex, MaxResults: size };
}

export const isEndless = (total: number): boolean => total >= mostShown;
