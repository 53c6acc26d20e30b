import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FakeConnect, startFakeConnect } from '../../test/clients/fake-connect.ts';
import { type FileScript, fakeOperations } from '../../test/clients/fake-operations.ts';
import { type Answer, send, signedHeaders, signedSend } from '../../test/clients/signed-fetch.ts';
import { identityOf } from '../operations/caller.ts';
import { accessDenied } from '../operations/errors.ts';
import type { Denial } from './server.ts';

const file: FileScript = { chunks: async function* () {} };
let server: FakeConnect;

beforeAll(async () => {
  server = await startFakeConnect(fakeOperations(file), {
    authenticateSession: async (request) => {
      switch (request.headers.cookie) {
        case 'session=good':
          return {
            caller: { kind: 'USER', userId: 'u', username: 'ada', instanceId: 'i' },
            region: 'eu-west-2',
          };
        case 'session=old':
          return { refusal: 'EXPIRED' };
        case 'session=forged':
          return { refusal: 'CSRF' };
        default:
          return null;
      }
    },
  });
});
afterAll(() => server.close());
beforeEach(() => {
  server.calls.length = 0;
  server.errors.length = 0;
  server.lines.length = 0;
});

const signed = (method: string, path: string, body?: string) =>
  signedSend(server.port, method, path, body === undefined ? {} : { body });
const plain = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  send(server.port, method, path, body === undefined ? { headers } : { headers, body });
const refusal = ({ status, headers }: Answer) => `${status} ${headers['x-amzn-errortype']}`;

/** Bytes as they are, and whatever comes back until the server closes. */
async function raw(bytes: string): Promise<string> {
  const socket = connectSocket(server.port, '127.0.0.1');
  socket.write(bytes);
  return textOf(socket);
}

describe('an answer', () => {
  test('has the request id under which the operation ran', async () => {
    const answer = await signed('GET', '/users/i/u');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.headers['x-amzn-requestid']).toBe(server.calls[0]?.requestId);
    expect(answer.json).toEqual({ User: { Id: 'u', Arn: 'i', Username: 'é', LastModifiedTime: 1_700_000_000.123 } });
    expect(server.calls[0]).toMatchObject({
      region: 'us-east-1',
      caller: { kind: 'ACCESS_KEY', accessKeyId: 'AKIDEXAMPLE' },
    });
  });

  test('to an operation without output is an empty object', async () => {
    const answer = await signed('DELETE', '/users/i/u');
    expect([answer.status, answer.text]).toEqual([200, '{}']);
  });

  test('has the status of the operation', async () => {
    expect(await signed('POST', '/try/i/ids', '{"UserIds":["a","b"]}')).toMatchObject({
      status: 202,
      json: { Count: 2 },
    });
  });

  test('does not depend on the content type, a body on DELETE or a slash at the end', async () => {
    const body = '{"Username":"a","RoutingProfileId":"r","SecurityProfileIds":["s"]}';
    for (const type of ['application/x-amz-json-1.1', 'application/json; charset=utf-8', 'text/plain']) {
      const answer = await signedSend(server.port, 'PUT', '/users/i', { body, headers: { 'content-type': type } });
      expect(answer).toMatchObject({ status: 200, json: { UserId: 'a' } });
    }
    const headers = { 'content-type': 'application/json' };
    expect(await signedSend(server.port, 'DELETE', '/users/i/u', { headers })).toMatchObject({ status: 200 });
    expect(await signedSend(server.port, 'DELETE', '/users/i/u', { headers, body: '' })).toMatchObject({ status: 200 });
    expect(await signed('GET', '/users/i/u/')).toMatchObject({ status: 200 });
  });
});

describe('a refusal', () => {
  test('of an operation has its code in header and body, and its further members', async () => {
    const missing = await signed('GET', '/users/i/missing');
    expect(refusal(missing)).toBe('404 ResourceNotFoundException');
    expect(missing.json).toEqual({
      __type: 'ResourceNotFoundException',
      Message: 'There is no user with the id missing in this instance.',
    });
    expect((await signed('DELETE', '/user-hierarchy-groups/g/i')).json).toEqual({
      __type: 'ResourceInUseException',
      Message: 'It has users.',
      ResourceType: 'HIERARCHY_GROUP',
      ResourceId: 'arn:group',
    });
    expect(server.errors).toEqual([]);
  });

  test('of a request that does not fit comes before the operation', async () => {
    const answer = await signed('PUT', '/users/i', '{"Username":""}');
    expect(refusal(answer)).toBe('400 InvalidParameterException');
    expect(answer.json.Message).toBe('Username must have 1 to 100 characters.');
    expect(server.calls).toEqual([]);
  });

  test('of what Connect has and Cordboard does not offer names the operation, to callers who may ask only', async () => {
    const answer = await signed('GET', '/prompts/i/p');
    expect(refusal(answer)).toBe('501 UnsupportedOperationException');
    expect(answer.json.Message).toContain('DescribePrompt');
    expect(refusal(await plain('GET', '/prompts/i/p'))).toBe('403 MissingAuthenticationTokenException');
  });

  test('of an unknown path or method says which methods there are', async () => {
    expect(refusal(await plain('GET', '/nowhere'))).toBe('404 UnknownOperationException');
    expect(refusal(await plain('POST', '/'))).toBe('404 UnknownOperationException');
    const answer = await plain('PATCH', '/users/i/u');
    expect(refusal(answer)).toBe('405 UnknownOperationException');
    expect(answer.headers.allow).toBe('DELETE, GET, OPTIONS');
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('of HEAD is without a body, and OPTIONS only lists the methods', async () => {
    expect(await plain('HEAD', '/users/i/u')).toMatchObject({ status: 405, text: '' });
    const options = await plain('OPTIONS', '/users/i/u');
    expect(options).toMatchObject({ status: 204, text: '' });
    expect(options.headers.allow).toBe('DELETE, GET, OPTIONS');
    expect(options.headers).not.toHaveProperty('access-control-allow-origin');
    expect(await plain('OPTIONS', '/nowhere')).toMatchObject({ status: 404 });
  });

  test('after an error that nobody expected says nothing but the request id, and is logged once', async () => {
    const answer = await signed('GET', '/users/i/broken');
    expect(refusal(answer)).toBe('500 InternalServiceException');
    expect(answer.json.Message).toContain(answer.headers['x-amzn-requestid']);
    expect(answer.text).not.toContain('relation');
    expect(server.errors).toHaveLength(1);
    expect(server.errors[0]).toMatchObject({
      requestId: answer.headers['x-amzn-requestid'],
      operation: 'DescribeUser',
    });
    expect(JSON.stringify(server.errors)).not.toContain('Key (x)=(y)');
  });
});

describe('who asks', () => {
  test('must sign or be signed in', async () => {
    expect(refusal(await plain('GET', '/users/i/u'))).toBe('403 MissingAuthenticationTokenException');
    expect(refusal(await plain('GET', '/users/i/u', { authorization: 'Basic YTpi' }))).toBe(
      '400 IncompleteSignatureException',
    );
    expect(refusal(await plain('GET', '/users/i/u?X-Amz-Signature=ab'))).toBe('400 IncompleteSignatureException');
    expect(server.calls).toEqual([]);
  });

  test('may be a session of the website, with its Region', async () => {
    const headers = { cookie: 'session=good', authorization: 'Basic YTpi' };
    expect(await plain('GET', '/users/i/u', headers)).toMatchObject({ status: 200 });
    expect(server.calls[0]).toMatchObject({ region: 'eu-west-2', caller: { kind: 'USER', username: 'ada' } });
  });

  test('hears that a session has ended, or that its token is missing', async () => {
    expect(refusal(await plain('GET', '/users/i/u', { cookie: 'session=old' }))).toBe('401 ExpiredTokenException');
    const forged = await plain('DELETE', '/users/i/u', { cookie: 'session=forged' });
    expect(refusal(forged)).toBe('403 AccessDeniedException');
    const old = await plain('GET', '/users/i/u', { cookie: 'session=old' });
    expect([forged, old].map(({ json }) => json.Reason)).toEqual(['CSRF_TOKEN_NOT_VALID', 'EXPIRED']);
  });

  test('cannot fall back to a session with a bad signature', async () => {
    const headers = { cookie: 'session=good', authorization: 'AWS4-HMAC-SHA256 nonsense' };
    expect(refusal(await plain('GET', '/users/i/u', headers))).toBe('400 IncompleteSignatureException');
  });

  test('is refused before the body arrives', async () => {
    const request = httpRequest({
      port: server.port,
      host: '127.0.0.1',
      method: 'PUT',
      path: '/users/i',
      agent: false,
    });
    request.setHeader('content-length', '1000000');
    request.write('{');
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(403);
    request.on('error', () => undefined);
    request.destroy();
  });

  test('is refused when the body is not the signed one', async () => {
    const headers = await signedHeaders(server.port, 'POST', '/try/i/ids', { body: '{"UserIds":["a"]}' });
    const { 'x-amz-content-sha256': _hash, ...others } = headers;
    expect(refusal(await plain('POST', '/try/i/ids', headers, '{"UserIds":["b"]}'))).toBe(
      '403 InvalidSignatureException',
    );
    expect(refusal(await plain('POST', '/try/i/ids', others, '{"UserIds":["a"]}'))).toBe(
      '400 IncompleteSignatureException',
    );
    const unknown = { ...headers, authorization: String(headers.authorization).replace('AKID', 'AKIX') };
    expect(refusal(await plain('POST', '/try/i/ids', unknown, '{}'))).toBe('403 UnrecognizedClientException');
    expect(server.calls).toEqual([]);
  });
});

describe('a denied call', () => {
  test('is told of with its caller once that is certain, and without a name before', async () => {
    const denials: Denial[] = [];
    const strict = await startFakeConnect(fakeOperations(file), {
      run: async () => {
        throw accessDenied('Not with this key.');
      },
      onDenied: (denial) => void denials.push(denial),
    });
    try {
      expect(refusal(await signedSend(strict.port, 'GET', '/users/i/u', {}))).toBe('403 AccessDeniedException');
      const headers = await signedHeaders(strict.port, 'DELETE', '/users/i/u', {});
      expect(refusal(await send(strict.port, 'GET', '/users/i/u', { headers }))).toBe('403 InvalidSignatureException');
      expect(refusal(await send(strict.port, 'GET', '/users/i/u', {}))).toBe('403 MissingAuthenticationTokenException');
      expect(await send(strict.port, 'GET', '/nowhere', {})).toMatchObject({ status: 404 });
    } finally {
      await strict.close();
    }
    expect(denials.map(({ caller, operation, code }) => [caller && identityOf(caller).id, operation, code])).toEqual([
      ['AKIDEXAMPLE', 'DescribeUser', 'AccessDeniedException'],
      [null, 'DescribeUser', 'InvalidSignatureException'],
      [null, 'DescribeUser', 'MissingAuthenticationTokenException'],
    ]);
  });
});

describe('bad HTTP', () => {
  test('a body over the limit is refused in AWS’s form', async () => {
    const body = `{"UserIds":["${'x'.repeat(16 * 1024 * 1024)}"]}`;
    const headers = await signedHeaders(server.port, 'POST', '/try/i/ids', { body });
    const head = Object.entries({ ...headers, 'content-length': body.length }).map(
      ([key, value]) => `${key}: ${value}`,
    );
    const answer = await raw(`POST /try/i/ids HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/x-amzn-errortype: RequestEntityTooLargeException/);
  });

  test('bodies that would not fit into memory together are refused for a while, small ones never', async () => {
    const room = await startFakeConnect(fakeOperations(file), { bodyRoom: 1_000_000 });
    try {
      const id = '00000000-0000-4000-8000-000000000000';
      const bodyOf = (bytes: number) => JSON.stringify({ UserIds: new Array(Math.ceil(bytes / 39)).fill(id) });
      const large = bodyOf(900_000);
      const headers = await signedHeaders(room.port, 'POST', '/try/i/ids', { body: large });
      const half = httpRequest({ port: room.port, method: 'POST', path: '/try/i/ids', headers, agent: false });
      half.on('error', () => undefined);
      half.setHeader('content-length', large.length);
      const reading = new Promise<void>((resolve) => {
        room.app.server.once('request', (request: IncomingMessage) => {
          let bytes = 0;
          request.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
            if (bytes === 600_000) resolve();
          });
        });
      });
      half.write(large.slice(0, 600_000));
      await reading;
      const send = (bytes: number) => signedSend(room.port, 'POST', '/try/i/ids', { body: bodyOf(bytes) });
      const refused = await send(500_000);
      expect([refusal(refused), refused.headers['retry-after']]).toEqual(['429 ThrottlingException', '1']);
      expect(await send(300_000)).toMatchObject({ status: 202 });
      expect(await send(50_000)).toMatchObject({ status: 202 });
      // What is in memory goes with its request, however that ends.
      const gone = new Promise((resolve) => half.once('close', resolve));
      half.destroy();
      await gone;
      while ((await send(900_000)).status === 429);
      expect(await send(900_000)).toMatchObject({ status: 202 });
      expect(room.errors).toEqual([]);
    } finally {
      await room.close();
    }
  });

  test('100,000 ids fit', async () => {
    const UserIds = Array.from({ length: 100_000 }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
    const answer = await signed('POST', '/try/i/ids', JSON.stringify({ UserIds }));
    expect(answer.json).toEqual({ Count: 100_000 });
  });

  test.each([
    [
      'a path that is not UTF-8',
      'GET /users/i/%ff HTTP/1.1\r\nhost: x\r\n\r\n',
      '400',
      'MalformedHttpRequestException',
    ],
    [
      'a broken escape in the path',
      'GET /users/i/%zz HTTP/1.1\r\nhost: x\r\n\r\n',
      '400',
      'MalformedHttpRequestException',
    ],
    [
      'a label far too long',
      `GET /users/i/${'a'.repeat(3000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      '414',
      'MalformedHttpRequestException',
    ],
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nhost: x\r\na: ${'a'.repeat(20_000)}\r\n\r\n`,
      '431',
      'RequestHeaderSectionTooLargeException',
    ],
    ['what is not HTTP', 'HELLO\r\n\r\n', '400', 'MalformedHttpRequestException'],
  ])('%s is answered in AWS’s form', async (_what, bytes, status, code) => {
    const answer = await raw(bytes.replace('host: x\r\n', 'host: x\r\nconnection: close\r\n'));
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain(`x-amzn-errortype: ${code}`);
    expect(answer).toContain(`"__type":"${code}"`);
    expect(server.errors).toEqual([]);
  });

  test('a content type that is none is refused', async () => {
    const answer = await signedSend(server.port, 'PUT', '/users/i', {
      body: '{}',
      headers: { 'content-type': 'nonsense' },
    });
    expect(refusal(answer)).toBe('415 UnsupportedMediaTypeException');
  });

  test('a client that goes away in the middle of its body is no error of ours', async () => {
    const body = '{"UserIds":["a"]}';
    const headers = await signedHeaders(server.port, 'POST', '/try/i/ids', { body });
    const closed = new Promise((resolve) =>
      server.app.server.once('connection', (socket) => socket.once('close', resolve)),
    );
    const request = httpRequest({ port: server.port, method: 'POST', path: '/try/i/ids', headers, agent: false });
    request.on('error', () => undefined);
    const arrived = once(server.app.server, 'request');
    request.setHeader('content-length', '5000');
    request.write(body);
    await arrived;
    request.destroy();
    await closed;
    await signed('GET', '/users/i/u');
    expect(server.errors).toEqual([]);
  });
});

describe('a file', () => {
  test('is streamed with its name', async () => {
    file.chunks = async function* () {
      yield 'Login,Status\r\n';
      yield 'ädä,SUCCEEDED\r\n';
    };
    const answer = await signed('GET', '/try/i/results.csv');
    expect(answer.text).toBe('Login,Status\r\nädä,SUCCEEDED\r\n');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="R_sultats _1_.csv"; filename*=UTF-8''R%C3%A9sultats%20%221%22.csv`,
      'transfer-encoding': 'chunked',
    });
  });

  test('may be empty', async () => {
    file.chunks = async function* () {};
    expect(await signed('GET', '/try/i/results.csv')).toMatchObject({ status: 200, text: '' });
  });

  test('that fails before its first chunk is answered as an error', async () => {
    // biome-ignore lint/correctness/useYield: it fails first
    file.chunks = async function* () {
      throw new Error('no rows');
    };
    expect(refusal(await signed('GET', '/try/i/results.csv'))).toBe('500 InternalServiceException');
    expect(server.errors).toHaveLength(1);
  });

  test('that fails later breaks the transfer and is logged once', async () => {
    file.chunks = async function* () {
      yield 'one';
      throw new Error('connection lost');
    };
    await expect(signed('GET', '/try/i/results.csv')).rejects.toThrow();
    expect(server.errors).toMatchObject([
      { operation: 'DownloadTry', error: { stack: expect.stringContaining('connection lost') } },
    ]);
    expect(server.lines).toEqual([]);
  });

  test('is produced no faster than it is taken, and no longer than the client listens', async () => {
    let produced = 0;
    const ended = new Promise<void>((resolve) => {
      file.chunks = async function* () {
        try {
          for (;;) {
            produced += 1;
            yield 'x'.repeat(64 * 1024);
          }
        } finally {
          resolve();
        }
      };
    });
    const headers = await signedHeaders(server.port, 'GET', '/try/i/results.csv');
    const request = httpRequest({ port: server.port, path: '/try/i/results.csv', headers, agent: false });
    request.end();
    const [response] = await once(request, 'response');
    await once(response, 'readable');
    // Another whole request goes through meanwhile: an endless source that did not wait would not let it.
    await signed('GET', '/users/i/u');
    expect(produced).toBeLessThan(1000);
    request.on('error', () => undefined);
    request.destroy();
    await ended;
    expect(server.errors).toEqual([]);
  });
});
