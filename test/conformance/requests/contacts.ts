import { recordingName, type World } from '../world.ts';
import { type Build, list, only, type RequestTable, tagFilters } from './request-table.ts';

const contact = async (world: World) => ({ ContactId: await world.makeContact() });
const recording = async (world: World) => {
  const named = { ...(await contact(world)), Name: recordingName };
  await world.call('PutRecording', named);
  return named;
};
const record = async (world: World) => world.contactRecord();

const day = (days: number) => new Date(Date.UTC(2026, 10, days));
const range = { Type: 'INITIATION_TIMESTAMP', StartTime: day(1), EndTime: day(30) };

const criteria = (world: World, ContactTags: object = tagFilters[0] ?? {}) => ({
  AgentIds: [world.user],
  QueueIds: [world.queue],
  AgentHierarchyGroups: Object.fromEntries([1, 2, 3, 4, 5].map((level) => [`L${level}Ids`, [world.group]])),
  Channels: ['VOICE'],
  InitiationMethods: ['INBOUND'],
  Name: { SearchText: ['refund'], MatchType: 'MATCH_ANY' },
  AdditionalTimeRange: {
    Criteria: [
      { TimeRange: { ...range, Type: 'DISCONNECT_TIMESTAMP' } },
      { TimestampCondition: { Type: 'SCHEDULED_TIMESTAMP', ConditionType: 'NOT_EXISTS' } },
    ],
    MatchType: 'MATCH_ALL',
  },
  SearchableContactAttributes: { Criteria: [{ Key: 'Language', Values: ['de'] }], MatchType: 'MATCH_ALL' },
  SearchableSegmentAttributes: {
    Criteria: [{ Key: 'connect:Subtype', Values: ['connect:Telephony'] }],
    MatchType: 'MATCH_ANY',
  },
  ContactTags,
});

const leftOut = Object.fromEntries(
  [
    'SearchCriteria.ContactAnalysis',
    'SearchCriteria.RoutingCriteria',
    'SearchCriteria.ActiveRegions',
    'SearchCriteria.AiAgents',
    'ContactAnalysis.Transcript',
    'Transcript.Criteria',
    'Transcript.MatchType',
    'TranscriptCriteria.ParticipantRole',
    'TranscriptCriteria.SearchText',
    'TranscriptCriteria.MatchType',
    'SearchableRoutingCriteria.Steps',
    'SearchableRoutingCriteriaStep.AgentCriteria',
    'SearchableAgentCriteriaStep.AgentIds',
    'SearchableAgentCriteriaStep.MatchType',
    'AiAgentsCriteria.Criteria',
    'AiAgentSearchCriteria.Id',
    'AiAgentSearchCriteria.VersionNumber',
    'AiAgentSearchCriteria.AiAgentEscalated',
    'AiAgentSearchCriteria.AiUseCase',
  ].map((place) => [place, 'refused: there is nothing of it']),
);

const found = (name: string) => ({
  ...list(
    name,
    () => ({ TimeRange: range }),
    (world) => ({
      SearchCriteria: criteria(world),
      ...sorted,
    }),
  ),
  others: tagFilters.slice(1).map(
    (filter): Build =>
      (world) => ({ TimeRange: range, SearchCriteria: { ContactTags: filter, AgentIds: [world.user] } }),
  ),
  leftOut,
});

const listed = (world: World) => ({
  RoutingProfileIds: [world.routingProfile],
  Endpoint: '+1',
  Recorded: ['RECORDING'],
});
const sorted = { Sort: { FieldName: 'INITIATION_TIMESTAMP', Order: 'DESCENDING' } };
const columns = { Columns: ['ContactId', 'Agent'] };

/** Contacts and their history. */
export const contactRequests: RequestTable = {
  ImportContactRecords: {
    full: async (world) => ({ Records: [await record(world), await record(world)], AnyInstance: false, DryRun: false }),
    minimal: async (world) => ({ Records: [await record(world)] }),
  },
  DescribeContact: only((world) => ({ ContactId: world.contact })),
  DescribeContactDetails: only((world) => ({ ContactId: world.contact })),
  GetContactAttributes: only((world) => ({ InitialContactId: world.contact })),
  ListAssociatedContacts: list('ListAssociatedContacts', (world) => ({ ContactId: world.contact })),
  SearchContacts: found('SearchContacts'),
  SearchContactDetails: {
    ...found('SearchContactDetails'),
    others: [
      ...found('SearchContactDetails').others,
      (world) => ({ TimeRange: range, ...listed(world), ContactId: world.contact, StartIndex: 1 }),
      (world) => ({ TimeRange: range, ...listed(world) }),
    ],
  },
  DownloadContacts: {
    full: (world) => ({ TimeRange: range, SearchCriteria: criteria(world), ...listed(world), ...sorted, ...columns }),
    minimal: () => ({ TimeRange: range }),
    others: [...found('DownloadContacts').others, (world) => ({ TimeRange: range, ContactId: world.contact })],
    leftOut,
  },
  UpdateContactAttributes: only(async (world) => ({
    InitialContactId: await world.makeContact(),
    Attributes: { Language: 'fr' },
  })),
  TagContact: only(async (world) => ({ ...(await contact(world)), Tags: { Team: 'Blue' } })),
  UntagContact: only(async (world) => ({ ...(await contact(world)), TagKeys: ['Team'] })),
  PutRecording: only(async (world) => ({ ...(await contact(world)), Name: recordingName })),
  GetRecording: {
    full: async (world) => ({ ...(await recording(world)), Download: true }),
    minimal: recording,
  },
  DeleteRecording: only(async (world) => ({ ...(await recording(world)), Reason: 'The customer asked for it.' })),
};
