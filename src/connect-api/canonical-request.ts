import type { IncomingHttpHeaders } from 'node:http';
import { parseQuery, splitUrl } from './decode-request.ts';

/** encodeURIComponent leaves five characters that AWS encodes too. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * The text over which SigV4 signs, for every service but S3: each segment of the path as it was sent, encoded once
 * more; the query decoded, encoded again and sorted.
 * @param url the request target as sent, before any decoding
 * @throws RefusedValue for a query that is not valid percent-encoded UTF-8
 */
export function canonicalRequest(
  request: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders },
  signedHeaders: readonly string[],
  bodyHash: string,
): string {
  const [path, query] = splitUrl(request.url);
  const headers = signedHeaders.map((name) => `${name}:${headerValue(request.headers[name])}\n`);
  const parts = [
    request.method,
    path.split('/').map(encodeRfc3986).join('/') || '/',
    canonicalQuery(query),
    headers.join(''),
    signedHeaders.join(';'),
    bodyHash,
  ];
  return parts.join('\n');
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs: string[] = [];
  const names = [...parseQuery(query)].map(([name, values]) => [encodeRfc3986(name), values] as const);
  // By code unit: the encoded texts are ASCII, so this is the order by bytes that AWS asks for.
  for (const [name, values] of names.sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const value of values.map(encodeRfc3986).sort()) pairs.push(`${name}=${value}`);
  }
  return pairs.join('&');
}

function headerValue(value: string | string[] | undefined): string {
  return String(value ?? '')
    .trim()
    .replace(/\s+/g, ' ');
}
