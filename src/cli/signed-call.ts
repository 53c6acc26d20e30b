import { createHash, createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AccessKey } from '../access-key.ts';
import { readAccessKey } from '../access-key.ts';
import { type Config, StartError } from '../config.ts';
import { canonicalRequest } from '../connect-api/canonical-request.ts';
import { serverAddress } from '../running-server.ts';

/** A call that was answered, and refused. */
export class RefusedCall extends StartError {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Calls a running Cordboard as any API client does, with the first access key. Answers the decoded body.
 * @throws StartError when there is no key, nobody answers, or the answer is a refusal
 */
export async function signedCall<T>(config: Config, method: string, path: string, body?: object): Promise<T> {
  const payload = body === undefined ? '' : JSON.stringify(body);
  return send<T>(config, method, path, sha256(payload), () => ({
    headers: { 'content-type': 'application/json' },
    ...(payload && { body: payload }),
  }));
}

/** The same for bytes, which are read as they are sent. */
export async function signedUpload<T>(config: Config, path: string, open: () => Readable, hash: string): Promise<T> {
  return send<T>(config, 'PUT', path, hash, () => ({
    headers: { 'content-type': 'application/octet-stream', 'x-amz-content-sha256': hash },
    body: Readable.toWeb(open()) as ReadableStream,
    duplex: 'half',
  }));
}

async function send<T>(
  config: Config,
  method: string,
  path: string,
  hash: string,
  content: () => RequestInit & { readonly headers: Readonly<Record<string, string>> },
): Promise<T> {
  const key = readAccessKey(config);
  if (!key) {
    throw new StartError(
      `There is no access key in ${config.dataDir} yet: start Cordboard once, or set CORDBOARD_DATA_DIR to its folder.`,
    );
  }
  const { url: base, region } = serverAddress(config);
  const { headers, ...rest } = content();
  const signed = { ...headers, ...sign(key, region, method, new URL(path, base), hash) };
  const answer = await fetch(new URL(path, base), { method, headers: signed, ...rest }).catch(() => {
    throw new StartError(`Nobody answers at ${base}: start Cordboard there, or set CORDBOARD_HOST and CORDBOARD_PORT.`);
  });
  const decoded = (await answer.json().catch(() => ({}))) as T & { Message?: string };
  if (!answer.ok) throw new RefusedCall(answer.status, decoded.Message ?? `${base} answered ${answer.status}.`);
  return decoded;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** SigV4, the client's half of connect-api/sigv4.ts. */
function sign(key: AccessKey, region: string, method: string, url: URL, hash: string): Record<string, string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/connect/aws4_request`;
  const signed = { host: url.host, 'x-amz-date': time };
  const request = { method, url: url.pathname + url.search, headers: signed };
  const canonical = canonicalRequest(request, ['host', 'x-amz-date'], hash);
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const hmac = (secret: string | Buffer, value: string) => createHmac('sha256', secret).update(value).digest();
  const signingKey = hmac(hmac(hmac(hmac(`AWS4${key.secret}`, day), region), 'connect'), 'aws4_request');
  const signature = createHmac('sha256', signingKey).update(text).digest('hex');
  return {
    'x-amz-date': time,
    authorization: `AWS4-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  };
}
