import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { isUuid } from './arn.ts';
import { decodeToken, pageOfRows, unusableToken } from './paging.ts';

/** Which rows of a list that stands in the order of names, without regard to case, and then of ids. */
export interface NamePage {
  readonly kind: string;
  readonly after: { readonly name: string; readonly id: string } | null;
  readonly size: number;
}

/** From a List operation's paging members. @throws InvalidParameterException for a token of another list. */
export function namePage(
  kind: string,
  input: { readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined },
): NamePage {
  return { kind, after: nameKey(decodeToken(kind, input.NextToken, 2)), size: input.MaxResults ?? 100 };
}

/** A token's key as a name and an id that a query can take. @throws InvalidParameterException when it is no such thing. */
export function nameKey(key: readonly (string | number)[] | null): { name: string; id: string } | null {
  if (!key) return null;
  const [name, id] = key;
  if (typeof name !== 'string' || name.includes('\0') || typeof id !== 'string' || !isUuid(id)) throw unusableToken();
  return { name, id };
}

/** The condition for rows behind the page before. */
export function behind(
  { after }: Pick<NamePage, 'after'>,
  name: RawBuilder<string> = sql.ref('name'),
  id: RawBuilder<string> = sql.ref('id'),
): RawBuilder<SqlBool> {
  return after ? sql<SqlBool>`(lower(${name}), ${id}) > (lower(${after.name}), ${after.id}::uuid)` : sql<SqlBool>`true`;
}

/** Of `page.size + 1` rows at most, those to show and the token of what follows. */
export function cutByName<Row extends { name: string; id: string }>(page: NamePage, rows: readonly Row[]) {
  return pageOfRows(rows, page.size, page.kind, (row) => [row.name, row.id]);
}
