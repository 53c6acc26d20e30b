import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, apiOf } from '../support/api.ts';
import { contactRecord } from '../support/contact-records.ts';
import { type LiveServer, startLiveServer } from '../support/live-server.ts';

let server: LiveServer;
let api: Api;
let contactId: string;
let path: string;
const sound = Buffer.from(`RIFF....WAVE${'0123456789'.repeat(100_000)}`);

beforeAll(async () => {
  server = await startLiveServer();
  api = apiOf(server, server.instance.region);
  contactId = randomUUID();
  const Recordings = ['a é:1.wav', 'b.wav', 'c.wav'].map((name) => ({
    Location: `bucket/${name}`,
    MediaStreamType: 'AUDIO',
  }));
  const record = contactRecord(server.instance, {
    contactId,
    start: new Date('2026-01-04T09:00:00Z'),
    more: { Recordings },
  });
  await api('ImportContactRecords', { InstanceId: server.instance.id, Records: [record] });
  path = `/contact-recordings/${server.instance.id}/${contactId}`;
});
afterAll(() => server.close());

test('a recording goes over the wire and comes back, in parts too', async () => {
  const url = `${path}/${encodeURIComponent('a é:1.wav')}`;
  expect(await api.send('PUT', url, sound)).toMatchObject({
    status: 200,
    body: { Outcome: 'NEW', Size: sound.length },
  });
  const whole = await api.send<string>('GET', url);
  expect(whole.status).toBe(200);
  expect(whole.body).toBe(sound.toString());
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'accept-ranges': 'bytes',
    'content-type': 'audio/wav',
    'content-length': String(sound.length),
    'content-disposition': `inline; filename="a _:1.wav"; filename*=UTF-8''a%20%C3%A9%3A1.wav`,
    'x-content-type-options': 'nosniff',
  });
  const etag = whole.headers.get('etag') ?? '';
  const asked = (headers: Record<string, string>, method = 'GET') => api.send<string>(method, url, undefined, headers);
  const part = await asked({ range: 'bytes=12-15', 'if-range': etag });
  expect([part.status, part.body, part.headers.get('content-range')]).toEqual([
    206,
    '0123',
    `bytes 12-15/${sound.length}`,
  ]);
  const beyond = await asked({ range: `bytes=${sound.length}-` });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${sound.length}`]);
  expect(beyond.body).toMatchObject({ Message: expect.stringContaining('none in the range') });
  expect((await asked({ 'if-none-match': etag })).status).toBe(304);
  const head = await asked({}, 'HEAD');
  expect([head.status, head.body, head.headers.get('content-length')]).toEqual([200, '', String(sound.length)]);
  expect((await api.send('GET', `${url}?download=true`)).headers.get('content-disposition')).toMatch(/^attachment/);
  expect((await asked({}, 'POST')).headers.get('allow')).toBe('DELETE, GET, HEAD, PUT, OPTIONS');
});

test('what is sent must be what was signed, whoever reads it when', async () => {
  const signed = (body: Buffer, headers: Record<string, string>) => api.send('PUT', `${path}/b.wav`, body, headers);
  const wrong = await signed(sound, { 'x-amz-content-sha256': 'a'.repeat(64) });
  expect(wrong).toMatchObject({ status: 403, body: { __type: 'InvalidSignatureException' } });
  const none = await signed(sound, { 'x-amz-content-sha256': 'none' });
  expect(none).toMatchObject({ status: 400, body: { Message: expect.stringContaining('UNSIGNED-PAYLOAD') } });
  expect((await api.send('GET', `${path}/b.wav`)).status).toBe(404);
  const unsigned = await signed(sound, { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' });
  expect(unsigned).toMatchObject({ status: 200, body: { Outcome: 'NEW' } });
  expect(server.failures).toEqual([]);
});

test('a body that is too long is refused by its length, before it is sent', async () => {
  const { port } = new URL(server.url);
  const headers = await api.signed('PUT', `${path}/c.wav`, undefined, { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' });
  const lines = Object.entries({ ...headers, 'content-length': String(513 * 1024 * 1024), connection: 'close' });
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`PUT ${path}/c.wav HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  const answer = new Promise<string>((resolve) => socket.once('data', (data: Buffer) => resolve(data.toString())));
  expect(await answer).toMatch(/^HTTP\/1.1 413 [\s\S]*at most 512 MiB are taken/);
  socket.destroy();
});
