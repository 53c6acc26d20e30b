import { createHash, createHmac } from 'node:crypto';
import { buildQueryString } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrontDoorError } from './front-door-error.ts';
import { type FindAccessKey, isSigned, openSignature, type SignedRequest } from './sigv4.ts';

const accessKeyId = 'AKIDEXAMPLE';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const caller = { kind: 'ACCESS_KEY', accessKeyId, actions: [] } as const;
const findAccessKey: FindAccessKey = async (id) => (id === accessKeyId ? { secret, caller } : null);
const now = new Date('2026-01-31T09:30:00Z');

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

interface Plain {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string | string[]>;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly region?: string;
  readonly service?: string;
  readonly keyId?: string;
  readonly secretKey?: string;
  readonly at?: Date;
  /** Whether x-amz-content-sha256 is sent, as the JavaScript SDK does and the CLI does not. */
  readonly hashHeader?: boolean;
}

/** A request as a client with Smithy's signer sends it. */
async function sign(plain: Plain = {}): Promise<SignedRequest & { body: Buffer }> {
  const signer = new SignatureV4({
    service: plain.service ?? 'connect',
    region: plain.region ?? 'us-east-1',
    credentials: { accessKeyId: plain.keyId ?? accessKeyId, secretAccessKey: plain.secretKey ?? secret },
    sha256: Sha256 as never,
    applyChecksum: plain.hashHeader ?? true,
  });
  const { headers, method, path, query, body } = await signer.sign(
    {
      method: plain.method ?? 'POST',
      protocol: 'http:',
      hostname: 'localhost',
      path: plain.path ?? '/search-users',
      query: plain.query ?? {},
      headers: { host: 'localhost:8080', 'content-type': 'application/json', ...plain.headers },
      body: plain.body ?? '{"InstanceId":"x"}',
    },
    { signingDate: plain.at ?? now },
  );
  const search = buildQueryString(query ?? {});
  return { method, url: search ? `${path}?${search}` : path, headers, body: Buffer.from(body ?? '') };
}

async function check(request: SignedRequest & { body: Buffer }, at = now) {
  const opened = await openSignature(request, findAccessKey, at);
  opened.verify(request.body);
  return opened;
}

async function refusal(request: SignedRequest & { body: Buffer }, at = now): Promise<[string, number, string]> {
  try {
    await check(request, at);
  } catch (error) {
    if (error instanceof FrontDoorError) return [error.code, error.status, error.message];
    throw error;
  }
  throw new Error('it was accepted');
}

const withHeaders = (request: SignedRequest & { body: Buffer }, headers: Record<string, string | undefined>) => ({
  ...request,
  headers: { ...request.headers, ...headers },
});
const authorized = (request: SignedRequest & { body: Buffer }, from: string | RegExp, to: string) =>
  withHeaders(request, { authorization: String(request.headers.authorization).replace(from, to) });

const text = fc.string({ unit: 'binary', maxLength: 12 });
const segment = fc.oneof(text, fc.constantFrom('arn:aws:connect:us-east-1:1:instance/a b', 'é', '+', '%2F', "!'()*~"));
const plainRequest = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
  path: fc
    .array(
      segment.filter((each) => each !== '' && each !== '.' && each !== '..'),
      { minLength: 1, maxLength: 5 },
    )
    .map((segments) => `/${segments.map(encodeURIComponent).join('/')}`),
  // Smithy's signer loses a key named __proto__.
  query: fc.dictionary(
    text.filter((key) => !/^(x-amz-.*|__proto__|)$/i.test(key)),
    fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 4 })),
    {
      maxKeys: 5,
    },
  ),
  body: text,
  headers: fc.dictionary(
    fc.constantFrom('x-amz-meta-a', 'amz-sdk-request', 'x-odd'),
    fc.oneof(fc.stringMatching(/^[ -~]{0,20}$/), fc.constant('a  b   c')),
  ),
  region: fc.constantFrom('us-east-1', 'eu-west-2', 'ap-southeast-2'),
});

test('accepts what Smithy signs, whatever path, query, headers and body', async () => {
  await fc.assert(
    fc.asyncProperty(plainRequest, async (plain) => {
      const opened = await check(await sign(plain));
      expect(opened).toMatchObject({ caller, region: plain.region });
    }),
    { numRuns: 500 },
  );
});

test('refuses a request of which one thing was changed after signing', async () => {
  const change = fc.constantFrom('method', 'path', 'query', 'body', 'header', 'signature', 'region');
  await fc.assert(
    fc.asyncProperty(plainRequest, change, async (plain, changed) => {
      const request = await sign({ ...plain, headers: {} });
      const signature = /Signature=(.)/.exec(String(request.headers.authorization))?.[1];
      const altered = {
        method: { ...request, method: request.method === 'GET' ? 'POST' : 'GET' },
        path: { ...request, url: request.url.replace(/^\//, '/x') },
        query: { ...request, url: `${request.url}${request.url.includes('?') ? '&' : '?'}more=1` },
        body: { ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) },
        header: withHeaders(request, { 'content-type': 'text/plain' }),
        signature: authorized(request, /Signature=./, `Signature=${signature === '0' ? '1' : '0'}`),
        region: authorized(request, plain.region, 'us-west-1'),
      }[changed];
      expect((await refusal(altered)).slice(0, 2)).toEqual(['InvalidSignatureException', 403]);
    }),
    { numRuns: 300 },
  );
});

test('an encoded slash of a signed path cannot become a plain one', async () => {
  const request = await sign({ path: '/tags/arn%3Aa%2Fb' });
  expect(await refusal({ ...request, url: '/tags/arn%3Aa/b' })).toMatchObject({ 0: 'InvalidSignatureException' });
});

test('the query is signed by its meaning: order, spaces as plus and the form of encoding do not matter', async () => {
  const request = await sign({
    method: 'GET',
    path: '/users-summary/i',
    query: { b: 'two words', a: ['2', '1'] },
    body: '',
  });
  await check({ ...request, url: '/users-summary/i?a=2&b=two+words&a=1' });
  await check({ ...request, url: '/users-summary/i?%61=2&a=1&b=%74wo%20words' });
});

test('needs x-amz-content-sha256 neither there nor signed, but right when it is there', async () => {
  await check(await sign({ hashHeader: false }));
  const request = await sign();
  const { 'x-amz-content-sha256': hash, ...without } = request.headers;
  expect(hash).toBeDefined();
  expect(await refusal({ ...request, headers: without })).toMatchObject({ 0: 'IncompleteSignatureException' });
  const unsigned = await sign({ headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } });
  const [code, , message] = await refusal(unsigned);
  expect([code, message]).toEqual(['InvalidSignatureException', expect.stringContaining('x-amz-content-sha256')]);
});

test('refuses an unknown access key and a wrong secret with the names AWS uses', async () => {
  expect((await refusal(await sign({ keyId: 'AKIDOTHER' }))).slice(0, 2)).toEqual(['UnrecognizedClientException', 403]);
  const [code, status, message] = await refusal(await sign({ secretKey: 'wrong' }));
  expect([code, status]).toEqual(['InvalidSignatureException', 403]);
  expect(message).not.toContain(secret);
});

test('holds for five minutes before and after the clock, and says which way it is off', async () => {
  const minutes = (n: number) => new Date(now.getTime() + n * 60_000);
  const request = await sign();
  await check(request, minutes(5));
  await check(request, minutes(-5));
  const late = await refusal(request, new Date(minutes(5).getTime() + 1000));
  expect(late).toEqual(['InvalidSignatureException', 403, expect.stringContaining('has expired')]);
  const early = await refusal(request, new Date(minutes(-5).getTime() - 1000));
  expect(early).toEqual(['InvalidSignatureException', 403, expect.stringContaining('not valid yet')]);
});

test('the day of the scope must be the day of x-amz-date, however well it is signed', async () => {
  const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
  const sha256 = (data: string) => createHash('sha256').update(data).digest('hex');
  const signByHand = (day: string) => {
    const canonical = `GET\n/users/i/u\n\nhost:localhost\nx-amz-date:20260131T093000Z\n\nhost;x-amz-date\n${sha256('')}`;
    const scope = `${day}/us-east-1/connect/aws4_request`;
    const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), 'us-east-1'), 'connect'), 'aws4_request');
    const signature = hmac(key, `AWS4-HMAC-SHA256\n20260131T093000Z\n${scope}\n${sha256(canonical)}`).toString('hex');
    const credential = `Credential=${accessKeyId}/${scope}`;
    const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host;x-amz-date, Signature=${signature}`;
    const headers = { host: 'localhost', 'x-amz-date': '20260131T093000Z', authorization };
    return { method: 'GET', url: '/users/i/u', headers, body: Buffer.of() };
  };
  await check(signByHand('20260131'));
  const [code, , message] = await refusal(signByHand('20260130'));
  expect([code, message]).toEqual(['InvalidSignatureException', expect.stringContaining('day')]);
});

test('a secret that was replaced is no longer good, and the new one is at once', async () => {
  const [before, after] = [await sign(), await sign({ secretKey: 'new secret' })];
  await check(before);
  const rotated: FindAccessKey = async () => ({ secret: 'new secret', caller });
  (await openSignature(after, rotated, now)).verify(after.body);
  const opened = await openSignature(before, rotated, now);
  expect(() => opened.verify(before.body)).toThrow(FrontDoorError);
});

test('refuses another service, session tokens and presigned addresses with a reason', async () => {
  expect(await refusal(await sign({ service: 's3' }))).toMatchObject({ 2: expect.stringContaining('connect') });
  const token = await sign({ headers: { 'x-amz-security-token': 'abc' } });
  expect(await refusal(token)).toEqual([
    'UnrecognizedClientException',
    403,
    expect.stringContaining('AWS_SESSION_TOKEN'),
  ]);
  const presigned = {
    method: 'GET',
    url: '/users-summary/i?X-Amz-Algorithm=AWS4-HMAC-SHA256',
    headers: {},
    body: Buffer.of(),
  };
  expect(isSigned(presigned)).toBe(true);
  expect(await refusal(presigned)).toEqual(['IncompleteSignatureException', 400, expect.stringContaining('Presigned')]);
});

test.each([
  ['another algorithm', /^AWS4-HMAC-SHA256/, 'AWS4-ECDSA-P256-SHA256'],
  ['no credential', /Credential=[^,]*, /, ''],
  ['a short scope', '/connect/aws4_request', ''],
  ['no signed headers', /SignedHeaders=[^,]*, /, ''],
  ['no host among the signed headers', ';host', ''],
  ['no date among the signed headers', ';x-amz-date', ''],
  ['a signed header that is not there', ';host', ';host;nowhere'],
  ['signed headers out of order', 'content-type;host', 'host;content-type'],
  ['no signature', /, Signature=.*$/, ''],
  ['a signature that is no hash', /Signature=.*$/, 'Signature=abc'],
  ['nothing at all behind the algorithm', / .*$/, ''],
])('answers an Authorization header with %s as incomplete', async (_what, from, to) => {
  const [code, status] = await refusal(authorized(await sign(), from, to));
  expect([code, status]).toEqual(['IncompleteSignatureException', 400]);
});

test.each(['', 'yesterday', '20260131T093000', '20261331T093000Z'])(
  'answers the date %j as incomplete',
  async (date) => {
    const [code] = await refusal(withHeaders(await sign(), { 'x-amz-date': date }));
    expect(code).toBe('IncompleteSignatureException');
  },
);

test('never fails in another way, whatever the Authorization header', async () => {
  const request = await sign();
  const pieces = fc.constantFrom(
    'AWS4-HMAC-SHA256 ',
    'Credential=',
    'a/20260131/us-east-1/connect/aws4_request',
    ', ',
    ',',
    '=',
    ';',
    'SignedHeaders=',
    'host;x-amz-date',
    '__proto__',
    'Signature=',
    'a'.repeat(64),
  );
  const header = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }).map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(header, async (authorization) => {
      const [code] = await refusal(withHeaders(request, { authorization }));
      expect(code).toMatch(/^(IncompleteSignature|InvalidSignature|UnrecognizedClient)Exception$/);
    }),
    { numRuns: 500 },
  );
});
