import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { seesAttributes } from '../../access/sees.ts';
import { inWords } from '../../access/shown-names.ts';
import { creationOf, deleted, updated } from '../../audit/change.ts';
import { arnOf } from '../../operations/arn.ts';
import type { InputOf } from '../../operations/connect-types.ts';
import { instanceId, length, oneOf, pageOf } from '../../operations/constraints.ts';
import { defineRead, defineWrite } from '../../operations/define-operation.ts';
import { differences } from '../../operations/differences.ts';
import { duplicate, invalidParameter, invalidRequest, OperationError, resourceInUse } from '../../operations/errors.ts';
import { cutByName, namePage } from '../../operations/name-paging.ts';
import { requireRoom } from '../../operations/quota.ts';
import { andAll, criteriaCondition, stringCondition } from '../../operations/search.ts';
import { someUserProficientIn } from '../users/proficiency-store.ts';
import {
  checkValues,
  isReadOnly,
  isSystemAttribute,
  nameConstraint,
  newNameConstraint,
  settingsConstraints,
  snapshotOf,
} from './rules.ts';
import {
  type AttributeSettings,
  countPredefinedAttributes,
  deletePredefinedAttribute,
  findPredefinedAttribute,
  insertPredefinedAttributes,
  listPredefinedAttributes,
  lockPredefinedAttribute,
  type PredefinedAttribute,
  updatePredefinedAttribute,
} from './store.ts';

function noSuchAttribute(name: string): OperationError {
  return new OperationError(
    'ResourceNotFoundException',
    `There is no predefined attribute with the name "${name}" in this instance.`,
  );
}

const shown = (attribute: PredefinedAttribute) => ({
  Name: attribute.name,
  Values: { StringList: [...attribute.values] },
  Purposes: [...attribute.purposes],
  AttributeConfiguration: {
    EnableValueValidationOnAssociation: attribute.enableValueValidationOnAssociation,
    IsReadOnly: isReadOnly(attribute.name),
  },
  LastModifiedTime: attribute.lastModifiedTime,
  LastModifiedRegion: attribute.lastModifiedRegion,
});

/** For the audit, which knows an attribute by its name alone. */
const named = (name: string) => ['predefined-attribute', { id: name, name }] as const;

const create = defineWrite('CreatePredefinedAttribute', {
  permission: 'PredefinedAttributes.Create',
  constraints: { ...instanceId, ...newNameConstraint, ...settingsConstraints },
  handler: async ({ db, instance, now, region }, input) => {
    const values = input.Values?.StringList ?? [];
    checkValues(values);
    await requireRoom(db, instance.id, 'predefined_attribute');
    const made = {
      id: randomUUID(),
      instanceId: instance.id,
      name: input.Name,
      values,
      purposes: input.Purposes ?? [],
      enableValueValidationOnAssociation: input.AttributeConfiguration?.EnableValueValidationOnAssociation ?? false,
      now,
      region,
    };
    if ((await insertPredefinedAttributes(db, [made])).size === 0) {
      throw duplicate(
        `A predefined attribute with the name "${input.Name}" is in this instance already (case is not minded). Choose another name.`,
      );
    }
    return { output: {}, changes: [creationOf(...named(input.Name), snapshotOf(made))] };
  },
});

const describe = defineRead('DescribePredefinedAttribute', {
  permission: seesAttributes,
  constraints: { ...instanceId, ...nameConstraint },
  handler: async ({ db, instance }, input) => {
    const attribute = await findPredefinedAttribute(db, instance.id, input.Name);
    if (!attribute) throw noSuchAttribute(input.Name);
    return { PredefinedAttribute: shown(attribute) };
  },
});

/** A list that is given replaces the one that was there; a member that is left out stays as it is. */
const update = defineWrite('UpdatePredefinedAttribute', {
  permission: 'PredefinedAttributes.Edit',
  constraints: { ...instanceId, ...nameConstraint, ...settingsConstraints },
  approximate:
    'A value that a user is proficient in cannot be removed; what Amazon Connect does then is not documented.',
  handler: async ({ db, instance, access, now, region }, input) => {
    const attribute = await lockPredefinedAttribute(db, instance.id, input.Name);
    if (!attribute) throw noSuchAttribute(input.Name);
    if (isReadOnly(attribute.name)) throw invalidRequest(`${attribute.name} belongs to the system: nobody changes it.`);
    checkValues(input.Values?.StringList);
    const before: AttributeSettings = {
      values: attribute.values,
      purposes: attribute.purposes,
      enableValueValidationOnAssociation: attribute.enableValueValidationOnAssociation,
    };
    const after: AttributeSettings = {
      values: input.Values?.StringList ?? before.values,
      purposes: input.Purposes ?? before.purposes,
      enableValueValidationOnAssociation:
        input.AttributeConfiguration?.EnableValueValidationOnAssociation ?? before.enableValueValidationOnAssociation,
    };
    const changes = differences(snapshotOf(before), snapshotOf(after));
    if (!changes) return updated(...named(attribute.name), null);
    const removed = before.values.filter((value) => !after.values.includes(value));
    const holder = removed.length > 0 ? await someUserProficientIn(db, attribute.id, removed) : null;
    if (holder) {
      const who = await inWords(db, instance, access, [{ type: 'agent', id: holder.userId }]);
      throw invalidRequest(
        `The value "${holder.value}" cannot be removed: ${who} is proficient in it. Disassociate the proficiency first.`,
      );
    }
    await updatePredefinedAttribute(db, attribute.id, after, { time: now, region });
    return updated(...named(attribute.name), changes);
  },
});

const remove = defineWrite('DeletePredefinedAttribute', {
  permission: 'PredefinedAttributes.Delete',
  constraints: { ...instanceId, ...nameConstraint },
  handler: async ({ db, instance, access }, input) => {
    const attribute = await lockPredefinedAttribute(db, instance.id, input.Name);
    if (!attribute) throw noSuchAttribute(input.Name);
    if (isSystemAttribute(attribute.name)) {
      throw invalidRequest(`${attribute.name} belongs to the system: nobody deletes it.`);
    }
    const holder = await someUserProficientIn(db, attribute.id);
    if (holder) {
      const who = await inWords(db, instance, access, [{ type: 'agent', id: holder.userId }]);
      throw resourceInUse(
        `Users are proficient in "${attribute.name}", ${who} among them. Disassociate their proficiencies first.`,
        'USER',
        arnOf(instance, 'agent', holder.userId),
      );
    }
    await deletePredefinedAttribute(db, attribute.id);
    return deleted(...named(attribute.name), snapshotOf(attribute));
  },
});

const list = defineRead('ListPredefinedAttributes', {
  permission: seesAttributes,
  constraints: { ...instanceId, ...pageOf(100) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('predefined-attributes', input);
    const found = await listPredefinedAttributes(db, instance.id, andAll([]), page);
    const { rows, nextToken } = cutByName(page, found);
    return {
      PredefinedAttributeSummaryList: rows.map((row) => ({
        Name: row.name,
        LastModifiedTime: row.lastModifiedTime,
        LastModifiedRegion: row.lastModifiedRegion,
      })),
      NextToken: nextToken,
    };
  },
});

type Criteria = NonNullable<InputOf<'SearchPredefinedAttributes'>['SearchCriteria']>;

const searchCondition = (criteria: Criteria | undefined) =>
  criteriaCondition(criteria, ({ StringCondition: condition }) => {
    if (!condition) return [];
    if (condition.FieldName?.toLowerCase() !== 'name') {
      throw invalidParameter('The FieldName of a StringCondition must be name.');
    }
    return [stringCondition(sql.ref('name'), condition)];
  });

const search = defineRead('SearchPredefinedAttributes', {
  permission: seesAttributes,
  constraints: {
    ...instanceId,
    ...pageOf(100),
    NextToken: length(1, 2500),
    'StringCondition.ComparisonType': oneOf('STARTS_WITH', 'CONTAINS', 'EXACT'),
  },
  handler: async ({ db, instance }, input) => {
    const page = namePage('search-predefined-attributes', input);
    const condition = searchCondition(input.SearchCriteria);
    const found = await listPredefinedAttributes(db, instance.id, condition, page);
    const { rows, nextToken } = cutByName(page, found);
    return {
      PredefinedAttributes: rows.map(shown),
      NextToken: nextToken,
      ApproximateTotalCount: await countPredefinedAttributes(db, instance.id, condition),
    };
  },
});

export const predefinedAttributeOperations = [create, describe, update, remove, list, search] as const;
