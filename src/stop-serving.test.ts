import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { createStopServing } from './stop-serving.ts';

/** Longer than any test lasts: what waits for it hangs. */
const never = 3_600_000;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

async function serve(options: { delayMilliseconds?: number; limitMilliseconds?: number } = {}) {
  const app = Fastify({ forceCloseConnections: 'idle', return503OnClosing: false, keepAliveTimeout: never });
  const serving = createStopServing(app, { delayMilliseconds: 0, limitMilliseconds: never, ...options });
  let answer = (_text: string) => {};
  const asked = new Promise<void>((resolve) => {
    app.get('/held', () => {
      resolve();
      return new Promise<string>((done) => {
        answer = done;
      });
    });
  });
  app.get('/', async () => 'here');
  app.post('/', async () => 'taken');
  app.get('/endless', (_request, reply) => reply.send(Readable.from(endless())));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  const open = async (text = '') => {
    const socket = connect(address.port, '127.0.0.1');
    sockets.push(socket);
    const arrived = once(app.server, 'connection');
    await once(socket, 'connect');
    await arrived;
    socket.write(text);
    return socket;
  };
  return { app, serving, open, asked, answer: (text: string) => answer(text) };
}

async function* endless() {
  for (;;) yield 'x'.repeat(65_536);
}

/** Everything that comes until the connection ends; fails when it breaks. */
async function read(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

/** Up to the end of one answer. */
async function readOne(socket: Socket, end: string): Promise<string> {
  let text = '';
  while (!text.endsWith(end)) text += (await once(socket, 'data'))[0];
  return text;
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;
const patient = new AbortController().signal;

test('connections that ask for nothing end at once: new ones, and those that were answered before', async () => {
  const { serving, open } = await serve();
  const fresh = await open();
  const answered = await open(get('/'));
  await readOne(answered, 'here');
  await serving.stop(patient);
  expect(await read(fresh)).toBe('');
  expect(await read(answered)).toBe('');
});

test('what had been accepted is answered in full, and says that the connection ends', async () => {
  const { serving, open, asked, answer } = await serve();
  const held = await open(get('/held'));
  await asked;
  const stopped = serving.stop(patient);
  answer('late');
  const text = await read(held);
  expect(text).toMatch(/^HTTP\/1.1 200 .*\r\nconnection: close\r\n.*late$/is);
  await stopped;
});

test('a request that has arrived in part is read to its end and answered', async () => {
  const { app, serving, open } = await serve();
  const head = await open('GET / HTTP/1.1\r\nho');
  const body = await open('POST / HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\nab');
  await once(app.server, 'request');
  const stopped = serving.stop(patient);
  while (app.server.listening) await new Promise((resolve) => setImmediate(resolve));
  head.write('st: x\r\n\r\n');
  body.write('cd');
  expect(await read(head)).toMatch(/^HTTP\/1.1 200 .*here$/s);
  expect(await read(body)).toMatch(/^HTTP\/1.1 200 .*taken$/s);
  await stopped;
});

test('while it waits for proxies to turn away everything is served, and answers end their connection', async () => {
  const { serving, open } = await serve({ delayMilliseconds: never });
  const kept = await open(get('/'));
  expect(await readOne(kept, 'here')).not.toMatch(/connection: close/i);
  const hurry = new AbortController();
  const stopped = serving.stop(hurry.signal);
  expect(serving.begun()).toBe(true);
  kept.write(get('/'));
  expect(await read(kept)).toMatch(/connection: close\r\n.*here$/is);
  expect(await read(await open(get('/')))).toMatch(/connection: close\r\n.*here$/is);
  hurry.abort();
  await stopped;
});

test.each(['the limit', 'hurry'])(
  'half a header, half a body, a held request and a reader that stalls end with %s',
  async (by) => {
    const { app, serving, open, asked } = await serve({ limitMilliseconds: by === 'hurry' ? never : 50 });
    const stalled = await open(get('/endless'));
    stalled.pause();
    await once(app.server, 'request');
    await open(get('/held'));
    await asked;
    await open('GET / HTTP/1.1\r\nho');
    await open('POST / HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\nab');
    await once(app.server, 'request');
    const hurry = new AbortController();
    const stopped = serving.stop(hurry.signal);
    if (by === 'hurry') hurry.abort();
    await stopped;
    expect(app.server.listening).toBe(false);
  },
);
