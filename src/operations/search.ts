import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { invalidParameter } from './errors.ts';

/** What the search operations have in common: Connect's conditions, turned into SQL over the caller's columns. */

/** Connect's StringCondition. */
export interface StringCondition {
  readonly FieldName?: string | undefined;
  readonly Value?: string | undefined;
  readonly ComparisonType?: string | undefined;
}

/** Connect's TagCondition: without a value, any value of the key matches. */
export interface TagCondition {
  readonly TagKey?: string | undefined;
  readonly TagValue?: string | undefined;
}

/** Connect's ControlPlaneTagFilter: a list of AND lists, one AND list, or one condition. */
export interface TagFilter {
  readonly OrConditions?: readonly (readonly TagCondition[])[] | undefined;
  readonly AndConditions?: readonly TagCondition[] | undefined;
  readonly TagCondition?: TagCondition | undefined;
}

/** Connect's ControlPlaneAttributeFilter: the same in other words, for hierarchy groups and agent statuses. */
export interface AttributeFilter {
  readonly OrConditions?: readonly { readonly TagConditions?: readonly TagCondition[] | undefined }[] | undefined;
  readonly AndCondition?: { readonly TagConditions?: readonly TagCondition[] | undefined } | undefined;
  readonly TagCondition?: TagCondition | undefined;
}

/** A node of a search tree: conditions of its own, or nodes below it, or both, which then must all hold. */
export interface CriteriaNode<Node> {
  readonly OrConditions?: readonly Node[] | undefined;
  readonly AndConditions?: readonly Node[] | undefined;
}

/** Bounds on a tree that a request may ask for; Connect's own are not documented. */
const deepest = 10;
const most = 200;

const always = sql<SqlBool>`true`;

/** All of them; no condition at all holds for every row. */
export function andAll(conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> {
  return conditions.length === 0 ? always : sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

/** Any of them; no condition at all holds for no row. */
export function orAny(conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> {
  return conditions.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;
}

/** A text in which LIKE's wildcards stand for themselves. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/**
 * Compares a text column without regard to case. `lower(column)` is what the indexes are on, so the column must be the
 * bare one. @throws InvalidParameterException for a condition without a value or with an unknown comparison.
 */
export function stringCondition(column: RawBuilder<string>, condition: StringCondition): RawBuilder<SqlBool> {
  const { Value: value, ComparisonType: comparison } = condition;
  if (value === undefined) throw invalidParameter('StringCondition needs a Value.');
  switch (comparison) {
    case 'EXACT':
      return sql<SqlBool>`lower(${column}) = lower(${value})`;
    case 'STARTS_WITH':
      return sql<SqlBool>`lower(${column}) like lower(${`${escapeLike(value)}%`})`;
    case 'CONTAINS':
      return sql<SqlBool>`lower(${column}) like lower(${`%${escapeLike(value)}%`})`;
    default:
      throw invalidParameter('StringCondition needs a ComparisonType: STARTS_WITH, CONTAINS or EXACT.');
  }
}

/** A ControlPlaneTagFilter over a jsonb column of tags. @throws InvalidParameterException */
export function tagFilterCondition(tagsColumn: RawBuilder<unknown>, filter: TagFilter): RawBuilder<SqlBool> {
  const { OrConditions: or, AndConditions: and, TagCondition: single } = filter;
  if ([or, and, single].filter((member) => member !== undefined).length > 1) {
    throw invalidParameter('A tag filter takes one of OrConditions, AndConditions and TagCondition, not several.');
  }
  requireFewConditions((or ?? [and ?? []]).reduce((sum, list) => sum + list.length, 0));
  const all = (conditions: readonly TagCondition[]) => andAll(conditions.map((one) => tagCondition(tagsColumn, one)));
  if (single) return tagCondition(tagsColumn, single);
  if (and) return all(and);
  return or && or.length > 0 ? orAny(or.map(all)) : always;
}

/** Lists within lists may hold more in sum than a statement can. @throws InvalidParameterException */
export function requireFewConditions(count: number): void {
  if (count > most) throw invalidParameter(`A tag filter holds ${most} conditions at most; this one has ${count}.`);
}

/** A ControlPlaneAttributeFilter over a jsonb column of tags. @throws InvalidParameterException */
export function attributeFilterCondition(
  tagsColumn: RawBuilder<unknown>,
  filter: AttributeFilter,
): RawBuilder<SqlBool> {
  const { OrConditions: or, AndCondition: and, TagCondition: single } = filter;
  if ([or, and, single].filter((member) => member !== undefined).length > 1) {
    throw invalidParameter('AttributeFilter takes one of OrConditions, AndCondition and TagCondition, not several.');
  }
  return tagFilterCondition(tagsColumn, {
    OrConditions: or?.map(({ TagConditions }) => TagConditions ?? []),
    AndConditions: and && (and.TagConditions ?? []),
    TagCondition: single,
  });
}

/** One key, or one key with one value; tags are compared exactly. @throws InvalidParameterException without a key. */
export function tagCondition(tagsColumn: RawBuilder<unknown>, condition: TagCondition): RawBuilder<SqlBool> {
  const { TagKey: key, TagValue: value } = condition;
  if (!key) throw invalidParameter('TagCondition needs a TagKey.');
  return value === undefined
    ? sql<SqlBool>`${tagsColumn} ? ${key}`
    : sql<SqlBool>`${tagsColumn} @> ${JSON.stringify({ [key]: value })}::jsonb`;
}

/**
 * Walks an And/Or tree. `leaves` gives the conditions that a node holds itself (StringCondition and the like); what a
 * node holds must all be true. @throws InvalidParameterException for a tree beyond the bounds.
 */
export function criteriaCondition<Node extends CriteriaNode<Node>>(
  root: Node | undefined,
  leaves: (node: Node) => readonly RawBuilder<SqlBool>[],
): RawBuilder<SqlBool> {
  let count = 0;
  const walk = (node: Node, depth: number): RawBuilder<SqlBool> => {
    count += 1;
    if (depth > deepest || count > most) {
      throw invalidParameter(`SearchCriteria may be nested ${deepest} deep and hold ${most} conditions at most.`);
    }
    const conditions = [...leaves(node)];
    if (node.AndConditions?.length) conditions.push(andAll(node.AndConditions.map((below) => walk(below, depth + 1))));
    if (node.OrConditions?.length) conditions.push(orAny(node.OrConditions.map((below) => walk(below, depth + 1))));
    return andAll(conditions);
  };
  return root ? walk(root, 1) : always;
}
