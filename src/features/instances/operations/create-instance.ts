import { createHash, randomUUID } from 'node:crypto';
import { creationOf } from '../../../audit/change.ts';
import { instanceArn } from '../../../operations/arn.ts';
import type { InputOf } from '../../../operations/connect-types.ts';
import { length, newTags, pattern } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { invalidRequest } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { addBeginnings, newInstance } from '../beginnings.ts';
import { aliasTaken, checkNewInstance, creationMs, snapshotOf } from '../rules.ts';
import { findInstanceByToken, insertInstance } from '../store.ts';
import type { CreationRequest } from '../types.ts';

const answerOf = (instance: Instance) => ({ Id: instance.id, Arn: instanceArn(instance) });

/** Without the token, and with members and tags in one order, so that the same request gives the same text. */
function hashOf({ ClientToken: _, Tags, ...request }: InputOf<'CreateInstance'>): string {
  const sorted = (of: object) => Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([sorted(request), sorted(Tags ?? {})]))
    .digest('hex');
}

const tokenUsed = () =>
  invalidRequest('The ClientToken was used for another request. Use a new one for each instance that you create.');

/**
 * Everything that a new instance has is written at once, in this transaction; only its state says for a moment that it
 * is being created, as clients expect. The key that asked for the instance is audited with it, Cordboard with the rest.
 */
export const createInstance = defineWrite('CreateInstance', {
  permission: 'ACCESS_KEY_ONLY',
  approximate: 'An instance is active after a second, and there may be any number of them.',
  constraints: {
    ClientToken: length(0, 500),
    InstanceAlias: {
      // The model's pattern, written so that there is one way to read a text.
      ...pattern(
        /^(?!d-)[\da-zA-Z](-*[\da-zA-Z])*$/,
        'letters, digits and hyphens, without a hyphen at either end and without d- in front',
      ),
      length: [1, 45],
    },
    DirectoryId: { ...pattern(/^d-[0-9a-f]{10}$/, 'the id of a directory, as in d-926726f57a'), length: [12, 12] },
    ...newTags,
  },
  handler: async ({ db, region, accountId, now, requestId }, input) => {
    checkNewInstance(input);
    const request: CreationRequest | undefined = input.ClientToken
      ? { clientToken: input.ClientToken, requestHash: hashOf(input) }
      : undefined;
    const instance = newInstance({
      id: randomUUID(),
      region,
      accountId,
      alias: input.InstanceAlias ?? null,
      identityManagementType: input.IdentityManagementType,
      directoryId: input.DirectoryId ?? null,
      inboundCallsEnabled: input.InboundCallsEnabled,
      outboundCallsEnabled: input.OutboundCallsEnabled,
      tags: input.Tags ?? {},
      activeTime: new Date(now.getTime() + creationMs),
      now,
    });
    if (!(await insertInstance(db, instance, request))) {
      const earlier = request && (await findInstanceByToken(db, region, request.clientToken));
      if (!earlier) throw aliasTaken();
      if (earlier.requestHash !== request.requestHash) throw tokenUsed();
      return { output: answerOf(earlier.instance), changes: [] };
    }
    await addBeginnings(db, instance, { now, requestId });
    return {
      output: answerOf(instance),
      changes: [creationOf('instance', { id: instance.id, name: instance.alias ?? instance.id }, snapshotOf(instance))],
    };
  },
});
