import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { OperationError } from '../operations/errors.ts';
import { deepestJson, isTooDeep } from '../operations/json-nesting.ts';
import { checkConstraint } from './check-constraint.ts';
import { type CompiledOperation, segmentsOf } from './compile-operation.ts';
import type { CompiledMember } from './compile-shapes.ts';
import { decodeMembers, decodeText, isObject } from './decode-value.ts';
import { RefusedValue } from './refused-value.ts';

/** A request as it came. */
export interface WireRequest {
  /** Path and query as sent, still percent-encoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/**
 * The operation's input: types checked, required members there, constraints held, unknown members left out.
 * @throws OperationError with the operation's own code for a bad request; the message names the member by its path
 *   (`IdentityInfo.FirstName`) and never repeats what was sent.
 */
export function decodeRequest(operation: CompiledOperation, request: WireRequest): Record<string, unknown> {
  try {
    const [path = '', query = ''] = splitUrl(request.url);
    return {
      ...decodeLabels(operation, path),
      ...decodeQuery(operation.query, query),
      ...decodeHeaders(operation.headers, request.headers),
      ...decodeBody(operation.body, request.body),
    };
  } catch (error) {
    if (error instanceof RefusedValue) throw new OperationError(operation.refusal, error.message);
    throw error;
  }
}

/** Path and query of a request target, both as sent. */
export function splitUrl(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

/** Taken from the raw path, so that an encoded slash in an ARN stays inside its segment. */
function decodeLabels({ labels }: CompiledOperation, path: string): Record<string, unknown> {
  const segments = segmentsOf(path);
  const decoded: Record<string, unknown> = {};
  for (const { member, segment } of labels) {
    const text = percentDecoded(segments[segment] ?? '', member.name);
    if (text === '') throw new RefusedValue(`${member.name} is required: its place in the path is empty.`);
    decoded[member.name] = decodeText(member.node, text, member.name, 'label');
  }
  return decoded;
}

function decodeQuery(members: readonly CompiledMember[], query: string): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  if (members.length === 0) return decoded;
  const sent = parseQuery(query);
  for (const { name, wireName, node, required } of members) {
    const texts = sent.get(wireName);
    if (!texts) {
      if (required) throw new RefusedValue(`${name} is required: send it as "${wireName}" in the query.`);
    } else if (node.kind === 'list') {
      if (node.constraint) checkConstraint(node.constraint, texts, name);
      decoded[name] = texts.map((text, index) => decodeText(node.item, text, `${name}[${index}]`, 'query'));
    } else {
      if (texts.length > 1) throw new RefusedValue(`${name} must be given once; it is in the query several times.`);
      decoded[name] = decodeText(node, texts[0] ?? '', name, 'query');
    }
  }
  return decoded;
}

function decodeHeaders(members: readonly CompiledMember[], headers: IncomingHttpHeaders): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const { name, wireName, node, required } of members) {
    const text = headers[wireName.toLowerCase()];
    if (typeof text === 'string') decoded[name] = decodeText(node, text, name, 'header');
    else if (required) throw new RefusedValue(`${name} is required: send it as the header ${wireName}.`);
  }
  return decoded;
}

function decodeBody(members: readonly CompiledMember[], body: Uint8Array): Record<string, unknown> {
  if (members.length === 0) return {};
  return decodeMembers(members, parseBody(body), '');
}

/** No body is an empty object, which the required members then judge. @throws RefusedValue */
export function parseBody(body: Uint8Array): Record<string, unknown> {
  if (body.length === 0) return {};
  if (!isUtf8(body)) throw new RefusedValue('The request body must be UTF-8.');
  if (isTooDeep(body))
    throw new RefusedValue(`The request body is nested too deeply: at most ${deepestJson} levels are read.`);
  const text = Buffer.from(body.buffer, body.byteOffset, body.length)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const parsed = parseJson(text);
  if (!isObject(parsed)) throw new RefusedValue('The request body must be a JSON object.');
  return parsed;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the parser's own message, which repeats pieces of the body.
    throw new RefusedValue('The request body is not valid JSON.');
  }
}

/**
 * Keys and values of a query. A plus is a space, as browsers write it; the AWS clients write %20, and a plus as %2B.
 * The signature is checked over the same reading.
 * @throws RefusedValue
 */
export function parseQuery(query: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const mark = pair.indexOf('=');
    const [key, value] = mark < 0 ? [pair, ''] : [pair.slice(0, mark), pair.slice(mark + 1)];
    const name = percentDecoded(key.replaceAll('+', ' '), 'The query string');
    const text = percentDecoded(value.replaceAll('+', ' '), 'The query string');
    const texts = found.get(name);
    if (texts) texts.push(text);
    else found.set(name, [text]);
  }
  return found;
}

function percentDecoded(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RefusedValue(`${what} is not valid percent-encoded UTF-8.`);
  }
}
