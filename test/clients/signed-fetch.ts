import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { accessKey } from './fake-connect.ts';

class Sha256 {
  readonly #hash;
  constructor(key?: string | Uint8Array) {
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }
  update(data: string | Uint8Array) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

export interface Sent {
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** One request over node:http, which sends the path exactly as it is given. */
export async function send(
  port: number,
  method: string,
  path: string,
  { headers = {}, body }: Sent = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const isJson = response.headers['content-type'] === 'application/json';
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: isJson && text ? JSON.parse(text) : {},
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** The headers that sign a request as an SDK would. `path` may hold a query. */
export async function signedHeaders(port: number, method: string, path: string, sent: Sent = {}, at = new Date()) {
  const signer = new SignatureV4({
    service: 'connect',
    region: 'us-east-1',
    credentials: accessKey,
    sha256: Sha256 as never,
  });
  const url = new URL(path, 'http://localhost');
  const query: Record<string, string[]> = {};
  for (const [key, value] of url.searchParams) query[key] = [...(query[key] ?? []), value];
  const { headers } = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: path.split('?')[0] ?? '/',
      query,
      headers: { host: `127.0.0.1:${port}`, ...sent.headers },
      body: sent.body,
    },
    { signingDate: at },
  );
  return headers;
}

/** A signed request over node:http. */
export async function signedSend(port: number, method: string, path: string, sent: Sent = {}): Promise<Answer> {
  return send(port, method, path, { ...sent, headers: await signedHeaders(port, method, path, sent) });
}
