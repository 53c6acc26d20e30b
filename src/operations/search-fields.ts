import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { invalidParameter } from './errors.ts';
import { andAll, type StringCondition, stringCondition, type TagFilter, tagFilterCondition } from './search.ts';

/** The fields of a search by the names that Connect gives them; their case is not minded. */
export type SearchFields = Readonly<Record<string, (condition: StringCondition) => RawBuilder<SqlBool>>>;

/** A field that is a text column; null is searched as an empty text. */
export const textField = (column: RawBuilder<string>) => (condition: StringCondition) =>
  stringCondition(sql<string>`coalesce(${column}, '')`, condition);

/** A field that is a column of ids; the runner has put the id in the place of an ARN. */
export const idField = (column: RawBuilder<string>) => (condition: StringCondition) =>
  stringCondition(sql<string>`${column}::text`, condition);

/** What every kind of resource is searched by. */
export const resourceFields: SearchFields = {
  name: textField(sql.ref('name')),
  description: textField(sql.ref('description')),
  resourceID: idField(sql.ref('id')),
};

/** @throws InvalidParameterException for a field that is not among them. */
export function fieldCondition(fields: SearchFields, condition: StringCondition): RawBuilder<SqlBool> {
  const wanted = condition.FieldName?.toLowerCase();
  const [, field] = Object.entries(fields).find(([name]) => name.toLowerCase() === wanted) ?? [];
  if (field) return field(condition);
  throw invalidParameter(`FieldName must be one of ${Object.keys(fields).join(', ')}.`);
}

/** A SearchFilter's TagFilter beside the criteria; what is left out does not restrict. */
export function withTagFilter(
  criteria: RawBuilder<SqlBool>,
  filter: TagFilter | undefined,
  tags: RawBuilder<unknown> = sql.ref('tags'),
): RawBuilder<SqlBool> {
  return filter ? andAll([criteria, tagFilterCondition(tags, filter)]) : criteria;
}
