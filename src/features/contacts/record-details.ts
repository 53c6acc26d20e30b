import type { OutputOf } from '../../operations/connect-types.ts';

type Shown = NonNullable<OutputOf<'DescribeContact'>['Contact']>;
type Json = Readonly<Record<string, unknown>>;

/**
 * What DescribeContact shows of a record besides what is kept in columns. The record is as it was delivered, of whatever
 * age and version: a member of another form than is known today is passed over.
 */
export function recordDetails(record: string | null): {
  readonly contact: Partial<Shown>;
  readonly agent: NonNullable<Shown['AgentInfo']>;
} {
  const root = objectOf(record === null ? {} : JSON.parse(record));
  const agent = objectOf(root.Agent);
  const details = objectOf(root.ContactDetails);
  const device = objectOf(agent.DeviceInfo);
  const resiliency = objectOf(root.GlobalResiliencyMetadata);
  return {
    contact: {
      ContactAssociationId: textOf(root.ContactAssociationId),
      Description: textOf(details.ContactDetailsDescription ?? details.Description),
      CustomerId: textOf(root.CustomerId),
      CustomerEndpoint: endpointOf(root.CustomerEndpoint),
      SystemEndpoint: endpointOf(root.SystemEndpoint),
      LastPausedTimestamp: timeOf(root.LastPausedTimestamp),
      LastResumedTimestamp: timeOf(root.LastResumedTimestamp),
      TotalPauseCount: wholeOf(root.TotalPauseCount),
      TotalPauseDurationInSeconds: wholeOf(root.TotalPauseDurationInSeconds),
      AnsweringMachineDetectionStatus: textOf(
        root.AnsweringMachineDetectionStatus,
      ) as Shown['AnsweringMachineDetectionStatus'],
      Campaign: present({ CampaignId: textOf(objectOf(root.Campaign).CampaignId) }),
      DisconnectDetails: present({
        PotentialDisconnectIssue: textOf(objectOf(root.DisconnectDetails).PotentialDisconnectIssue),
      }),
      GlobalResiliencyMetadata: present({
        ActiveRegion: textOf(resiliency.ActiveRegion),
        OriginRegion: textOf(resiliency.OriginRegion),
        TrafficDistributionGroupId: textOf(resiliency.TrafficDistributionGroupId),
      }),
      SegmentAttributes: segmentsOf(root.SegmentAttributes),
      Recordings: Array.isArray(root.Recordings) ? root.Recordings.map(recordingOf) : undefined,
    },
    agent: {
      AcceptedByAgentTimestamp: timeOf(agent.AcceptedByAgentTimestamp),
      PreviewEndTimestamp: timeOf(agent.PreviewEndTimestamp),
      AfterContactWorkStartTimestamp: timeOf(agent.AfterContactWorkStartTimestamp),
      AgentInitiatedHoldDuration: wholeOf(agent.AgentInitiatedHoldDuration),
      DeviceInfo: present({
        PlatformName: textOf(device.PlatformName),
        PlatformVersion: textOf(device.PlatformVersion),
        OperatingSystem: textOf(device.OperatingSystem),
      }),
      StateTransitions: Array.isArray(agent.StateTransitions)
        ? agent.StateTransitions.map(objectOf).map(({ state, stateStartTimestamp, stateEndTimestamp }) => ({
            State: textOf(state) as 'INITIAL',
            StateStartTimestamp: timeOf(stateStartTimestamp),
            StateEndTimestamp: timeOf(stateEndTimestamp),
          }))
        : undefined,
    },
  };
}

/** A recording as the record tells of it. */
export interface RecordedMedia {
  /** The last part of its Location, by which people and files call it. */
  readonly name: string;
  readonly mediaStreamType: string;
  readonly participantType: string | undefined;
  readonly startTime: Date | undefined;
  readonly stopTime: Date | undefined;
  readonly status: 'AVAILABLE' | 'DELETED';
  readonly deletionReason: string | undefined;
}

/** Those that can be named, each once. Old records have a single one, whose members are fewer. */
export function recordingsIn(record: string | null): readonly RecordedMedia[] {
  const { Recordings, Recording } = objectOf(record === null ? {} : JSON.parse(record));
  const found = new Map<string, RecordedMedia>();
  for (const value of Array.isArray(Recordings) ? Recordings : [Recording]) {
    const { Type, MediaStreamType = Type } = objectOf(value);
    const { Location, ParticipantType, Status, DeletionReason, StartTimestamp, StopTimestamp } = recordingOf(value);
    const name = Location?.slice(Location.lastIndexOf('/') + 1);
    if (!name || found.has(name)) continue;
    found.set(name, {
      name,
      mediaStreamType: textOf(MediaStreamType) ?? 'AUDIO',
      participantType: ParticipantType,
      startTime: StartTimestamp,
      stopTime: StopTimestamp,
      status: (Status as string | undefined) === 'DELETED' ? 'DELETED' : 'AVAILABLE',
      deletionReason: DeletionReason,
    });
  }
  return [...found.values()];
}

const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
/** All numbers of a contact are whole. A record can have 1e400, too, which JavaScript takes for infinite. */
const wholeOf = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) : undefined);

/** Times that JavaScript reads and JSON can say. */
function timeOf(value: unknown): Date | undefined {
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value) : null;
  return time && !Number.isNaN(time.getTime()) ? time : undefined;
}

/** Undefined for a structure of which nothing is known. */
const present = <T extends object>(structure: T): T | undefined =>
  Object.values(structure).some((value) => value !== undefined) ? structure : undefined;

const endpointOf = (value: unknown) => {
  const { Type, Address, DisplayName } = objectOf(value);
  return present({
    Type: textOf(Type) as 'TELEPHONE_NUMBER',
    Address: textOf(Address),
    DisplayName: textOf(DisplayName),
  });
};

const recordingOf = (value: unknown) => {
  const item = objectOf(value);
  return {
    StorageType: textOf(item.StorageType) as 'S3',
    Location: textOf(item.Location),
    MediaStreamType: textOf(item.MediaStreamType) as 'AUDIO',
    ParticipantType: textOf(item.ParticipantType) as 'AGENT',
    FragmentStartNumber: textOf(item.FragmentStartNumber),
    FragmentStopNumber: textOf(item.FragmentStopNumber),
    StartTimestamp: timeOf(item.StartTimestamp),
    StopTimestamp: timeOf(item.StopTimestamp),
    Status: textOf(item.Status) as 'AVAILABLE',
    DeletionReason: textOf(item.DeletionReason),
  };
};

/** The texts and numbers among them; what is nested stays in the record. */
function segmentsOf(value: unknown): Shown['SegmentAttributes'] {
  const entries = Object.entries(objectOf(value)).flatMap(([key, held]) => {
    const { ValueString, ValueInteger } = objectOf(held);
    const known = present({ ValueString: textOf(ValueString), ValueInteger: wholeOf(ValueInteger) });
    return known ? [[key, known] as const] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
