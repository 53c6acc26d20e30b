import type { IncomingHttpHeaders } from 'node:http';

export interface Stored {
  readonly size: number;
  /** With its quotes. */
  readonly etag: string;
  readonly modified: Date;
}

/** What of a file a request wants (RFC 9110, 13 and 14). Of several ranges, or one that cannot be read, it is the whole. */
export type Wanted =
  | { readonly status: 200 | 206; readonly start: number; readonly end: number }
  | { readonly status: 304 | 412 | 416 };

export function wantedOf(method: string, headers: IncomingHttpHeaders, stored: Stored): Wanted {
  const { size, etag, modified } = stored;
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch, 'if-range': ifRange, range } = headers;
  if (ifMatch !== undefined && !lists(ifMatch, etag, false)) return { status: 412 };
  if (ifNoneMatch !== undefined && lists(ifNoneMatch, etag, true)) return { status: 304 };
  const whole = { status: 200, start: 0, end: size - 1 } as const;
  if (method !== 'GET' || range === undefined) return whole;
  if (ifRange !== undefined && ifRange !== etag && ifRange !== modified.toUTCString()) return whole;
  const [, first = '', last = ''] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(range) ?? [];
  if (first === '' && last === '') return whole;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? { status: 416 } : { status: 206, start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return whole;
  return start >= size ? { status: 416 } : { status: 206, start, end };
}

/** If-None-Match compares weakly, If-Match strongly. */
function lists(header: string, etag: string, weakly: boolean): boolean {
  if (header.trim() === '*') return true;
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.some((tag) => tag === etag || (weakly && tag === `W/${etag}`));
}
