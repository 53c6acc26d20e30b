import { randomUUID } from 'node:crypto';
import { creationOf } from '../../../audit/change.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, length, newTags, phoneNumber } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { snapshotOf, targetIn } from '../rules.ts';
import { insertQuickConnects, lockTarget } from '../store.ts';

/** What the model says of a QuickConnectConfig, for every operation that takes one. */
export const configConstraints = {
  'PhoneNumberQuickConnectConfig.PhoneNumber': phoneNumber,
  'UserQuickConnectConfig.ContactFlowId': length(1, 500),
  'QueueQuickConnectConfig.ContactFlowId': length(1, 500),
  'FlowQuickConnectConfig.ContactFlowId': length(1, 500),
};

export const createQuickConnect = defineWrite('CreateQuickConnect', {
  permission: 'TransferDestinations.Create',
  constraints: {
    ...instanceId,
    ...newTags,
    ...configConstraints,
    Name: length(1, 127),
    Description: length(1, 250),
  },
  handler: async ({ db, instance, now, region }, input) => {
    const target = targetIn(input.QuickConnectConfig);
    await lockTarget(db, instance.id, target);
    const id = randomUUID();
    const made = {
      id,
      instanceId: instance.id,
      name: input.Name,
      description: input.Description ?? null,
      target,
      tags: input.Tags ?? {},
      now,
      region,
    };
    await insertQuickConnects(db, [made]);
    return {
      output: { QuickConnectId: id, QuickConnectARN: arnOf(instance, 'transfer-destination', id) },
      changes: [creationOf('transfer-destination', made, snapshotOf(made))],
    };
  },
});
