import { arnOf } from '../../../operations/arn.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineExtensionRead, defineRead } from '../../../operations/define-operation.ts';
import { encodeToken, positionIn } from '../../../operations/paging.ts';
import { label, list, map, nested, required, string, structure } from '../../../operations/shapes.ts';
import { deletedHere, recordingDetails, shownRecordings } from '../../recordings/shown.ts';
import { contactOf, reaches } from '../one-contact.ts';
import { contactsWithin, seesContacts } from '../reach.ts';
import { chainOf } from '../read-store.ts';
import { recordDetails } from '../record-details.ts';
import { contactDetails, shownContacts } from '../shown.ts';
import { rawRecordOf } from '../store.ts';

const contactId = length(1, 256);

export const describeContact = defineRead('DescribeContact', {
  permission: seesContacts,
  constraints: { ...instanceId, ContactId: contactId },
  approximate: 'without routing criteria, analysis, evaluations and the metrics of chats',
  handler: async (context, { ContactId: id }) => {
    const { db, instance } = context;
    const row = await contactOf(context, id);
    const details = recordDetails(await rawRecordOf(db, instance.id, id));
    const deletionOf = await deletedHere(db, instance.id, id);
    return {
      Contact: {
        ...details.contact,
        Recordings: details.contact.Recordings?.map((one) => ({ ...one, ...deletionOf(one.Location) })),
        Arn: arnOf(instance, 'contact', row.contactId),
        Id: row.contactId,
        InitialContactId: row.initialContactId ?? undefined,
        PreviousContactId: row.previousContactId ?? undefined,
        RelatedContactId: row.relatedContactId ?? undefined,
        InitiationMethod: row.initiationMethod as 'INBOUND',
        Channel: row.channel as 'VOICE',
        Name: row.name ?? undefined,
        QueueInfo: row.queueId ? { Id: row.queueId, EnqueueTimestamp: row.enqueueTime ?? undefined } : undefined,
        AgentInfo: row.agentId
          ? {
              ...details.agent,
              Id: row.agentId,
              ConnectedToAgentTimestamp: row.connectedToAgentTime ?? undefined,
              AgentPauseDurationInSeconds: row.agentPauseDuration ?? undefined,
              AfterContactWorkDuration: row.afterContactWorkDuration ?? undefined,
              AfterContactWorkEndTimestamp: row.afterContactWorkEndTime ?? undefined,
              HierarchyGroups: row.hierarchyGroupIds?.length
                ? Object.fromEntries(
                    row.hierarchyGroupIds.map((group, index) => [
                      `Level${index + 1}`,
                      { Arn: arnOf(instance, 'agent-group', group) },
                    ]),
                  )
                : undefined,
            }
          : undefined,
        InitiationTimestamp: row.initiationTime,
        DisconnectTimestamp: row.disconnectTime ?? undefined,
        LastUpdateTimestamp: row.lastUpdateTime,
        ScheduledTimestamp: row.scheduledTime ?? undefined,
        ConnectedToSystemTimestamp: row.connectedToSystemTime ?? undefined,
        DisconnectReason: row.disconnectReason ?? undefined,
        Tags: row.tags,
        Attributes: (await reaches(context, id, 'ContactAttributes.View')) ? row.attributes : undefined,
      },
    };
  },
});

export const getContactAttributes = defineRead('GetContactAttributes', {
  permission: 'ContactAttributes.View',
  constraints: { ...instanceId, InitialContactId: contactId },
  handler: async (context, { InitialContactId: id }) => ({
    Attributes: (await contactOf(context, id, 'ContactAttributes.View')).attributes,
  }),
});

export const listAssociatedContacts = defineRead('ListAssociatedContacts', {
  permission: seesContacts,
  constraints: { ...instanceId, ...pageOf(100), ContactId: contactId },
  handler: async (context, { ContactId: id, MaxResults: size = 100, NextToken: token }) => {
    const { db, instance } = context;
    const contact = await contactOf(context, id);
    const from = positionIn('associated-contacts', token);
    const chain = await chainOf(db, instance.id, contact, contactsWithin(context));
    return {
      ContactSummaryList: chain.slice(from, from + size).map((row) => ({
        ContactId: row.contactId,
        ContactArn: arnOf(instance, 'contact', row.contactId),
        InitiationTimestamp: row.initiationTime,
        DisconnectTimestamp: row.disconnectTime ?? undefined,
        InitialContactId: row.initialContactId ?? undefined,
        PreviousContactId: row.previousContactId ?? undefined,
        RelatedContactId: row.relatedContactId ?? undefined,
        InitiationMethod: row.initiationMethod as 'INBOUND',
        Channel: row.channel as 'VOICE',
      })),
      NextToken: chain.length > from + size ? encodeToken('associated-contacts', [from + size]) : undefined,
    };
  },
});

export const describeContactDetails = defineExtensionRead(
  'DescribeContactDetails',
  {
    method: 'GET',
    uri: '/contact-details/{InstanceId}/{ContactId}',
    summary:
      'A contact with the names as they were, its attributes where the caller may see them, the whole chain of transfers' +
      ' to which it belongs, oldest first, and its own recordings: `Available` says whether their bytes are here.',
    input: structure({ InstanceId: label(), ContactId: label() }),
    output: structure({
      Contact: required(nested(contactDetails)),
      Attributes: map(string()),
      Chain: required(list(nested(contactDetails))),
      Recordings: required(list(nested(recordingDetails))),
    }),
  },
  {
    permission: seesContacts,
    constraints: { ...instanceId, ContactId: contactId },
    handler: async (context, { ContactId: id }) => {
      const { db, instance } = context;
      const row = await contactOf(context, id);
      const chain = await chainOf(db, instance.id, row, contactsWithin(context));
      const [contact, ...others] = await shownContacts(context, [row, ...chain]);
      if (!contact) throw new Error('A contact that was found is not shown.');
      return {
        Contact: contact,
        Attributes: (await reaches(context, id, 'ContactAttributes.View')) ? { ...row.attributes } : undefined,
        Chain: others,
        Recordings: await shownRecordings(context, id, await rawRecordOf(db, instance.id, id)),
      };
    },
  },
);
