import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import type { CompiledMember } from '../../src/connect-api/compile-shapes.ts';

export type Input = Readonly<Record<string, unknown>>;

/** A request by the places in which it travels, before it becomes bytes: a test can change one place and nothing else. */
export interface RequestParts {
  /** By the member's name; as text, not yet percent-encoded. */
  readonly labels: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [wireName: string, value: string])[];
  /** A JSON object, by wire names. Undefined: the operation reads no body. */
  readonly body: unknown;
}

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** Undefined: no body. */
  readonly body: string | Buffer | undefined;
}

/** What goes along where an operation takes bytes: a recording of eight samples of silence. */
export const sentBytes = Buffer.from(
  `524946462c00000057415645666d74201000000001000100401f0000401f0000010008006461746108000000${'80'.repeat(8)}`,
  'hex',
);

export const membersOf = ({ labels, query, headers, body }: CompiledOperation): readonly CompiledMember[] => [
  ...labels.map(({ member }) => member),
  ...query,
  ...headers,
  ...body,
];

/** What an AWS SDK would make of this input. @throws Error for a member that the operation does not have. */
export function partsOf(operation: CompiledOperation, input: Input): RequestParts {
  const { name } = operation.operation;
  const known = membersOf(operation);
  const unknown = Object.keys(input).find((key) => !known.some((member) => member.name === key));
  if (unknown !== undefined) throw new Error(`${name} has no member ${unknown}.`);
  const labels = operation.labels.map(({ member }) => {
    if (typeof input[member.name] !== 'string') throw new Error(`${name} needs ${member.name} for its path.`);
    return [member.name, String(input[member.name])] as const;
  });
  const query = operation.query.flatMap(({ name: key, wireName }) =>
    [input[key]].flat().flatMap((value) => (value === undefined ? [] : [[wireName, textOf(value)] as const])),
  );
  const body = Object.fromEntries(
    operation.body.flatMap(({ name: key, wireName }) =>
      input[key] === undefined ? [] : [[wireName, withSeconds(input[key])]],
    ),
  );
  return { labels: Object.fromEntries(labels), query, body: operation.body.length > 0 ? body : undefined };
}

export function wireOf(operation: CompiledOperation, { labels, query, body }: RequestParts): SentRequest {
  const path = operation.http.uri.replace(/\{(\w+)\}/g, (_, name: string) => encoded(labels[name] ?? ''));
  const search = query.map(([key, value]) => `${encoded(key)}=${encoded(value)}`).join('&');
  return {
    method: operation.http.method,
    url: search ? `${path}?${search}` : path,
    body: operation.mostBytes !== null ? sentBytes : body === undefined ? undefined : JSON.stringify(body),
  };
}

/** As AWS's signers encode it. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

const textOf = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value));

/** Times travel in a body as seconds since 1970. */
function withSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withSeconds(inner)]));
}
