import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Answer, type InputOf, type OperationName, operationOf } from './operations.ts';
import { type Input, partsOf, wireOf } from './wire-request.ts';

/** The hash that Smithy's signer asks for, by Node's own crypto: its JavaScript one would be most of a benchmark. */
class Sha256 {
  private readonly hash: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytes(data));
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
  reset(): void {}
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Buffer | string {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}

export interface ApiTarget {
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Answered<Body> {
  readonly status: number;
  /** Decoded; a file is text. */
  readonly body: Body;
  readonly headers: Headers;
}

/**
 * Signed calls, also of the extensions, which no SDK knows: by the operation's name, or with `send` by method and path.
 * A refusal is answered like everything else: its status says so, and its body is another.
 */
export function apiOf(target: ApiTarget, region = 'us-east-1') {
  const signer = new SignatureV4({
    service: 'connect',
    region,
    sha256: Sha256,
    credentials: { accessKeyId: target.accessKeyId, secretAccessKey: target.secretAccessKey },
  });
  const { host, hostname, protocol, port } = new URL(target.url);
  async function signed(method: string, path: string, payload?: string | Buffer, more: Record<string, string> = {}) {
    const [pathname = '', search = ''] = path.split('?');
    const { headers } = await signer.sign({
      method,
      protocol,
      hostname,
      port: Number(port),
      path: pathname,
      query: queryOf(search),
      headers: { host, ...(payload && { 'content-type': 'application/json' }), ...more },
      ...(payload && { body: payload }),
    });
    return headers;
  }
  async function send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    more?: Record<string, string>,
  ): Promise<Answered<Body>> {
    const payload =
      typeof body === 'string' || body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const { host: _host, ...headers } = await signed(method, path, payload, more);
    const sent = Buffer.isBuffer(payload) ? new Uint8Array(payload) : payload;
    const answer = await fetch(`${target.url}${path}`, { method, headers, ...(sent && { body: sent }) });
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') && method !== 'HEAD';
    const decoded = (isJson ? await answer.json() : await answer.text()) as Body;
    return { status: answer.status, body: decoded, headers: answer.headers };
  }
  function call<Name extends OperationName>(name: Name, input: InputOf<Name>): Promise<Answered<Answer<Name>>> {
    const operation = operationOf(name);
    const { method, url, body } = wireOf(operation, partsOf(operation, input as Input));
    return send<Answer<Name>>(method, url, body);
  }
  return Object.assign(call, { send, signed });
}

export type Api = ReturnType<typeof apiOf>;

/** A key that is there several times has several values. */
function queryOf(search: string): Record<string, string[]> {
  const query: Record<string, string[]> = {};
  for (const [key, value] of new URLSearchParams(search)) query[key] = [...(query[key] ?? []), value];
  return query;
}
