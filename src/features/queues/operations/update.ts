import { updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { instanceId, length, range } from '../../../operations/constraints.ts';
import { defineWrite, type InstanceContext } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { keepPresent } from '../../../operations/present.ts';
import { outboundCallerConfigOf, outboundCallerConstraints, outboundEmailConstraints } from '../outbound.ts';
import { queueSettings } from '../snapshots.ts';
import { lockedQueue, updateQueue } from '../store.ts';

const permission = 'Queues.Edit';

/** Changes what differs and notes it, by the names that the API has for it. */
async function change(
  { db, instance, now, region }: InstanceContext<Tx>,
  given: string,
  wanted: Parameters<typeof updateQueue>[2],
) {
  const queue = await lockedQueue(db, instance, given);
  const details = differences<Readonly<Record<string, unknown>>>(
    { Name: queue.name, ...queueSettings(queue) },
    {
      Name: wanted.name,
      Description: wanted.description,
      Status: wanted.status,
      HoursOfOperationId: wanted.hoursOfOperationId,
      MaxContacts: wanted.maxContacts,
      OutboundCallerConfig: wanted.outboundCallerConfig,
      OutboundEmailConfig: wanted.outboundEmailConfig,
    },
  );
  if (details) await updateQueue(db, queue.id, wanted, { now, region });
  return updated('queue', { id: queue.id, name: wanted.name ?? queue.name }, details);
}

/** A member that is absent stays as it is. */
const updateName = defineWrite('UpdateQueueName', {
  permission,
  constraints: { ...instanceId, Name: length(1, 127), Description: length(1, 250) },
  handler: async (context, input) => {
    if (input.Name === undefined && input.Description === undefined) {
      throw invalidParameter('Give a Name, a Description, or both.');
    }
    return change(context, input.QueueId, { name: input.Name, description: input.Description });
  },
});

const updateStatus = defineWrite('UpdateQueueStatus', {
  permission: 'Queues.EnableAndDisable',
  constraints: instanceId,
  handler: (context, input) => change(context, input.QueueId, { status: input.Status }),
});

const updateHours = defineWrite('UpdateQueueHoursOfOperation', {
  permission,
  constraints: instanceId,
  handler: async (context, input) => {
    const hoursId = input.HoursOfOperationId;
    await keepPresent(context.db, context.instance, 'operating-hours', [hoursId]);
    return change(context, input.QueueId, { hoursOfOperationId: hoursId });
  },
});

/** Without MaxContacts the limit goes. */
const updateMaxContacts = defineWrite('UpdateQueueMaxContacts', {
  permission,
  constraints: { ...instanceId, MaxContacts: range(0, null) },
  handler: (context, input) => change(context, input.QueueId, { maxContacts: input.MaxContacts ?? null }),
});

/** Replaces the whole config. */
const updateOutboundCallerConfig = defineWrite('UpdateQueueOutboundCallerConfig', {
  permission,
  approximate: 'Phone numbers are not kept: OutboundCallerIdNumberId is not looked up.',
  constraints: { ...instanceId, ...outboundCallerConstraints },
  handler: async (context, input) =>
    change(context, input.QueueId, {
      outboundCallerConfig: await outboundCallerConfigOf(context.db, context.instance, input.OutboundCallerConfig),
    }),
});

/** Replaces the whole config. */
const updateOutboundEmailConfig = defineWrite('UpdateQueueOutboundEmailConfig', {
  permission,
  approximate: 'E-mail addresses are not kept: OutboundEmailAddressId is not looked up.',
  constraints: { ...instanceId, ...outboundEmailConstraints },
  handler: (context, input) => change(context, input.QueueId, { outboundEmailConfig: input.OutboundEmailConfig }),
});

export const queueUpdates = [
  updateName,
  updateStatus,
  updateHours,
  updateMaxContacts,
  updateOutboundCallerConfig,
  updateOutboundEmailConfig,
] as const;
