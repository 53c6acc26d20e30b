import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { length, oneOf, pageOf } from '../../../operations/constraints.ts';
import { defineRead, type InstanceContext } from '../../../operations/define-operation.ts';
import { OperationError } from '../../../operations/errors.ts';
import { decodeToken, encodeToken, unusableToken } from '../../../operations/paging.ts';
import { andAll, escapeLike } from '../../../operations/search.ts';
import { isRestrictable } from '../../../resources/resources.ts';
import { searchedIn, searchedTypes } from '../rules.ts';
import { type SearchedTable, searchTags } from '../store.ts';

/** API Reference, MaximumResultReturnedException: so many tags in all pages together. */
const most = 1000;
const kind = 'resource-tags';

/**
 * The tags in use, each pair of key and value once. Whoever is signed in finds those of the resources that they may see.
 */
export const searchResourceTags = defineRead('SearchResourceTags', {
  permission: ({ ResourceTypes }) => {
    const permissions = searchedIn(ResourceTypes).flatMap(({ view }) => view);
    return permissions.length > 0 ? permissions : 'ANY_USER';
  },
  constraints: {
    InstanceId: length(1, 250),
    ...pageOf(100),
    NextToken: length(1, 2500),
    'ResourceTypes[]': oneOf(...searchedTypes),
    'TagSearchCondition.tagKey': length(0, 128),
    'TagSearchCondition.tagValue': length(0, 256),
  },
  handler: async (context, input) => {
    const { db, instance } = context;
    const { after, shown } = startOf(input.NextToken);
    if (shown >= most) {
      throw new OperationError(
        'MaximumResultReturnedException',
        `${most} tags have been returned, which is the maximum. Narrow the search by a resource type, a key or a value.`,
      );
    }
    const { tagKey, tagKeyComparisonType, tagValue, tagValueComparisonType } =
      input.SearchCriteria?.TagSearchCondition ?? {};
    const condition = andAll([
      ...compared(sql`t.key`, tagKey, tagKeyComparisonType),
      ...compared(sql`t.value`, tagValue, tagValueComparisonType),
    ]);
    const size = Math.min(input.MaxResults ?? 100, most - shown);
    const tables = tablesFor(context, input.ResourceTypes);
    const found = await searchTags(db, instance.id, tables, condition, { after, limit: size + 1 });
    const tags = found.slice(0, size);
    const last = tags.at(-1);
    return {
      Tags: tags,
      NextToken:
        found.length > size && last ? encodeToken(kind, [last.key, last.value, shown + tags.length]) : undefined,
    };
  },
});

function tablesFor({ access }: InstanceContext, resourceTypes: readonly string[] | undefined): SearchedTable[] {
  return searchedIn(resourceTypes)
    .filter(({ view }) => access.holds(view))
    .map(({ type, table, view }) => ({
      table,
      condition: isRestrictable(type) ? access.within(type, 'r', view) : sql<SqlBool>`true`,
    }));
}

/** As they are: tags, unlike names, mind their case. Without a type of comparison the whole text is meant (inferred). */
function compared(
  column: RawBuilder<string>,
  text: string | undefined,
  comparison: 'STARTS_WITH' | 'CONTAINS' | 'EXACT' | undefined,
): RawBuilder<SqlBool>[] {
  if (text === undefined) return [];
  if (comparison === 'STARTS_WITH') return [sql`${column} like ${`${escapeLike(text)}%`}`];
  if (comparison === 'CONTAINS') return [sql`${column} like ${`%${escapeLike(text)}%`}`];
  return [sql`${column} = ${text}`];
}

function startOf(token: string | undefined) {
  const key = decodeToken(kind, token, 3);
  if (!key) return { after: null, shown: 0 };
  const [tag, value, shown] = key;
  if (!isText(tag) || !isText(value) || typeof shown !== 'number') throw unusableToken();
  return { after: { key: tag, value }, shown };
}

const isText = (part: unknown): part is string => typeof part === 'string' && !part.includes('\0');
