import { randomUUID } from 'node:crypto';
import { databaseTime } from '../../src/database/clock.ts';
import type { Db } from '../../src/database/db.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { runRange } from '../../src/features/user-batches/run-range.ts';
import { insertUsers } from '../../src/features/users/store.ts';
import type { NewUser } from '../../src/features/users/types.ts';
import { arnOf, instanceArn } from '../../src/operations/arn.ts';
import type { Instance } from '../../src/operations/instance.ts';
import { agentStream } from '../support/agent-events.ts';
import { makeInstance } from '../support/centre.ts';
import { contactRecord } from '../support/contact-records.ts';
import type { Input } from '../support/wire-request.ts';

type Answer = Readonly<Record<string, unknown>>;

/**
 * Calls an operation in the instance with an access key that may do everything. @throws Error unless it succeeds.
 */
type Call = (name: string, input: Input) => Promise<Answer>;

/** On everything that has tags. */
export const tags = { Team: 'Claims', Site: 'Zürich 1' };

/** Of every contact. */
export const recordingName = 'call.wav';

/** Flow language that can be published. */
export const flowContent = JSON.stringify({
  Version: '2019-10-30',
  StartAction: 'end',
  Actions: [{ Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} }],
});

/**
 * An instance with two or more of everything, for requests to name, and the means to make more: what a request changes
 * or deletes it has made for itself, so that any number of requests can be built in any order.
 */
export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld(db: Db, instance: Instance, call: Call) {
  let count = 0;
  /** A name that nothing else has. */
  const fresh = (what: string) => {
    count += 1;
    return `${what} ${count}`;
  };
  /** Makes something by the operation and answers the id that stands in this member. */
  const create = async (name: string, member: string, input: Input): Promise<string> => {
    const id = (await call(name, input))[member];
    if (typeof id !== 'string') throw new Error(`${name} answered no ${member}.`);
    return id;
  };
  const idOf = async (table: 'queue' | 'routing_profile' | 'security_profile', name: string) => {
    const found = db.selectFrom(table).select('id').where('instance_id', '=', instance.id).where('name', '=', name);
    return (await found.executeTakeFirstOrThrow()).id;
  };

  await call('UpdateUserHierarchyStructure', {
    HierarchyStructure: { LevelOne: { Name: 'Site' }, LevelTwo: { Name: 'Department' } },
  });
  const basicQueue = await idOf('queue', 'BasicQueue');
  const basicRoutingProfile = await idOf('routing_profile', 'Basic Routing Profile');
  const agentProfile = await idOf('security_profile', 'Agent');
  const adminProfile = await idOf('security_profile', 'Admin');

  const makeUser = async (user: Partial<NewUser> = {}): Promise<string> => {
    const made = {
      id: randomUUID(),
      username: fresh('user').replace(' ', ''),
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@example.com',
      passwordHash: 'a hash that nobody signs in with',
      routingProfileId: basicRoutingProfile,
      securityProfileIds: [agentProfile],
      tags,
      ...user,
    };
    await inTransaction(db, (tx) => databaseTime(tx).then((time) => insertUsers(tx, instance, [made], time)));
    return made.id;
  };
  // Users who administer, so that nobody else is the last who does.
  await makeUser({ securityProfileIds: [adminProfile] });

  const makeGroup = (ParentGroupId?: string) =>
    create('CreateUserHierarchyGroup', 'HierarchyGroupId', { Name: fresh('Group'), ParentGroupId, Tags: tags });
  const makeHours = (more: Input = {}) =>
    create('CreateHoursOfOperation', 'HoursOfOperationId', {
      Name: fresh('Hours'),
      Description: 'While the shop is open',
      TimeZone: 'Europe/Zurich',
      Config: [{ Day: 'MONDAY', StartTime: { Hours: 8, Minutes: 0 }, EndTime: { Hours: 17, Minutes: 30 } }],
      Tags: tags,
      ...more,
    });
  const makeOverride = (HoursOfOperationId: string) =>
    create('CreateHoursOfOperationOverride', 'HoursOfOperationOverrideId', {
      HoursOfOperationId,
      Name: fresh('Override'),
      Description: 'A holiday',
      Config: [{ Day: 'MONDAY', StartTime: { Hours: 9, Minutes: 0 }, EndTime: { Hours: 12, Minutes: 0 } }],
      EffectiveFrom: '2031-01-06',
      EffectiveTill: '2031-01-07',
    });
  const makeFlow = (Type: string, more: Input = {}) =>
    create('CreateContactFlow', 'ContactFlowId', {
      Name: fresh('Flow'),
      Type,
      Content: flowContent,
      Tags: tags,
      ...more,
    });
  const makeModule = () =>
    create('CreateContactFlowModule', 'Id', { Name: fresh('Module'), Content: flowContent, Tags: tags });
  const makeAttribute = async () => {
    const Name = fresh('Skill');
    await call('CreatePredefinedAttribute', { Name, Values: { StringList: ['Gold', 'Silver'] } });
    return Name;
  };
  const makeStatus = () =>
    create('CreateAgentStatus', 'AgentStatusId', { Name: fresh('Status'), State: 'ENABLED', Tags: tags });
  const hours = await makeHours();
  const makeQueue = () =>
    create('CreateQueue', 'QueueId', { Name: fresh('Queue'), HoursOfOperationId: hours, Tags: tags });
  const queue = await makeQueue();
  const otherQueue = await makeQueue();
  const makeRoutingProfile = () =>
    create('CreateRoutingProfile', 'RoutingProfileId', {
      Name: fresh('Routing profile'),
      Description: 'Of a team',
      DefaultOutboundQueueId: queue,
      MediaConcurrencies: [{ Channel: 'VOICE', Concurrency: 1 }],
      QueueConfigs: [queue, otherQueue].map((QueueId) => ({
        QueueReference: { QueueId, Channel: 'VOICE' },
        Priority: 1,
        Delay: 0,
      })),
      ManualAssignmentQueueConfigs: [queue, otherQueue].map((QueueId) => ({
        QueueReference: { QueueId, Channel: 'VOICE' },
      })),
      Tags: tags,
    });
  const group = await makeGroup();
  const module = await makeModule();
  const otherModule = await makeModule();
  const securityProfile = {
    Description: 'Everything that can be said',
    Permissions: ['Users.View', 'Queues.View'],
    AllowedAccessControlTags: { Team: 'Claims' },
    TagRestrictedResources: ['User', 'Queue'],
    HierarchyRestrictedResources: ['User'],
    AllowedAccessControlHierarchyGroupId: group,
    Applications: [
      { Namespace: 'an.app', ApplicationPermissions: ['ACCESS'], Type: 'THIRD_PARTY_APPLICATION' },
      { Namespace: 'other.app', ApplicationPermissions: ['ACCESS'], Type: 'MCP' },
    ],
    AllowedFlowModules: [module, otherModule].map((FlowModuleId) => ({ Type: 'MCP', FlowModuleId })),
    AllowedAIAgents: ['a', 'b'].map((name) => ({
      Arn: `arn:aws:wisdom:us-east-1:123456789012:ai-agent/a/${name}`,
      Type: 'THIRD_PARTY',
    })),
    GranularAccessControlConfiguration: {
      DataTableAccessControlConfiguration: {
        PrimaryAttributeAccessControlConfiguration: {
          PrimaryAttributeValues: [{ AccessType: 'ALLOW', AttributeName: 'Site', Values: ['Paris'] }],
        },
      },
    },
  };
  const makeSecurityProfile = (more: Input = securityProfile) =>
    create('CreateSecurityProfile', 'SecurityProfileId', {
      SecurityProfileName: fresh('Security profile'),
      Tags: tags,
      ...more,
    });
  const agentTransfer = await makeFlow('AGENT_TRANSFER');
  const queueTransfer = await makeFlow('QUEUE_TRANSFER');
  const makeQuickConnect = (user: string) =>
    create('CreateQuickConnect', 'QuickConnectId', {
      Name: fresh('Quick connect'),
      Description: 'To somebody',
      QuickConnectConfig: {
        QuickConnectType: 'USER',
        UserConfig: { UserId: user, ContactFlowId: agentTransfer },
      },
      Tags: tags,
    });
  const work = async () => {
    const log = { warn: () => {}, error: (details: object) => void console.error(details) };
    while ((await runRange({ db, rangeSize: 100, log })) !== 'NOTHING');
  };
  /** QUEUED, or what became of it: one of its two users is not there, so it ends with a failure. */
  const makeBatch = async (state: 'QUEUED' | 'PAUSED' | 'ENDED') => {
    const UserIds = [await makeUser(), randomUUID()];
    const UserBatchId = await create('StartUserDeletion', 'UserBatchId', { UserIds });
    if (state === 'PAUSED') await call('PauseUserBatch', { UserBatchId });
    if (state === 'ENDED') await work();
    return UserBatchId;
  };
  /** Of somebody and a queue that are here, in a chain if there is a first one; found by whatever SearchContacts can ask. */
  const recordOf = (user: string, group: string, initial: string | null = null) => {
    const more = {
      InitialContactId: initial,
      ContactDetails: { ContactDetailsName: 'A refund' },
      Attributes: { Language: 'de' },
      SegmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Telephony' } },
      Tags: tags,
      Recordings: [{ StorageType: 'S3', Location: `bucket/calls/${recordingName}`, MediaStreamType: 'AUDIO' }],
    };
    const contactId = randomUUID();
    const agent = { id: user, username: fresh('agent'), groups: [{ id: group, name: 'A group' }] };
    const start = new Date('2026-11-02T09:00:00Z');
    const record = contactRecord(instance, { contactId, start, agent, queue: { id: queue, name: 'A queue' }, more });
    return { contactId, record };
  };
  const importRecord = async ({ contactId, record }: { contactId: string; record: string }) => {
    await call('ImportContactRecords', { Records: [record] });
    return contactId;
  };
  const eventsOf = (user: string, group: string, profile: string, username = fresh('agent')) => {
    const routingProfile = { id: profile, name: 'A profile' };
    const agent = { id: user, username, groups: [{ id: group, name: 'A group' }], routingProfile };
    const contact = { contactId: randomUUID(), queue: { id: queue, name: 'A queue' } };
    return agentStream(instance, agent, new Date('2026-11-02T09:00:00Z'), [
      { at: 0, type: 'LOGIN' },
      { at: 1000, status: 'Available' },
      { at: 60_000, contact: { ...contact, state: 'CONNECTING' } },
      { at: 65_000, contact: { ...contact, state: 'CONNECTED' } },
      { at: 125_000, contact: { ...contact, state: null } },
      { at: 3_600_000, status: 'Offline' },
      { at: 3_601_000, type: 'LOGOUT' },
      { at: 7_200_000, type: 'LOGIN' },
      { at: 7_201_000, type: 'LOGOUT' },
    ]);
  };
  const makeSavedReport = () =>
    create('CreateSavedReport', 'SavedReportId', {
      Name: fresh('Report'),
      Type: 'AGENT_PERFORMANCE',
      Settings: { TimeRange: { Type: 'YESTERDAY' }, Metrics: [{ Name: 'CONTACTS_HANDLED' }] },
    });
  const makeAccessKey = async () => {
    const { AccessKey } = (await call('CreateAccessKey', { Actions: ['connect:List*'] })) as {
      AccessKey: { AccessKeyId: string };
    };
    return AccessKey.AccessKeyId;
  };

  const world = {
    db,
    instance,
    call,
    create,
    fresh,
    /** Has what every instance begins with. */
    otherInstance: await makeInstance(db, `other-${instance.id.slice(0, 8)}`),
    /** Of this instance. */
    instanceArn: instanceArn(instance),
    arn: (type: Parameters<typeof arnOf>[1], id: string) => arnOf(instance, type, id),

    basicQueue,
    basicRoutingProfile,
    agentProfile,
    adminProfile,
    hours,
    queue,
    otherQueue,
    group,
    module,
    agentTransfer,
    queueTransfer,
    outboundWhisper: await makeFlow('OUTBOUND_WHISPER'),
    flow: await makeFlow('CONTACT_FLOW'),
    /** Whatever a security profile can say but its name and its tags. */
    securityProfile,
    attribute: await makeAttribute(),
    otherAttribute: await makeAttribute(),
    user: await makeUser({ hierarchyGroupId: group }),
    otherUser: await makeUser({ hierarchyGroupId: group }),
    status: await makeStatus(),
    otherStatus: await makeStatus(),
    override: await makeOverride(hours),
    routingProfile: await makeRoutingProfile(),
    otherRoutingProfile: await makeRoutingProfile(),
    madeSecurityProfile: await makeSecurityProfile(),
    otherSecurityProfile: await makeSecurityProfile(),
    quickConnect: '',
    /** The first of a chain of two. */
    contact: '',
    /** Published. */
    savedReport: await makeSavedReport(),
    endedBatch: await makeBatch('ENDED'),
    otherBatch: await makeBatch('ENDED'),

    makeUser,
    makeGroup,
    makeHours,
    makeOverride,
    makeFlow,
    makeModule,
    makeAttribute,
    makeStatus,
    makeQueue,
    makeRoutingProfile,
    makeSecurityProfile,
    makeQuickConnect,
    makeBatch,
    makeSavedReport,
    makeAccessKey,
    contactRecord: () => recordOf(world.user, group).record,
    makeContact: () => importRecord(recordOf(world.user, group)),
    /** An hour of somebody's, with two logins. */
    agentEvents: () => eventsOf(world.user, group, world.routingProfile),
    /** The history knows somebody with it. */
    agentLogin: fresh('agent'),
  };
  await call('UpdateSavedReportStatus', { SavedReportId: world.savedReport, Status: 'PUBLISHED' });
  world.contact = await world.makeContact();
  await importRecord(recordOf(world.user, group, world.contact));
  const Records = eventsOf(world.user, group, world.routingProfile, world.agentLogin);
  await call('ImportAgentEvents', { Records });
  world.quickConnect = await makeQuickConnect(world.user);
  const QuickConnectIds = [world.quickConnect, await makeQuickConnect(world.otherUser)];
  await call('AssociateQueueQuickConnects', { QueueId: queue, QuickConnectIds });
  await makeOverride(hours);
  await makeGroup(group);
  await makeFlow('CONTACT_FLOW');
  for (let child = 0; child < 2; child += 1) {
    await makeHours({ ParentHoursOfOperationConfigs: [{ HoursOfOperationId: hours }] });
    await makeAccessKey();
  }
  for (const [index, UserId] of [world.user, world.otherUser].entries()) {
    const UserProficiencies = [world.attribute, world.otherAttribute].map((AttributeName) => ({
      AttributeName,
      AttributeValue: 'Gold',
      Level: 3 + index,
    }));
    await call('AssociateUserProficiencies', { UserId, UserProficiencies });
    await call('PutUserStatus', { UserId, AgentStatusId: world.status });
  }
  return world;
}
