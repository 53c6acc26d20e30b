import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { AccessKeyCaller } from '../operations/caller.ts';
import { canonicalRequest } from './canonical-request.ts';
import { FrontDoorError } from './front-door-error.ts';
import { RefusedValue } from './refused-value.ts';

export interface AccessKeyRecord {
  readonly secret: string;
  readonly caller: AccessKeyCaller;
  /** Called when the key has signed a request that is good. */
  used?(): Promise<void>;
}

export type FindAccessKey = (id: string) => Promise<AccessKeyRecord | null>;

export interface SignedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** All of a signature that can be judged before the body is there. */
export interface OpenedSignature {
  readonly caller: AccessKeyCaller;
  /** Of the credential scope. */
  readonly region: string;
  /** @throws FrontDoorError InvalidSignatureException */
  verify(body: Uint8Array): void;
  /**
   * The same before the body is read, over the hash that its sender has declared.
   * @returns the hash that the body must have, null for any: UNSIGNED-PAYLOAD
   * @throws FrontDoorError
   */
  verifyDeclared(): string | null;
  /** To be called when `verify` did not throw. */
  used(): Promise<void>;
}

/** AWS lets clocks differ by this much, in either direction. */
const toleranceMilliseconds = 5 * 60 * 1000;

/** Whether a request asks to be judged by SigV4, in its header or as a presigned address. */
export function isSigned(request: SignedRequest): boolean {
  return /^AWS4-/i.test(request.headers.authorization ?? '') || /[?&]X-Amz-(Signature|Algorithm)=/i.test(request.url);
}

/**
 * Reads and checks a SigV4 signature (service `connect`) up to the point where the body is needed.
 * @throws FrontDoorError with AWS's name for what is wrong
 */
export async function openSignature(
  request: SignedRequest,
  findAccessKey: FindAccessKey,
  now: Date,
): Promise<OpenedSignature> {
  const { accessKeyId, day, region, signedHeaders, signature } = readAuthorization(request);
  const { headers } = request;
  const time = readTime(headers, day);
  if (headers['x-amz-security-token'] !== undefined) {
    throw new FrontDoorError(
      'UnrecognizedClientException',
      'Session tokens are not accepted here. Sign with an access key alone: leave AWS_SESSION_TOKEN unset.',
    );
  }
  const key = await findAccessKey(accessKeyId);
  if (!key) {
    throw new FrontDoorError(
      'UnrecognizedClientException',
      'The access key of this request is not known here. Check AWS_ACCESS_KEY_ID.',
    );
  }
  checkClock(time, now);

  const declared = headers['x-amz-content-sha256'];
  const verify = (body: Uint8Array): void => {
    const hash = createHash('sha256').update(body).digest('hex');
    if (declared !== undefined && declared !== hash) throw otherBody();
    verifyOver(hash);
  };
  const verifyDeclared = (): string | null => {
    if (typeof declared !== 'string' || !/^(?:[0-9a-f]{64}|UNSIGNED-PAYLOAD)$/.test(declared)) {
      throw incomplete(
        'This request needs the header x-amz-content-sha256: the SHA-256 of its body in hexadecimal digits, or UNSIGNED-PAYLOAD.',
      );
    }
    verifyOver(declared);
    return declared === unsigned ? null : declared;
  };
  const verifyOver = (hash: string): void => {
    const scope = `${day}/${region}/connect/aws4_request`;
    const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical(request, signedHeaders, hash))];
    const expected = createHmac('sha256', signingKey(accessKeyId, key.secret, day, region))
      .update(text.join('\n'))
      .digest();
    if (!timingSafeEqual(expected, signature)) {
      throw wrongSignature(
        'The signature is not the one that this request and its secret access key give. Check AWS_SECRET_ACCESS_KEY, and that no proxy changes the path, the query, the Host header or the body.',
      );
    }
  };
  return { caller: key.caller, region, verify, verifyDeclared, used: async () => key.used?.() };
}

const unsigned = 'UNSIGNED-PAYLOAD';

export const otherBody = () =>
  wrongSignature('The body is not the one whose hash x-amz-content-sha256 gives; sign the body that is sent.');

interface Authorization {
  readonly accessKeyId: string;
  /** As in 20260131. */
  readonly day: string;
  readonly region: string;
  readonly signedHeaders: readonly string[];
  readonly signature: Buffer;
}

function readAuthorization({ headers, url }: SignedRequest): Authorization {
  const header = headers.authorization;
  if (header === undefined) {
    const presigned = url.includes('X-Amz-') ? 'Presigned addresses are not accepted here: s' : 'S';
    throw incomplete(`${presigned}end the signature in the Authorization header.`);
  }
  const [, algorithm, rest = ''] = /^(\S+)\s(.*)$/s.exec(header) ?? [];
  if (algorithm !== 'AWS4-HMAC-SHA256') throw incomplete('The Authorization header must begin with AWS4-HMAC-SHA256.');
  const parts = new Map(
    rest.split(',').map((part) => [part.trim().split('=', 1)[0], part.trim().replace(/^[^=]*=/, '')]),
  );
  const need = (name: string) => {
    const value = parts.get(name);
    if (!value) throw incomplete(`The Authorization header must have ${name}=….`);
    return value;
  };
  const scope = need('Credential').split('/');
  const [accessKeyId = '', day = '', region = '', service, terminator] = scope;
  if (
    scope.length !== 5 ||
    !/^\d{8}$/.test(day) ||
    !/^[a-z0-9-]{1,64}$/.test(region) ||
    !/^[\w-]{1,128}$/.test(accessKeyId)
  ) {
    throw incomplete('Credential must be <access key id>/<YYYYMMDD>/<Region>/connect/aws4_request.');
  }
  if (service !== 'connect' || terminator !== 'aws4_request') {
    throw wrongSignature('The credential must be scoped to the service connect and end in aws4_request.');
  }
  const signedHeaders = need('SignedHeaders').split(';');
  for (const name of ['host', 'x-amz-date']) {
    if (!signedHeaders.includes(name)) throw incomplete(`The header ${name} must be among the SignedHeaders.`);
  }
  for (const [index, name] of signedHeaders.entries()) {
    if (name !== name.toLowerCase() || name <= (signedHeaders[index - 1] ?? '')) {
      throw incomplete('SignedHeaders must be in lower case, sorted, and each there once.');
    }
    if (headers[name] === undefined) throw incomplete(`The signed header ${name.slice(0, 64)} is not in the request.`);
  }
  const signature = need('Signature');
  if (!/^[0-9a-f]{64}$/.test(signature)) throw incomplete('Signature must be 64 hexadecimal digits.');
  return { accessKeyId, day, region, signedHeaders, signature: Buffer.from(signature, 'hex') };
}

/** The time of signing. */
function readTime(headers: IncomingHttpHeaders, day: string): Date {
  const text = headers['x-amz-date'];
  const [, year, month, date, hour, minute, second] =
    (typeof text === 'string' ? /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) : null) ?? [];
  const time = new Date(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
  if (typeof text !== 'string' || Number.isNaN(time.getTime())) {
    throw incomplete('The header x-amz-date must be a UTC time such as 20260131T093000Z.');
  }
  if (!text.startsWith(day)) throw wrongSignature('The day of the credential scope is not the day of x-amz-date.');
  return time;
}

function checkClock(time: Date, now: Date): void {
  const age = now.getTime() - time.getTime();
  if (Math.abs(age) <= toleranceMilliseconds) return;
  const [signed, here] = [time, now].map((each) => each.toISOString().replace(/\.\d+/, ''));
  throw wrongSignature(
    age > 0
      ? `The signature has expired: it was made at ${signed} and is good for 5 minutes; it is ${here} here. Check the clocks.`
      : `The signature is not valid yet: it was made for ${signed} and it is ${here} here. Check the clocks.`,
  );
}

function canonical(request: SignedRequest, signedHeaders: readonly string[], hash: string): string {
  try {
    return canonicalRequest(request, signedHeaders, hash);
  } catch (error) {
    if (error instanceof RefusedValue) throw new FrontDoorError('MalformedHttpRequestException', error.message);
    throw error;
  }
}

/** Deriving a key costs four HMACs, and a client uses one key a day. */
const signingKeys = new Map<string, Buffer>();
const keptKeys = 1000;

function signingKey(accessKeyId: string, secret: string, day: string, region: string): Buffer {
  // The secret is part of the name: the key of one that was replaced is not found again.
  const name = `${day}/${region}/${accessKeyId}/${secret}`;
  const known = signingKeys.get(name);
  if (known) return known;
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), 'connect'), 'aws4_request');
  // The Region is the caller's to choose, so the number is bounded; the oldest goes first.
  for (const oldest of signingKeys.keys()) {
    if (signingKeys.size < keptKeys) break;
    signingKeys.delete(oldest);
  }
  signingKeys.set(name, key);
  return key;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const incomplete = (message: string) => new FrontDoorError('IncompleteSignatureException', message);
const wrongSignature = (message: string) => new FrontDoorError('InvalidSignatureException', message);
