import { randomUUID } from 'node:crypto';
import { arnOf } from '../../operations/arn.ts';
import type { Change, Tx } from '../../operations/define-operation.ts';
import { insertAgentStatuses } from '../agent-statuses/store.ts';
import { audit } from '../audit/store.ts';
import { defaultFlows } from '../flows/default-flows.ts';
import { insertContactFlows } from '../flows/store.ts';
import { systemAttributes } from '../predefined-attributes/rules.ts';
import { insertPredefinedAttributes } from '../predefined-attributes/store.ts';
import { insertHoursOfOperation, insertQueues, insertRoutingProfiles } from '../routing/store.ts';
import { defaultSecurityProfiles } from '../security-profiles/default-profiles.ts';
import { insertSecurityProfiles } from '../security-profiles/store.ts';
import { insertInstance } from './store.ts';
import type { Instance } from './types.ts';

export interface NewInstance {
  readonly id: string;
  readonly region: string;
  readonly accountId: string;
  readonly alias: string | null;
  readonly identityManagementType: Instance['identityManagementType'];
  readonly inboundCallsEnabled?: boolean;
  readonly outboundCallsEnabled?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  /** Of the request that asked for it; unset: Cordboard itself did. */
  readonly requestId?: string;
}

/**
 * Makes an instance with what Amazon Connect puts into every new one, in the caller's transaction: four security
 * profiles, Basic Hours, BasicQueue, Basic Routing Profile, two agent statuses, the system's predefined attributes, the
 * default flows, and a hierarchy without levels. All of it is audited as made by Cordboard.
 * An alias that is taken violates instance_alias_key.
 */
export async function createInstance(tx: Tx, made: NewInstance): Promise<Instance> {
  const instance: Instance = {
    id: made.id,
    region: made.region,
    accountId: made.accountId,
    alias: made.alias,
    identityManagementType: made.identityManagementType,
    status: 'ACTIVE',
    inboundCallsEnabled: made.inboundCallsEnabled ?? true,
    outboundCallsEnabled: made.outboundCallsEnabled ?? true,
    tags: made.tags ?? {},
    createdTime: made.now,
  };
  await insertInstance(tx, instance);
  const resources = await insertBeginnings(tx, instance, made.now);
  await audit(tx, {
    instanceId: instance.id,
    time: made.now,
    operation: 'CreateInstance',
    actor: { type: 'SYSTEM', id: 'cordboard', name: 'Cordboard' },
    permission: 'beginnings of a new instance',
    requestId: made.requestId ?? randomUUID(),
    changes: [created('instance', { id: instance.id, name: instance.alias ?? instance.id }), ...resources],
  });
  return instance;
}

const created = (resourceType: Change['resourceType'], { id, name }: { id: string; name: string }): Change => ({
  change: 'CREATED',
  resourceType,
  resourceId: id,
  resourceName: name,
});

async function insertBeginnings(tx: Tx, instance: Instance, now: Date): Promise<Change[]> {
  const common = () => ({ id: randomUUID(), instanceId: instance.id, now, region: instance.region });

  const profiles = defaultSecurityProfiles.map((profile) => ({ ...common(), ...profile }));
  await insertSecurityProfiles(tx, profiles);

  const hours = { ...common(), name: 'Basic Hours', description: 'Always open', timeZone: 'UTC', config: allWeek };
  await insertHoursOfOperation(tx, [hours]);
  const queue = {
    ...common(),
    name: 'BasicQueue',
    description: 'A simple, basic voice queue.',
    hoursOfOperationId: hours.id,
  };
  await insertQueues(tx, [queue]);
  const routingProfile = {
    ...common(),
    name: 'Basic Routing Profile',
    description: 'A simple routing profile.',
    defaultOutboundQueueId: queue.id,
    isDefault: true,
    mediaConcurrencies: channels.map(([Channel, Concurrency]) => ({ Channel, Concurrency })),
    queues: channels.map(([channel]) => ({ queueId: queue.id, channel, priority: 1, delay: 0 })),
  };
  await insertRoutingProfiles(tx, [routingProfile]);

  const statuses = agentStatuses.map((status) => ({ ...common(), ...status }));
  await insertAgentStatuses(tx, statuses);
  const attributes = systemAttributes.map((attribute) => ({ ...common(), ...attribute }));
  await insertPredefinedAttributes(tx, attributes);
  const flows = defaultFlows(arnOf(instance, 'queue', queue.id)).map((flow) => ({ ...common(), ...flow }));
  await insertContactFlows(tx, flows);

  return [
    ...profiles.map((one) => created('security-profile', one)),
    created('operating-hours', hours),
    created('queue', queue),
    created('routing-profile', routingProfile),
    ...statuses.map((one) => created('agent-state', one)),
    ...attributes.map(({ name }) => created('predefined-attribute', { id: name, name })),
    ...flows.map((one) => created('contact-flow', one)),
  ];
}

const channels = [
  ['VOICE', 1],
  ['CHAT', 2],
  ['TASK', 1],
] as const;

const days = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

/** An end of 0:00 is the end of the day. */
const allWeek = days.map((Day) => ({ Day, StartTime: { Hours: 0, Minutes: 0 }, EndTime: { Hours: 0, Minutes: 0 } }));

const agentStatuses = [
  { name: 'Available', description: null, type: 'ROUTABLE', state: 'ENABLED', displayOrder: 1 },
  { name: 'Offline', description: null, type: 'OFFLINE', state: 'ENABLED', displayOrder: 2 },
] as const;
