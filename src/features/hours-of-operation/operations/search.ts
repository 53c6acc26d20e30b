import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { criteriaCondition } from '../../../operations/search.ts';
import {
  fieldCondition,
  idField,
  resourceFields,
  type SearchFields,
  textField,
  withTagFilter,
} from '../../../operations/search-fields.ts';
import { resources } from '../../../resources/resources.ts';
import { shownHours, shownOverride } from '../answer.ts';
import { dayText, timeOfDay } from '../opening-hours.ts';
import { searchOverrides as overridesFound } from '../override-store.ts';
import { parentsOf, searchHours as search } from '../store.ts';

const hoursFields: SearchFields = { ...resourceFields, timezone: textField(sql.ref('time_zone')) };

export const searchHours = defineRead('SearchHoursOfOperations', {
  permission: resources['operating-hours'].sees,
  constraints: { ...instanceId, ...pageOf(100), NextToken: length(1, 2500) },
  handler: async ({ db, instance }, input) => {
    const page = namePage('found-hours', input);
    const criteria = criteriaCondition(input.SearchCriteria, ({ StringCondition: condition }) =>
      condition ? [fieldCondition(hoursFields, condition)] : [],
    );
    const condition = withTagFilter(criteria, input.SearchFilter?.TagFilter);
    const { items, nextToken, count } = await search(db, instance.id, condition, page);
    const parents = await parentsOf(
      db,
      items.map(({ id }) => id),
    );
    return {
      HoursOfOperations: items.map((hours) => shownHours(instance, hours, parents.get(hours.id))),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});

const overrideFields: SearchFields = {
  name: textField(sql.ref('o.name')),
  description: textField(sql.ref('o.description')),
  resourceID: idField(sql.ref('o.id')),
  hoursOfOperationId: idField(sql.ref('o.hours_of_operation_id')),
};

const dayColumns = new Map<string, RawBuilder<string>>([
  ['effectivefrom', sql.ref('o.effective_from')],
  ['effectivetill', sql.ref('o.effective_till')],
]);

const comparisons = {
  GREATER_THAN: sql`>`,
  LESS_THAN: sql`<`,
  GREATER_THAN_OR_EQUAL_TO: sql`>=`,
  LESS_THAN_OR_EQUAL_TO: sql`<=`,
  EQUAL_TO: sql`=`,
};

interface DateCondition {
  readonly FieldName?: string | undefined;
  readonly Value?: string | undefined;
  readonly ComparisonType?: keyof typeof comparisons | undefined;
}

/** Days are text of one length, so they compare like text. @throws InvalidParameterException */
function dateCondition({ FieldName, Value, ComparisonType }: DateCondition): RawBuilder<SqlBool> {
  const column = dayColumns.get(FieldName?.toLowerCase() ?? '');
  if (!column) throw invalidParameter('FieldName of DateCondition must be one of EffectiveFrom, EffectiveTill.');
  if (Value === undefined || Number.isNaN(timeOfDay(Value))) {
    throw invalidParameter('DateCondition needs a Value that is a day, such as 2026-12-24.');
  }
  if (!ComparisonType) {
    throw invalidParameter(`DateCondition needs a ComparisonType: ${Object.keys(comparisons).join(', ')}.`);
  }
  return sql<SqlBool>`${column} ${comparisons[ComparisonType]} ${Value}`;
}

/** Overrides have no tags of their own: a tag filter is about the hours that they belong to. */
export const searchOverrides = defineRead('SearchHoursOfOperationOverrides', {
  permission: resources['operating-hours'].sees,
  constraints: { ...instanceId, ...pageOf(100), NextToken: length(1, 2500), 'DateCondition.Value': dayText },
  handler: async ({ db, instance }, input) => {
    const page = namePage('found-overrides', input);
    const criteria = criteriaCondition(input.SearchCriteria, (node) => [
      ...(node.StringCondition ? [fieldCondition(overrideFields, node.StringCondition)] : []),
      ...(node.DateCondition ? [dateCondition(node.DateCondition)] : []),
    ]);
    const condition = withTagFilter(criteria, input.SearchFilter?.TagFilter, sql.ref('h.tags'));
    const { items, nextToken, count } = await overridesFound(db, instance.id, condition, page);
    return {
      HoursOfOperationOverrides: items.map((override) => shownOverride(instance, override)),
      NextToken: nextToken,
      ApproximateTotalCount: count,
    };
  },
});
