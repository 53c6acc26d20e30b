import { createHash, randomUUID } from 'node:crypto';
import { creationOf } from '../../../audit/change.ts';
import { arnOf } from '../../../operations/arn.ts';
import type { InputOf } from '../../../operations/connect-types.ts';
import { instanceId, length, newTags } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { OperationError } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { checkModule, contentLength } from '../../flows/content.ts';
import { lockInstance } from '../../instances/store.ts';
import { names, settings } from '../constraints.ts';
import { snapshotOf } from '../snapshots.ts';
import { findModuleByToken, insertModule } from '../store.ts';

/** Without the token, and with members in one order, so that the same request gives the same text. */
function hashOf({ ClientToken: _, InstanceId: __, ...request }: InputOf<'CreateContactFlowModule'>): string {
  const members = Object.entries(request).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(members)).digest('hex');
}

export const createModule = defineWrite('CreateContactFlowModule', {
  permission: 'ContactFlowModules.Create',
  constraints: {
    ...instanceId,
    ...names,
    ...settings,
    ...newTags,
    Content: contentLength,
    ClientToken: length(0, 500),
  },
  handler: async ({ db, instance, now, region }, input) => {
    const clientToken = input.ClientToken || null;
    const requestHash = clientToken ? hashOf(input) : null;
    await lockInstance(db, instance.id);
    const before = clientToken ? await findModuleByToken(db, instance.id, clientToken) : undefined;
    if (before) {
      if (before.requestHash === requestHash) return { output: answerOf(instance, before.id), changes: [] };
      throw new OperationError(
        'IdempotencyException',
        'The ClientToken was used for another request. Use a new one for each request.',
      );
    }
    checkModule(input.Content);
    await requireRoom(db, instance.id, 'flow-module');
    const id = randomUUID();
    const made = {
      id,
      instanceId: instance.id,
      name: input.Name,
      description: input.Description || null,
      content: input.Content,
      settings: input.Settings ?? null,
      externalInvocationEnabled: input.ExternalInvocationConfiguration?.Enabled ?? null,
      clientToken,
      requestHash,
      tags: input.Tags ?? {},
      now,
      region,
    };
    await insertModule(db, made);
    return {
      output: answerOf(instance, id),
      changes: [creationOf('flow-module', made, snapshotOf({ ...made, state: 'ACTIVE' }))],
    };
  },
});

const answerOf = (instance: Instance, id: string) => ({ Id: id, Arn: arnOf(instance, 'flow-module', id) });
