import { arnOf } from '../../../operations/arn.ts';
import { instanceId, items, length, oneOf, pageOf, range } from '../../../operations/constraints.ts';
import { csvAnswer } from '../../../operations/csv.ts';
import { defineExtensionRead, defineRead } from '../../../operations/define-operation.ts';
import { connect, integer, label, list, nested, required, string, structure } from '../../../operations/shapes.ts';
import type { RecordedKind } from '../../recordings/rules.ts';
import { contactColumns, contactsFile, mostInFile } from '../contacts-file.ts';
import { seesContacts } from '../reach.ts';
import { contactRows, countContacts } from '../read-store.ts';
import {
  type ContactSearch,
  contactListCondition,
  contactListConstraints,
  contactPage,
  contactSearchCondition,
  contactSearchConstraints,
  mostCounted,
} from '../search.ts';
import { contactDetails, shownContacts } from '../shown.ts';

const paging = {
  ...pageOf(100),
  // As in the model; ours are far shorter.
  NextToken: length(1, 100_000),
};

export const searchContacts = defineRead('SearchContacts', {
  permission: seesContacts,
  constraints: { ...instanceId, ...paging, ...contactSearchConstraints },
  approximate:
    'ContactAnalysis, RoutingCriteria, ActiveRegions and AiAgents are refused; of segment attributes connect:Subtype can be searched; TotalCount ends at 10,000',
  handler: async (context, input) => {
    const { db, instance } = context;
    const condition = contactSearchCondition(context, input);
    const { rows, nextToken } = await contactRows(db, condition, contactPage(input, input));
    return {
      Contacts: rows.map((row) => ({
        Arn: arnOf(instance, 'contact', row.contactId),
        Id: row.contactId,
        InitialContactId: row.initialContactId ?? undefined,
        PreviousContactId: row.previousContactId ?? undefined,
        InitiationMethod: row.initiationMethod as 'INBOUND',
        Channel: row.channel as 'VOICE',
        QueueInfo: row.queueId ? { Id: row.queueId, EnqueueTimestamp: row.enqueueTime ?? undefined } : undefined,
        AgentInfo: row.agentId
          ? { Id: row.agentId, ConnectedToAgentTimestamp: row.connectedToAgentTime ?? undefined }
          : undefined,
        InitiationTimestamp: row.initiationTime,
        DisconnectTimestamp: row.disconnectTime ?? undefined,
        ScheduledTimestamp: row.scheduledTime ?? undefined,
        SegmentAttributes: row.subtype ? { 'connect:Subtype': { ValueString: row.subtype } } : undefined,
        Name: row.name ?? undefined,
        Tags: row.tags,
      })),
      NextToken: nextToken,
      TotalCount: await countContacts(db, condition),
    };
  },
});

const listMembers = {
  InstanceId: label(),
  TimeRange: required(connect<ContactSearch['TimeRange']>('SearchContactsTimeRange')),
  SearchCriteria: connect<NonNullable<ContactSearch['SearchCriteria']>>('SearchCriteria'),
  Sort: connect<NonNullable<ContactSearch['Sort']>>('Sort'),
  ContactId: string(),
  RoutingProfileIds: list(string()),
  Endpoint: string(),
  Recorded: list(string<RecordedKind>()),
} as const;
const which =
  'A ContactId finds that one contact, whatever else is asked; RoutingProfileIds those whose agent had one of them;' +
  ' Endpoint those where the address of the customer or of the system begins so; Recorded those that have a RECORDING, or a' +
  ' TRANSCRIPT, or any of both, here that the caller may listen to or read.';

export const searchContactDetails = defineExtensionRead(
  'SearchContactDetails',
  {
    method: 'POST',
    uri: '/contact-search/{InstanceId}',
    summary: `SearchContacts with the names of agents, queues, routing profiles and hierarchy groups as they were at the time of each contact, and with who has been deleted since, when, by whom and in which user batch. ${which} TotalCount ends at 10,000; a page begins at StartIndex, or where NextToken says.`,
    input: structure({ ...listMembers, StartIndex: integer(), MaxResults: integer(), NextToken: string() }),
    output: structure({
      Contacts: required(list(nested(contactDetails))),
      NextToken: string(),
      TotalCount: required(integer()),
    }),
  },
  {
    permission: seesContacts,
    constraints: { ...instanceId, ...paging, ...contactListConstraints, StartIndex: range(0, mostCounted - 1) },
    handler: async (context, input) => {
      const condition = contactListCondition(context, input);
      const { rows, nextToken } = await contactRows(context.db, condition, contactPage(input, input));
      return {
        Contacts: await shownContacts(context, rows),
        NextToken: nextToken,
        TotalCount: await countContacts(context.db, condition),
      };
    },
  },
);

const columnNames = contactColumns.map(({ name }) => name);

export const downloadContacts = defineExtensionRead(
  'DownloadContacts',
  {
    method: 'POST',
    uri: '/contact-search/{InstanceId}/contacts.csv',
    summary: `What SearchContactDetails finds as a CSV file (RFC 4180, UTF-8 with a byte order mark), the first ${mostInFile.toLocaleString('en')} of it, with these of its columns in their order, or all: ${columnNames.join(', ')}. ${which} Times are UTC, durations seconds. A cell that a spreadsheet would run as a formula begins with an apostrophe.`,
    input: structure({ ...listMembers, Columns: list(string()) }),
    output: 'FILE',
  },
  {
    permission: seesContacts,
    constraints: {
      ...instanceId,
      ...contactListConstraints,
      Columns: items(1, columnNames.length),
      'Columns[]': oneOf(...columnNames),
    },
    handler: async (context, input) => {
      const condition = contactListCondition(context, input);
      // Before the file begins: what is refused is refused as an answer.
      contactPage(input, {});
      return csvAnswer(
        'contacts',
        context.now,
        contactsFile(input.Columns, async (NextToken, MaxResults) => {
          const { rows, nextToken } = await contactRows(
            context.db,
            condition,
            contactPage(input, { NextToken, MaxResults }),
          );
          return { contacts: await shownContacts(context, rows), nextToken };
        }),
      );
    },
  },
);
