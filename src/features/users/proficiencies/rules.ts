import { type Constraints, instanceId, length, range } from '../../../operations/constraints.ts';
import { invalidParameter, invalidRequest } from '../../../operations/errors.ts';
import type { Proficiency, StoredProficiency } from './store.ts';

export const namedConstraints = (structure: string) =>
  ({
    ...instanceId,
    UserId: length(1, 256),
    [`${structure}.AttributeName`]: length(1, 100),
    [`${structure}.AttributeValue`]: length(1, 100),
  }) satisfies Constraints;

export const proficiencyConstraints = {
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

export const keyOf = ({ AttributeName: name, AttributeValue: value }: Named) => JSON.stringify([name, value]);

export const keyOfStored = (one: Proficiency) => keyOf({ AttributeName: one.attributeName, AttributeValue: one.value });

export const inWords = (one: Named) => `"${one.AttributeName}" with the value "${one.AttributeValue}"`;

export function checkEach(given: readonly Named[]): void {
  const keys = given.map(keyOf);
  const twice = given.find((one, index) => keys.indexOf(keyOf(one)) < index);
  if (twice) throw invalidParameter(`UserProficiencies names ${inWords(twice)} twice.`);
}

export function checkLevels(given: readonly Given[]): void {
  if (given.some(({ Level: level }) => !Number.isInteger(level))) {
    throw invalidParameter('UserProficiencies: Level must be 1, 2, 3, 4 or 5.');
  }
}

/** The user's proficiencies by name and value, the user kept from being changed by others. */
export type Current = ReadonlyMap<string, StoredProficiency>;

/** @throws InvalidRequestException naming one that the user does not have, as for queues of routing profiles */
export function requireAssociated(current: Current, given: readonly Named[]): void {
  const missing = given.find((one) => !current.has(keyOf(one)));
  if (missing) throw invalidRequest(`The user has no proficiency in ${inWords(missing)}.`);
}

export const shownProficiency = ({ attributeName, value, level }: Proficiency) => ({
  AttributeName: attributeName,
  AttributeValue: value,
  Level: level,
});
