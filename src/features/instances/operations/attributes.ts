import { updated } from '../../../audit/change.ts';
import type { InputOf } from '../../../operations/connect-types.ts';
import { type Constraints, instanceId, length, pattern, range } from '../../../operations/constraints.ts';
import { defineRead, defineWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { accessDenied, invalidParameter, OperationError } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { attributeOf, attributeTypesOf } from '../rules.ts';
import { lockAndReadInstance, setAttribute } from '../store.ts';

type AttributeType = InputOf<'DescribeInstanceAttribute'>['AttributeType'];

/** Also those that AWS will have one day: tools copy them from there before any SDK knows them. */
const attributeType = {
  AttributeType: { ...pattern(/^[A-Z][A-Z0-9_]{0,99}$/, 'the name of an attribute, as in CONTACT_LENS'), open: true },
} satisfies Constraints;
/** Attributes that one instance may have, the model's included. */
const mostAttributes = 100;

const answerOf = (instance: Instance, type: string) => ({
  AttributeType: type as AttributeType,
  Value: String(attributeOf(instance, type)),
});

const describe = defineRead('DescribeInstanceAttribute', {
  permission: 'ACCESS_KEY_ONLY',
  constraints: { ...instanceId, ...attributeType },
  handler: async ({ instance }, { AttributeType: type }) => {
    if (attributeOf(instance, type) === undefined) {
      throw invalidParameter(`AttributeType must be one of ${attributeTypesOf(instance).join(', ')}.`);
    }
    return { Attribute: answerOf(instance, type) };
  },
});

const list = defineRead('ListInstanceAttributes', {
  permission: 'ACCESS_KEY_ONLY',
  constraints: { ...instanceId, MaxResults: range(1, 7) },
  handler: async ({ instance }, input) => {
    const size = input.MaxResults ?? 7;
    const [last = null] = decodeToken('instance-attributes', input.NextToken, 1) ?? [];
    const types = attributeTypesOf(instance);
    const start = last === null ? 0 : types.indexOf(String(last)) + 1;
    if (last !== null && start === 0) throw unusableToken();
    const page = pageOfRows(types.slice(start), size, 'instance-attributes', (type) => [type]);
    return { Attributes: page.rows.map((type) => answerOf(instance, type)), NextToken: page.nextToken };
  },
});

const update = defineWrite('UpdateInstanceAttribute', {
  permission: 'ACCESS_KEY_ONLY',
  approximate:
    'What is set is kept and answered, also what only newer SDKs know; it steers nothing, for no calls are made here.',
  constraints: {
    ...instanceId,
    ...attributeType,
    Value: { ...pattern(/^(true|false)$/, 'true or false'), length: [1, 100] },
    ClientToken: length(0, 500),
  },
  handler: async ({ db, instance: { id } }, { AttributeType: type, Value }) => {
    if (type === 'USE_CUSTOM_TTS_VOICES') {
      throw accessDenied('USE_CUSTOM_TTS_VOICES is for accounts that AWS Support has put on a list; this one is not.');
    }
    const instance = await lockAndReadInstance(db, id);
    if (!instance) throw new OperationError('ResourceNotFoundException', `There is no instance with the id ${id}.`);
    if (attributeOf(instance, type) === undefined && attributeTypesOf(instance).length >= mostAttributes) {
      throw invalidParameter(`This instance has ${mostAttributes} attributes, and may have no more.`);
    }
    const value = Value === 'true';
    const details = differences({ [type]: attributeOf(instance, type) }, { [type]: value });
    if (details) await setAttribute(db, id, type, value);
    return updated('instance', { id, name: instance.alias ?? id }, details);
  },
});

export const attributeOperations = [describe, list, update] as const;
