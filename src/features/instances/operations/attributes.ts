import { updated } from '../../../operations/changes.ts';
import { instanceId, length, pattern, range } from '../../../operations/constraints.ts';
import { defineRead, defineWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { accessDenied, OperationError } from '../../../operations/errors.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { type AttributeType, attributeOf, attributeTypes } from '../rules.ts';
import { lockAndReadInstance, setAttribute } from '../store.ts';
import type { Instance } from '../types.ts';

const answerOf = (instance: Instance, type: AttributeType) => ({
  AttributeType: type,
  Value: String(attributeOf(instance, type)),
});

const describe = defineRead('DescribeInstanceAttribute', {
  permission: 'ACCESS_KEY_ONLY',
  constraints: instanceId,
  handler: async ({ instance }, input) => ({ Attribute: answerOf(instance, input.AttributeType) }),
});

const list = defineRead('ListInstanceAttributes', {
  permission: 'ACCESS_KEY_ONLY',
  constraints: { ...instanceId, MaxResults: range(1, 7) },
  handler: async ({ instance }, input) => {
    const size = input.MaxResults ?? 7;
    const [last = null] = decodeToken('instance-attributes', input.NextToken, 1) ?? [];
    const start = last === null ? 0 : attributeTypes.indexOf(last as AttributeType) + 1;
    if (last !== null && start === 0) throw unusableToken();
    const page = pageOfRows(attributeTypes.slice(start), size, 'instance-attributes', (type) => [type]);
    return { Attributes: page.rows.map((type) => answerOf(instance, type)), NextToken: page.nextToken };
  },
});

const update = defineWrite('UpdateInstanceAttribute', {
  permission: 'ACCESS_KEY_ONLY',
  approximate: 'What is set is kept and answered; it steers nothing, for no calls are made here.',
  constraints: {
    ...instanceId,
    Value: { ...pattern(/^(true|false)$/, 'true or false'), length: [1, 100] },
    ClientToken: length(0, 500),
  },
  handler: async ({ db, instance: { id } }, { AttributeType: type, Value }) => {
    if (type === 'USE_CUSTOM_TTS_VOICES') {
      throw accessDenied('USE_CUSTOM_TTS_VOICES is for accounts that AWS Support has put on a list; this one is not.');
    }
    const instance = await lockAndReadInstance(db, id);
    if (!instance) throw new OperationError('ResourceNotFoundException', `There is no instance with the id ${id}.`);
    const value = Value === 'true';
    const details = differences({ [type]: attributeOf(instance, type) }, { [type]: value });
    if (details) await setAttribute(db, id, type, value);
    return updated('instance', { id, name: instance.alias ?? id }, details);
  },
});

export const attributeOperations = [describe, list, update] as const;
