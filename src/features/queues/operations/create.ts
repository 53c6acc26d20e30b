import { randomUUID } from 'node:crypto';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, items, length, newTags, range } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { keepPresent } from '../../../operations/present.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { withUniqueName } from '../../../operations/unique-name.ts';
import { associate } from '../../quick-connects/association-store.ts';
import { outboundCallerConfigOf, outboundCallerConstraints, outboundEmailConstraints } from '../outbound.ts';
import { createdQueue } from '../snapshots.ts';
import { insertQueues } from '../store.ts';

export const createQueue = defineWrite('CreateQueue', {
  permission: 'Queues.Create',
  approximate:
    'Phone numbers and e-mail addresses are not kept: their ids are not looked up, and EmailAddressesConfig has no effect.',
  constraints: {
    ...instanceId,
    ...newTags,
    ...outboundCallerConstraints,
    ...outboundEmailConstraints,
    Name: length(1, 127),
    Description: length(1, 250),
    MaxContacts: range(0, null),
    QuickConnectIds: items(1, 50),
    EmailAddressesConfig: items(1, 50),
    'EmailAddressConfig.EmailAddressId': length(1, 500),
  },
  handler: async ({ db, instance, now, region }, input) => {
    const hoursOfOperationId = input.HoursOfOperationId;
    const quickConnectIds = [...new Set(input.QuickConnectIds ?? [])];
    await requireRoom(db, instance.id, 'queue');
    await keepPresent(db, instance, 'operating-hours', [hoursOfOperationId]);
    const outboundCallerConfig = input.OutboundCallerConfig
      ? await outboundCallerConfigOf(db, instance, input.OutboundCallerConfig)
      : null;
    await keepPresent(db, instance, 'transfer-destination', quickConnectIds);
    const id = randomUUID();
    const made = {
      id,
      instanceId: instance.id,
      name: input.Name,
      description: input.Description ?? null,
      hoursOfOperationId,
      maxContacts: input.MaxContacts ?? null,
      outboundCallerConfig,
      outboundEmailConfig: input.OutboundEmailConfig ?? null,
      tags: input.Tags ?? {},
      now,
      region,
    };
    await withUniqueName({ constraint: 'queue_name_key', kind: 'queue', name: input.Name }, insertQueues(db, [made]));
    await associate(
      db,
      quickConnectIds.map((quickConnectId) => ({ queueId: id, quickConnectId })),
    );
    return {
      output: { QueueId: id, QueueArn: arnOf(instance, 'queue', id) },
      changes: [createdQueue(made, quickConnectIds)],
    };
  },
});
