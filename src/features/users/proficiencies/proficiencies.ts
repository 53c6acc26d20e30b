import { isDeepStrictEqual } from 'node:util';
import { updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { type Constraints, instanceId, length, pageOf, range } from '../../../operations/constraints.ts';
import { defineRead, defineWrite, type InstanceContext } from '../../../operations/define-operation.ts';
import { invalidParameter, invalidRequest, notFound, OperationError } from '../../../operations/errors.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { sharePredefinedAttributes } from '../../predefined-attributes/store.ts';
import { lockUser } from '../store.ts';
import {
  type Proficiency,
  proficienciesModifiedTime,
  proficienciesOf,
  replaceProficiencies,
  type StoredProficiency,
} from './store.ts';

/** Amazon Connect's quota; what it answers beyond it is not documented, InvalidRequestException is a guess. */
const mostProficiencies = 10;

const namedConstraints = (structure: string) =>
  ({
    ...instanceId,
    UserId: length(1, 256),
    [`${structure}.AttributeName`]: length(1, 100),
    [`${structure}.AttributeValue`]: length(1, 100),
  }) satisfies Constraints;

const proficiencyConstraints = {
  ...namedConstraints('UserProficiency'),
  'UserProficiency.Level': range(1, 5),
} satisfies Constraints;

interface Named {
  readonly AttributeName: string;
  readonly AttributeValue: string;
}

interface Given extends Named {
  readonly Level: number;
}

const keyOf = ({ AttributeName: name, AttributeValue: value }: Named) => JSON.stringify([name, value]);
const keyOfStored = (one: Proficiency) => keyOf({ AttributeName: one.attributeName, AttributeValue: one.value });
const inWords = (one: Named) => `"${one.AttributeName}" with the value "${one.AttributeValue}"`;

function checkEach(given: readonly Named[]): void {
  const keys = given.map(keyOf);
  const twice = given.find((one, index) => keys.indexOf(keyOf(one)) < index);
  if (twice) throw invalidParameter(`UserProficiencies names ${inWords(twice)} twice.`);
}

function checkLevels(given: readonly Given[]): void {
  if (given.some(({ Level: level }) => !Number.isInteger(level))) {
    throw invalidParameter('UserProficiencies: Level must be 1, 2, 3, 4 or 5.');
  }
}

/** The user's proficiencies by name and value, the user kept from being changed by others. */
type Current = ReadonlyMap<string, StoredProficiency>;

/** Leaves the user with what `wanted` answers. What is so already is neither written nor audited. */
async function change(
  { db, instance, now, region }: InstanceContext<Tx>,
  id: string,
  wanted: (current: Current) => Promise<readonly StoredProficiency[]> | readonly StoredProficiency[],
): Promise<ReturnType<typeof updated>> {
  const user = await lockUser(db, instance.id, id);
  if (!user) throw notFound('agent', id);
  const before = await proficienciesOf(db, id);
  const after = await wanted(new Map(before.map((one) => [keyOfStored(one), one])));
  const [Old, New] = [before, after].map(audited);
  const named = { id, name: user.username };
  if (isDeepStrictEqual(Old, New)) return updated('agent', named, null);
  await replaceProficiencies(db, id, after, { time: now, region });
  return updated('agent', named, { UserProficiencies: { Old, New } });
}

const shown = ({ attributeName, value, level }: Proficiency) => ({
  AttributeName: attributeName,
  AttributeValue: value,
  Level: level,
});

const audited = (proficiencies: readonly Proficiency[]) =>
  proficiencies.map(shown).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** @throws InvalidRequestException naming one that the user does not have, as for queues of routing profiles */
function requireAssociated(current: Current, given: readonly Named[]): void {
  const missing = given.find((one) => !current.has(keyOf(one)));
  if (missing) throw invalidRequest(`The user has no proficiency in ${inWords(missing)}.`);
}

/**
 * Names and values must be those of predefined attributes. What the user has already with the same level stays; with
 * another level it is for UpdateUserProficiencies (what Amazon Connect does then is not documented).
 */
export const associateUserProficiencies = defineWrite('AssociateUserProficiencies', {
  permission: 'Users.Edit',
  constraints: proficiencyConstraints,
  handler: (context, input) => {
    const { UserProficiencies: given } = input;
    checkEach(given);
    checkLevels(given);
    return change(context, input.UserId, async (current) => {
      const attributes = await sharePredefinedAttributes(context.db, context.instance.id, [
        ...new Set(given.map((one) => one.AttributeName)),
      ]);
      const added = given.flatMap((one): StoredProficiency[] => {
        const attribute = attributes.get(one.AttributeName);
        if (!attribute) {
          throw new OperationError(
            'ResourceNotFoundException',
            `There is no predefined attribute with the name "${one.AttributeName}" in this instance.`,
          );
        }
        if (!attribute.values.includes(one.AttributeValue)) {
          throw invalidParameter(`The predefined attribute "${attribute.name}" has no value "${one.AttributeValue}".`);
        }
        const known = current.get(keyOf(one));
        if (known?.level === one.Level) return [];
        if (known) {
          throw invalidRequest(
            `The user has the proficiency in ${inWords(one)} already, with the level ${known.level}. Change it with UpdateUserProficiencies.`,
          );
        }
        const { id: attributeId, name: attributeName } = attribute;
        return [{ attributeId, attributeName, value: one.AttributeValue, level: one.Level }];
      });
      const total = current.size + added.length;
      if (total > mostProficiencies) {
        throw invalidRequest(
          `The user would have ${total} proficiencies; ${mostProficiencies} are allowed. Disassociate some first.`,
        );
      }
      return [...current.values(), ...added];
    });
  },
});

export const updateUserProficiencies = defineWrite('UpdateUserProficiencies', {
  permission: 'Users.Edit',
  constraints: proficiencyConstraints,
  handler: (context, input) => {
    const { UserProficiencies: given } = input;
    checkEach(given);
    checkLevels(given);
    return change(context, input.UserId, (current) => {
      requireAssociated(current, given);
      const levels = new Map(given.map((one) => [keyOf(one), one.Level]));
      return [...current.values()].map((one) => ({ ...one, level: levels.get(keyOfStored(one)) ?? one.level }));
    });
  },
});

export const disassociateUserProficiencies = defineWrite('DisassociateUserProficiencies', {
  permission: 'Users.Edit',
  constraints: namedConstraints('UserProficiencyDisassociate'),
  handler: (context, input) => {
    const { UserProficiencies: given } = input;
    checkEach(given);
    return change(context, input.UserId, (current) => {
      requireAssociated(current, given);
      const gone = new Set(given.map(keyOf));
      return [...current.values()].filter((one) => !gone.has(keyOfStored(one)));
    });
  },
});

const token = 'user-proficiencies';

const sortKey = ({ attributeName, value }: Pick<Proficiency, 'attributeName' | 'value'>) => [attributeName, value];

/** In the order of names and then of values, by their code units, so that a page token means the same tomorrow. */
function compare(one: readonly unknown[], other: readonly unknown[]): number {
  const [a, b] = [String(one[0]), String(other[0])];
  if (a === b) return String(one[1]) < String(other[1]) ? -1 : Number(one[1] !== other[1]);
  return a < b ? -1 : 1;
}

export const listUserProficiencies = defineRead('ListUserProficiencies', {
  permission: ['Users.View', 'Users.Edit'],
  constraints: { ...instanceId, UserId: length(1, 256), ...pageOf(100) },
  handler: async ({ db, instance }, input) => {
    const id = input.UserId;
    const after = decodeToken(token, input.NextToken, 2);
    if (after?.some((part) => typeof part !== 'string')) throw unusableToken();
    const modifiedTime = await proficienciesModifiedTime(db, instance.id, id);
    if (modifiedTime === undefined) throw notFound('agent', id);
    // Ten at most, so they are sorted and cut here.
    const sorted = (await proficienciesOf(db, id)).toSorted((a, b) => compare(sortKey(a), sortKey(b)));
    const behind = after ? sorted.filter((one) => compare(sortKey(one), after) > 0) : sorted;
    const { rows, nextToken } = pageOfRows(behind, input.MaxResults ?? 100, token, sortKey);
    return {
      UserProficiencyList: rows.map(shown),
      NextToken: nextToken,
      LastModifiedTime: modifiedTime ?? undefined,
      LastModifiedRegion: modifiedTime ? instance.region : undefined,
    };
  },
});
