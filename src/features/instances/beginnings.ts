import { randomUUID } from 'node:crypto';
import { type Change, creationOf } from '../../audit/change.ts';
import { audit } from '../../audit/store.ts';
import type { Tx } from '../../database/db.ts';
import { arnOf } from '../../operations/arn.ts';
import type { Instance } from '../../operations/instance.ts';
import { createdStatus } from '../agent-statuses/rules.ts';
import { insertAgentStatuses } from '../agent-statuses/store.ts';
import { sha256 } from '../flows/content.ts';
import { defaultFlows } from '../flows/default-flows.ts';
import { insertContactFlows } from '../flows/store.ts';
import { createdHours } from '../hours-of-operation/snapshots.ts';
import { insertHoursOfOperation } from '../hours-of-operation/store.ts';
import { systemAttributes } from '../predefined-attributes/rules.ts';
import { insertPredefinedAttributes } from '../predefined-attributes/store.ts';
import { createdQueue } from '../queues/snapshots.ts';
import { insertQueues } from '../queues/store.ts';
import { createdRoutingProfile } from '../routing-profiles/snapshots.ts';
import { insertRoutingProfiles } from '../routing-profiles/store.ts';
import { defaultSecurityProfiles } from '../security-profiles/default-profiles.ts';
import { insertSecurityProfiles } from '../security-profiles/store.ts';
import { aliasTaken, snapshotOf } from './rules.ts';
import { insertInstance } from './store.ts';

export interface NewInstance {
  readonly id: string;
  readonly region: string;
  readonly accountId: string;
  readonly alias: string | null;
  readonly identityManagementType: Instance['identityManagementType'];
  readonly directoryId?: string | null;
  readonly inboundCallsEnabled?: boolean;
  readonly outboundCallsEnabled?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  /** Until then it is being created; `now` if left out. */
  readonly activeTime?: Date;
  readonly now: Date;
}

export function newInstance(made: NewInstance): Instance {
  return {
    id: made.id,
    region: made.region,
    accountId: made.accountId,
    alias: made.alias,
    identityManagementType: made.identityManagementType,
    directoryId: made.directoryId ?? null,
    inboundCallsEnabled: made.inboundCallsEnabled ?? true,
    outboundCallsEnabled: made.outboundCallsEnabled ?? true,
    attributes: {},
    tags: made.tags ?? {},
    createdTime: made.now,
    activeTime: made.activeTime ?? made.now,
    deletionTime: null,
  };
}

/**
 * Makes an instance with its beginnings, in the caller's transaction, without anybody having asked for it: the first one.
 * @throws InvalidRequestException when its alias is taken
 */
export async function createInstance(tx: Tx, made: NewInstance): Promise<Instance> {
  const instance = newInstance(made);
  if (!(await insertInstance(tx, instance))) throw aliasTaken();
  const itself = creationOf('instance', { id: instance.id, name: instance.alias ?? instance.id }, snapshotOf(instance));
  await addBeginnings(tx, instance, { now: made.now, requestId: randomUUID(), alsoMade: [itself] });
  return instance;
}

/**
 * What Amazon Connect puts into every new instance: four security profiles, Basic Hours, BasicQueue, Basic Routing
 * Profile, two agent statuses, the system's predefined attributes, the default flows, and a hierarchy without levels.
 * All of it is audited as made by Cordboard.
 */
export async function addBeginnings(
  tx: Tx,
  instance: Instance,
  given: { readonly now: Date; readonly requestId: string; readonly alsoMade?: readonly Change[] },
): Promise<void> {
  const resources = await insertBeginnings(tx, instance, given.now);
  await audit(tx, {
    instanceId: instance.id,
    time: given.now,
    operation: 'CreateInstance',
    actor: { type: 'SYSTEM', id: 'cordboard', name: 'Cordboard' },
    permission: 'beginnings of a new instance',
    requestId: given.requestId,
    changes: [...(given.alsoMade ?? []), ...resources],
  });
}

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
    ...profiles.map((one) =>
      creationOf('security-profile', one, { Description: one.description, Permissions: one.permissions }),
    ),
    createdHours(hours),
    createdQueue(queue),
    createdRoutingProfile(routingProfile),
    ...statuses.map(createdStatus),
    ...attributes.map((one) =>
      creationOf('predefined-attribute', { id: one.name, name: one.name }, { Values: one.values }),
    ),
    ...flows.map((one) =>
      creationOf('contact-flow', one, {
        Type: one.type,
        Description: one.description,
        Status: 'PUBLISHED',
        FlowContentSha256: sha256(one.content),
      }),
    ),
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
