import { arnOf } from '../../../operations/arn.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineExtensionRead, defineRead } from '../../../operations/define-operation.ts';
import { connect, integer, label, list, nested, required, string, structure } from '../../../operations/shapes.ts';
import { seesContacts } from '../reach.ts';
import { contactRows, countContacts } from '../read-store.ts';
import { type ContactSearch, contactPage, contactSearchCondition, contactSearchConstraints } from '../search.ts';
import { contactDetails, shownContacts } from '../shown.ts';

const constraints = {
  ...instanceId,
  ...pageOf(100),
  ...contactSearchConstraints,
  // As in the model; ours are far shorter.
  NextToken: length(1, 100_000),
};

export const searchContacts = defineRead('SearchContacts', {
  permission: seesContacts,
  constraints,
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

export const searchContactDetails = defineExtensionRead(
  'SearchContactDetails',
  {
    method: 'POST',
    uri: '/contact-search/{InstanceId}',
    summary:
      'SearchContacts with the names of agents, queues, routing profiles and hierarchy groups as they were at the time of' +
      ' each contact, and with who has been deleted since, when and by whom. TotalCount ends at 10,000.',
    input: structure({
      InstanceId: label(),
      TimeRange: required(connect<ContactSearch['TimeRange']>('SearchContactsTimeRange')),
      SearchCriteria: connect<NonNullable<ContactSearch['SearchCriteria']>>('SearchCriteria'),
      Sort: connect<NonNullable<ContactSearch['Sort']>>('Sort'),
      MaxResults: integer(),
      NextToken: string(),
    }),
    output: structure({
      Contacts: required(list(nested(contactDetails))),
      NextToken: string(),
      TotalCount: required(integer()),
    }),
  },
  {
    permission: seesContacts,
    constraints,
    handler: async (context, input) => {
      const condition = contactSearchCondition(context, input);
      const { rows, nextToken } = await contactRows(context.db, condition, contactPage(input, input));
      return {
        Contacts: await shownContacts(context, rows),
        NextToken: nextToken,
        TotalCount: await countContacts(context.db, condition),
      };
    },
  },
);
