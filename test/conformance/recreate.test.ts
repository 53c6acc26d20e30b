import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '../support/wire-request.ts';
import { placesOf } from './coverage.ts';
import { type House, offered, offeredOperation, openHouse } from './house.ts';
import { allRequestsOf } from './requests.ts';

/** What answers show: anything. */
// biome-ignore lint/suspicious/noExplicitAny: the test walks answers as clients without types do.
type Seen = any;

interface Resource {
  /** The operation that shows one. */
  readonly describe: string;
  /** From what Create answers and was given to what Describe needs. */
  readonly named: (made: Seen, input: Input) => Input;
  /** The member that no two may have alike. */
  readonly name?: string;
  /** What other operations show, and what no operation shows, as Create takes it. */
  readonly also?: (described: Seen, call: (name: string, input: Input) => Promise<Seen>) => Promise<Input> | Input;
  /** Members of which a request may have the ones or the others (API Reference), though Describe answers both. */
  readonly either?: readonly (readonly string[])[];
}

const byId = (member: string, from = member) => ({ named: (made: Seen) => ({ [member]: made[from] }) });

const resources: Readonly<Record<string, Resource>> = {
  CreateAccessKey: {
    describe: 'ListAccessKeys',
    named: () => ({ MaxResults: 100 }),
  },
  CreateAgentStatus: { describe: 'DescribeAgentStatus', ...byId('AgentStatusId'), name: 'Name' },
  CreateContactFlow: { describe: 'DescribeContactFlow', ...byId('ContactFlowId'), name: 'Name' },
  CreateContactFlowModule: {
    describe: 'DescribeContactFlowModule',
    ...byId('ContactFlowModuleId', 'Id'),
    name: 'Name',
  },
  CreateHoursOfOperation: {
    describe: 'DescribeHoursOfOperation',
    ...byId('HoursOfOperationId'),
    name: 'Name',
    also: ({ ParentHoursOfOperations: parents = [] }) => ({
      ParentHoursOfOperationConfigs: parents.map(({ Id }: Seen) => ({ HoursOfOperationId: Id })),
    }),
  },
  CreateHoursOfOperationOverride: {
    describe: 'DescribeHoursOfOperationOverride',
    named: (made, { HoursOfOperationId }) => ({
      HoursOfOperationId,
      HoursOfOperationOverrideId: made.HoursOfOperationOverrideId,
    }),
    name: 'Name',
  },
  CreateInstance: {
    describe: 'DescribeInstance',
    ...byId('InstanceId', 'Id'),
    name: 'InstanceAlias',
    also: ({ IdentityManagementType: type }) => (type === 'EXISTING_DIRECTORY' ? { DirectoryId: 'd-926726f57a' } : {}),
  },
  CreatePredefinedAttribute: {
    describe: 'DescribePredefinedAttribute',
    named: (_, { Name }) => ({ Name }),
    name: 'Name',
  },
  CreateQueue: {
    describe: 'DescribeQueue',
    ...byId('QueueId'),
    name: 'Name',
    also: async ({ QueueId }, call) => {
      const { QuickConnectSummaryList: found } = await call('ListQueueQuickConnects', { QueueId });
      return { QuickConnectIds: found.map(({ Id }: Seen) => Id) };
    },
  },
  CreateQuickConnect: { describe: 'DescribeQuickConnect', ...byId('QuickConnectId'), name: 'Name' },
  CreateRoutingProfile: {
    describe: 'DescribeRoutingProfile',
    ...byId('RoutingProfileId'),
    name: 'Name',
    also: async ({ RoutingProfileId }, call) => {
      const queues = await call('ListRoutingProfileQueues', { RoutingProfileId });
      const manual = await call('ListRoutingProfileManualAssignmentQueues', { RoutingProfileId });
      const pair = ({ QueueId, Channel }: Seen) => ({ QueueReference: { QueueId, Channel } });
      return {
        QueueConfigs: queues.RoutingProfileQueueConfigSummaryList.map((queue: Seen) => ({
          ...pair(queue),
          Priority: queue.Priority,
          Delay: queue.Delay,
        })),
        ManualAssignmentQueueConfigs: manual.RoutingProfileManualAssignmentQueueConfigSummaryList.map(pair),
      };
    },
  },
  CreateSavedReport: { describe: 'DescribeSavedReport', ...byId('SavedReportId'), name: 'Name' },
  CreateSecurityProfile: {
    describe: 'DescribeSecurityProfile',
    ...byId('SecurityProfileId'),
    name: 'SecurityProfileName',
    also: async ({ Id: SecurityProfileId }, call) => {
      const { Permissions } = await call('ListSecurityProfilePermissions', { SecurityProfileId });
      const { Applications } = await call('ListSecurityProfileApplications', { SecurityProfileId });
      const { AllowedFlowModules } = await call('ListSecurityProfileFlowModules', { SecurityProfileId });
      const { AllowedAIAgents } = await call('ListSecurityProfileAIAgents', { SecurityProfileId });
      return { Permissions, Applications, AllowedFlowModules, AllowedAIAgents };
    },
  },
  CreateUser: {
    describe: 'DescribeUser',
    ...byId('UserId'),
    name: 'Username',
    also: () => ({ Password: 'User-Password-1' }),
    either: [
      ['PhoneConfig'],
      ['AutoAcceptConfigs', 'AfterContactWorkConfigs', 'PhoneNumberConfigs', 'PersistentConnectionConfigs'],
    ],
  },
  CreateUserHierarchyGroup: {
    describe: 'DescribeUserHierarchyGroup',
    ...byId('HierarchyGroupId'),
    name: 'Name',
    also: ({ HierarchyPath }) => ({ ParentGroupId: (Object.values(HierarchyPath) as Seen[]).at(-2)?.Id }),
  },
};

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const call = async (name: string, input: Input): Promise<Seen> => {
  const answer = await house.sendInput(name, input);
  if (answer.status >= 300) throw new Error(`${name} ${JSON.stringify(input)} answered ${answer.text}`);
  return JSON.parse(answer.text);
};

/** What is there, as a client that copies it would write it into Create: every member that Create knows, as it was answered. */
async function copyOf(name: string, resource: Resource, made: Seen, input: Input): Promise<Input> {
  const answer = await call(resource.describe, resource.named(made, input));
  const { AccessKey: key } = made;
  const described: Seen = key
    ? answer.AccessKeys.find((listed: Seen) => listed.AccessKeyId === key.AccessKeyId)
    : Object.values(answer)[0];
  const known = placesOf(offeredOperation(name));
  const shown = Object.entries(described).filter(([member]) => known.has(member));
  const also = Object.entries((await resource.also?.(described, call)) ?? {});
  // A list that has to have an entry (the model says so, and SDKs see to it) is left out where there is none.
  const filled = also.filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return { ...Object.fromEntries(shown), ...Object.fromEntries(filled) };
}

test('every Create is here', () => {
  expect(Object.keys(resources)).toEqual([...offered.keys()].filter((name) => name.startsWith('Create')).sort());
});

test.each(Object.entries(resources))('what Describe answers is good enough for %s', async (name, resource) => {
  for (const { kind, build } of allRequestsOf(offeredOperation(name))) {
    const input = await build(house.world);
    const whole = await copyOf(name, resource, await call(name, input), input);
    for (const leftOut of resource.either ?? [[]]) {
      const copied = Object.entries(whole).filter(([member]) => !leftOut.includes(member));
      const copy: Seen = Object.fromEntries(copied);
      if (resource.name) copy[resource.name] = house.world.fresh(copy[resource.name]).replace(' ', '-');
      if (name === 'CreateHoursOfOperationOverride') copy.HoursOfOperationId = await house.world.makeHours();
      const again = await copyOf(name, resource, await call(name, copy), copy);
      expect(again, `${name}, ${kind}`).toMatchObject(copy);
    }
  }
});

test('no tags are the same as an empty map of tags', async () => {
  for (const [name, resource] of Object.entries(resources)) {
    const operation = offeredOperation(name);
    if (!placesOf(operation).has('Tags')) continue;
    const [, minimal] = allRequestsOf(operation);
    const input = { ...(await minimal?.build(house.world)), Tags: {} };
    const { Tags = {} } = await copyOf(name, resource, await call(name, input), input);
    expect(Tags, name).toEqual({});
  }
});
