import { OperationError, type RefusalReason } from './errors.ts';

/**
 * Page tokens are opaque to callers: the key of the last row shown, so that a page neither skips nor repeats a row when
 * others come and go. `kind` keeps a token of one list from being used on another.
 */
export function encodeToken(kind: string, key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([kind, ...key])).toString('base64url');
}

/** Two names of the greatest length, however their characters are written, are far shorter. */
const longestToken = 10_000;

/** The key in a token, null without one. @throws InvalidParameterException for a token that no page of this list gave. */
export function decodeToken(kind: string, token: string | undefined, parts: number): (string | number)[] | null {
  if (token === undefined) return null;
  if (token.length > longestToken) throw unusableToken();
  try {
    const decoded: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(decoded) && decoded[0] === kind && decoded.length === parts + 1) {
      const key = decoded.slice(1);
      // A query cannot take a NUL.
      if (key.every((part) => (typeof part === 'string' ? !part.includes('\0') : Number.isSafeInteger(part))))
        return key;
    }
  } catch {
    // falls through to the one message for every unusable token
  }
  throw unusableToken();
}

/** No list is longer, and PostgreSQL's integers end soon behind it. */
const mostRows = 1_000_000_000;

/** How many rows the pages before have shown, for lists that are cut by position; 0 without a token. */
export function positionIn(kind: string, token: string | undefined): number {
  const [position] = decodeToken(kind, token, 1) ?? [0];
  if (typeof position !== 'number' || position < 0 || position > mostRows) throw unusableToken();
  return position;
}

/** For a token that decodes, but to a key that this list cannot have. */
export function unusableToken(): OperationError {
  return new OperationError(
    'InvalidParameterException',
    'NextToken is not valid for this list: use the NextToken of the page before, unchanged.',
    { Reason: 'NEXT_TOKEN_NOT_VALID' satisfies RefusalReason },
  );
}

/** Cuts the one row more than asked for that a query fetched, and makes the token of the next page from the last row kept. */
export function pageOfRows<Row>(
  rows: readonly Row[],
  size: number,
  kind: string,
  keyOf: (row: Row) => readonly (string | number)[],
): { rows: Row[]; nextToken: string | undefined } {
  const kept = rows.slice(0, size);
  const last = kept.at(-1);
  return { rows: kept, nextToken: rows.length > size && last ? encodeToken(kind, keyOf(last)) : undefined };
}
