import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { InputOf } from '../../../operations/connect-types.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { andAll, stringCondition } from '../../../operations/search.ts';

type Criteria = NonNullable<InputOf<'SearchUsers'>['SearchCriteria']>;
type ListCondition = NonNullable<Criteria['ListCondition']>;
type Condition = NonNullable<ListCondition['Conditions']>[number];
type NumberCondition = NonNullable<Condition['NumberCondition']>;

/** API Reference, NumberComparisonType. */
export const numberComparisons = [
  'GREATER_OR_EQUAL',
  'GREATER',
  'LESSER_OR_EQUAL',
  'LESSER',
  'EQUAL',
  'NOT_EQUAL',
  'RANGE',
] as const;

/**
 * The users of whose proficiencies one meets all the conditions, as a condition on `users as u`; without conditions,
 * those who have any. The names of the fields are `name` and `value` (API Reference, Condition) and, which is not
 * documented, `level`. @throws InvalidParameterException
 */
export function proficiencyCondition(instance: Instance, condition: ListCondition): RawBuilder<SqlBool> {
  if (!condition.TargetListType) throw invalidParameter('ListCondition needs a TargetListType.');
  const { Conditions: conditions } = condition;
  if (conditions?.length === 0) {
    throw invalidParameter('Conditions is empty: give it a condition or leave it out.');
  }
  return sql<SqlBool>`u.id in (
    select p.user_id from user_proficiency p join predefined_attribute a on a.id = p.attribute_id
    where a.instance_id = ${instance.id} and ${andAll((conditions ?? []).map(conditionOn))})`;
}

const texts = new Map<string, RawBuilder<string>>([
  ['name', sql`a.name`],
  ['value', sql`p.value`],
]);

/** Of `user_proficiency as p` and its attribute `a`. */
function conditionOn({ StringCondition: text, NumberCondition: number }: Condition): RawBuilder<SqlBool> {
  if (!text && !number) {
    throw invalidParameter('Conditions: each needs a StringCondition or a NumberCondition.');
  }
  const both: RawBuilder<SqlBool>[] = [];
  if (text) {
    const column = texts.get(text.FieldName?.toLowerCase() ?? '');
    if (!column) throw invalidParameter('The FieldName of a StringCondition in Conditions must be name or value.');
    both.push(stringCondition(column, text));
  }
  if (number) {
    if (number.FieldName?.toLowerCase() !== 'level') {
      throw invalidParameter('The FieldName of a NumberCondition must be level.');
    }
    both.push(numberCondition(sql<number>`p.level`, number));
  }
  return andAll(both);
}

/** A lower bound is MinValue, an upper one MaxValue, and a number itself either of them, or both if they are the same. */
function numberCondition(column: RawBuilder<number>, condition: NumberCondition): RawBuilder<SqlBool> {
  const { MinValue: min, MaxValue: max, ComparisonType: comparison } = condition;
  const needed = (member: 'MinValue' | 'MaxValue'): number => {
    const value = condition[member];
    if (value === undefined) throw invalidParameter(`NumberCondition needs ${member} for ${comparison}.`);
    return value;
  };
  const itself = (): number => {
    if (min !== undefined && max !== undefined && min !== max) {
      throw invalidParameter(`NumberCondition compares with one number for ${comparison}: give MinValue or MaxValue.`);
    }
    return max ?? needed('MinValue');
  };
  switch (comparison) {
    case 'GREATER_OR_EQUAL':
      return sql<SqlBool>`${column} >= ${needed('MinValue')}`;
    case 'GREATER':
      return sql<SqlBool>`${column} > ${needed('MinValue')}`;
    case 'LESSER_OR_EQUAL':
      return sql<SqlBool>`${column} <= ${needed('MaxValue')}`;
    case 'LESSER':
      return sql<SqlBool>`${column} < ${needed('MaxValue')}`;
    case 'EQUAL':
      return sql<SqlBool>`${column} = ${itself()}`;
    case 'NOT_EQUAL':
      return sql<SqlBool>`${column} <> ${itself()}`;
    case 'RANGE':
      if (needed('MinValue') > needed('MaxValue')) {
        throw invalidParameter('NumberCondition: MinValue must not be greater than MaxValue.');
      }
      return sql<SqlBool>`${column} between ${needed('MinValue')} and ${needed('MaxValue')}`;
    default:
      throw invalidParameter(`NumberCondition needs a ComparisonType: ${numberComparisons.join(', ')}.`);
  }
}
