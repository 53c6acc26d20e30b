import { namesEverybody } from '../../access/shown-names.ts';
import type { Db } from '../../database/db.ts';
import { arnOf } from '../../operations/arn.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import {
  integer,
  list,
  map,
  nested,
  required,
  string,
  structure,
  type TypeOf,
  timestamp,
} from '../../operations/shapes.ts';
import { recordedKinds } from '../recordings/listed.ts';
import type { RecordedKind } from '../recordings/rules.ts';
import { agentsToday } from './agents-today.ts';
import { nameable } from './reach.ts';
import type { ContactRow } from './read-store.ts';

/** Without the Name where the caller may not be told it, or where the record had none. */
const named = () => nested(structure({ Id: required(string()), Name: string() }));

const agentDetails = structure({
  Id: required(string()),
  Arn: required(string()),
  Username: required(string()),
  FirstName: string(),
  LastName: string(),
  RoutingProfile: named(),
  HierarchyPath: required(list(named())),
  /** PRESENT; DELETED; NOT_A_USER of this instance, as far as it knows. It is all that is of today. */
  Status: required(string<'PRESENT' | 'DELETED' | 'NOT_A_USER'>()),
  DeletedTime: timestamp(),
  /** Where the caller may be told. */
  DeletedBy: string(),
  /** The user batch that did it. */
  UserBatchId: string(),
});

export const contactDetails = structure({
  Id: required(string()),
  Arn: required(string()),
  InitialContactId: string(),
  PreviousContactId: string(),
  NextContactId: string(),
  RelatedContactId: string(),
  Channel: required(string()),
  Subtype: string(),
  InitiationMethod: required(string()),
  DisconnectReason: string(),
  InitiationTimestamp: required(timestamp()),
  ConnectedToSystemTimestamp: timestamp(),
  ScheduledTimestamp: timestamp(),
  EnqueueTimestamp: timestamp(),
  DequeueTimestamp: timestamp(),
  ConnectedToAgentTimestamp: timestamp(),
  AfterContactWorkEndTimestamp: timestamp(),
  TransferCompletedTimestamp: timestamp(),
  DisconnectTimestamp: timestamp(),
  LastUpdateTimestamp: required(timestamp()),
  Queue: nested(structure({ Id: required(string()), Type: required(string()), Name: string() })),
  QueueDuration: integer(),
  Agent: nested(agentDetails),
  AgentInteractionDuration: integer(),
  CustomerHoldDuration: integer(),
  AfterContactWorkDuration: integer(),
  AgentPauseDuration: integer(),
  NumberOfHolds: integer(),
  AgentConnectionAttempts: integer(),
  CustomerEndpoint: string(),
  SystemEndpoint: string(),
  TransferredToEndpoint: string(),
  Name: string(),
  Tags: required(map(string())),
  /** What is here of it that the caller may listen to or read. */
  Recorded: required(list(string<RecordedKind>())),
});

/** Contacts as they are shown to a caller who sees them: the names as they were, and who has been deleted since. */
export async function shownContacts(
  context: InstanceContext<Db>,
  rows: readonly ContactRow[],
): Promise<TypeOf<typeof contactDetails>[]> {
  const { db, instance, access } = context;
  const { living, deletions } = await agentsToday(
    db,
    instance.id,
    rows.flatMap(({ agentId }) => agentId ?? []),
  );
  const tellsWho = namesEverybody(access);
  const queueMayBeNamed = await nameable(
    db,
    context,
    'queue',
    rows.flatMap(({ queueId }) => queueId ?? []),
  );
  const profileMayBeNamed = await nameable(
    db,
    context,
    'routing-profile',
    rows.flatMap(({ routingProfileId }) => routingProfileId ?? []),
  );
  const groupMayBeNamed = await nameable(
    db,
    context,
    'agent-group',
    rows.flatMap(({ hierarchyGroupIds }) => hierarchyGroupIds ?? []),
  );
  const recordedOf = await recordedKinds(
    context,
    rows.map(({ contactId }) => contactId),
  );
  const agentOf = (row: ContactRow) => {
    if (row.agentId === null) return undefined;
    const deletion = deletions.get(row.agentId);
    return {
      Id: row.agentId,
      Arn: arnOf(instance, 'agent', row.agentId),
      Username: row.username ?? '',
      FirstName: row.firstName ?? undefined,
      LastName: row.lastName ?? undefined,
      RoutingProfile: row.routingProfileId
        ? {
            Id: row.routingProfileId,
            Name: profileMayBeNamed(row.routingProfileId) ? (row.routingProfileName ?? undefined) : undefined,
          }
        : undefined,
      HierarchyPath: (row.hierarchyGroupIds ?? []).map((Id, level) => ({
        Id,
        Name: groupMayBeNamed(Id) ? row.hierarchyGroupNames?.[level] : undefined,
      })),
      Status: living.has(row.agentId)
        ? ('PRESENT' as const)
        : deletion
          ? ('DELETED' as const)
          : ('NOT_A_USER' as const),
      DeletedTime: deletion?.time,
      DeletedBy: tellsWho ? deletion?.actorName : undefined,
      UserBatchId: deletion?.userBatchId ?? undefined,
    };
  };
  return rows.map((row) => ({
    Id: row.contactId,
    Arn: arnOf(instance, 'contact', row.contactId),
    InitialContactId: row.initialContactId ?? undefined,
    PreviousContactId: row.previousContactId ?? undefined,
    NextContactId: row.nextContactId ?? undefined,
    RelatedContactId: row.relatedContactId ?? undefined,
    Channel: row.channel,
    Subtype: row.subtype ?? undefined,
    InitiationMethod: row.initiationMethod,
    DisconnectReason: row.disconnectReason ?? undefined,
    InitiationTimestamp: row.initiationTime,
    ConnectedToSystemTimestamp: row.connectedToSystemTime ?? undefined,
    ScheduledTimestamp: row.scheduledTime ?? undefined,
    EnqueueTimestamp: row.enqueueTime ?? undefined,
    DequeueTimestamp: row.dequeueTime ?? undefined,
    ConnectedToAgentTimestamp: row.connectedToAgentTime ?? undefined,
    AfterContactWorkEndTimestamp: row.afterContactWorkEndTime ?? undefined,
    TransferCompletedTimestamp: row.transferCompletedTime ?? undefined,
    DisconnectTimestamp: row.disconnectTime ?? undefined,
    LastUpdateTimestamp: row.lastUpdateTime,
    Queue: row.queueId
      ? {
          Id: row.queueId,
          Type: row.queueType ?? 'STANDARD',
          Name: queueMayBeNamed(row.queueId) ? (row.queueName ?? undefined) : undefined,
        }
      : undefined,
    QueueDuration: row.queueDuration ?? undefined,
    Agent: agentOf(row),
    AgentInteractionDuration: row.agentInteractionDuration ?? undefined,
    CustomerHoldDuration: row.customerHoldDuration ?? undefined,
    AfterContactWorkDuration: row.afterContactWorkDuration ?? undefined,
    AgentPauseDuration: row.agentPauseDuration ?? undefined,
    NumberOfHolds: row.numberOfHolds ?? undefined,
    AgentConnectionAttempts: row.agentConnectionAttempts ?? undefined,
    CustomerEndpoint: row.customerEndpoint ?? undefined,
    SystemEndpoint: row.systemEndpoint ?? undefined,
    TransferredToEndpoint: row.transferredToEndpoint ?? undefined,
    Name: row.name ?? undefined,
    Tags: row.tags,
    Recorded: recordedOf(row.contactId),
  }));
}
