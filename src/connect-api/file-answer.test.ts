import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFilePlaces, filesOfOneCaller, sendFile } from './file-answer.ts';

/** More than a socket takes at once, so that a client that does not read stops the file. */
const page = 'x'.repeat(300_000);

let app: FastifyInstance;
let chunkSeconds: number;
/** How a file is made; the time of its end, however it came. */
let source: (waiting: () => number) => AsyncGenerator<string>;
let ended: Promise<void> | undefined;
const failures: unknown[] = [];
beforeEach(async () => {
  failures.length = 0;
  ended = undefined;
  chunkSeconds = 600;
  app = Fastify({ forceCloseConnections: true });
  app.get('/file', async (_request, reply) => {
    let end = () => {};
    ended = new Promise((resolve) => {
      end = resolve;
    });
    const { raw } = reply;
    const chunks = closing(
      source(() => raw.writableLength),
      () => end(),
    );
    const file = { contentType: 'text/csv', fileName: 'a file.csv', chunks };
    return sendFile(reply.header('x-before', 'kept'), file, { atOnce: 9, chunkSeconds }, (error) =>
      failures.push(error),
    );
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => app.close());

async function* closing(chunks: AsyncGenerator<string>, end: () => void) {
  try {
    yield* chunks;
  } finally {
    end();
  }
}

function open(): Socket {
  const address = app.server.address();
  const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1');
  socket.on('error', () => {});
  socket.pause();
  socket.write('GET /file HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
  return socket;
}

test('a file arrives whole, with the headers that were set before', async () => {
  source = async function* () {
    for (let index = 0; index < 20; index++) yield `${index},`;
  };
  const address = app.server.address() as { port: number };
  const answer = await fetch(`http://127.0.0.1:${address.port}/file`);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/csv',
    'content-disposition': `attachment; filename="a file.csv"; filename*=UTF-8''a%20file.csv`,
    'x-before': 'kept',
  });
  expect(await answer.text()).toBe(Array.from({ length: 20 }, (_, index) => `${index},`).join(''));
});

test('one page lies in memory for a client: the next is fetched when it has left', async () => {
  const waiting: number[] = [];
  source = async function* (lengthOfWaiting) {
    for (let index = 0; index < 100; index++) {
      waiting.push(lengthOfWaiting());
      yield page;
    }
  };
  const got = await text(open().resume());
  expect(got.length).toBeGreaterThan(100 * page.length);
  expect(waiting).toEqual(new Array(100).fill(0));
});

test('a client that does not read is cut off, and its source is closed', async () => {
  chunkSeconds = 0.2;
  source = async function* () {
    for (;;) yield page;
  };
  const socket = open();
  await until(() => ended !== undefined);
  // Without an end of the writing this would never come: the file has none.
  await ended;
  socket.resume();
  await once(socket, 'close');
  expect(failures).toEqual([]);
});

test('a client that goes away closes the source', async () => {
  source = async function* () {
    for (;;) yield page;
  };
  const socket = open();
  await until(() => ended !== undefined);
  socket.destroy();
  await ended;
  expect(failures).toEqual([]);
});

test('what breaks when the client is gone, or was cut off by a stop, is no failure', async () => {
  let broken = (_error: Error) => {};
  source = async function* () {
    yield page;
    await new Promise((_resolve, reject) => {
      broken = reject;
    });
  };
  const closed = new Promise<void>((resolve) =>
    app.server.once('connection', (there: Socket) => there.once('close', () => resolve())),
  );
  const socket = open().resume();
  await once(socket, 'data');
  socket.destroy();
  await closed;
  const end = ended;
  broken(new Error('the database was closed'));
  await end;
  await new Promise((resolve) => setImmediate(resolve));
  expect(failures).toEqual([]);
});

test('a failure before the first page is an error answer; a later one breaks the transfer off and is heard of', async () => {
  source = async function* () {
    yield* [];
    throw new Error('at once');
  };
  const address = app.server.address() as { port: number };
  expect((await fetch(`http://127.0.0.1:${address.port}/file`)).status).toBe(500);
  source = async function* () {
    yield page;
    throw new Error('later');
  };
  const answer = await fetch(`http://127.0.0.1:${address.port}/file`);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
  expect(failures).toMatchObject([{ message: 'later' }]);
});

test('one caller has some places, all together have some, and each is given back', () => {
  const take = createFilePlaces({ atOnce: 6, chunkSeconds: 1 });
  const own = Array.from({ length: filesOfOneCaller }, () => take('one'));
  expect(() => take('one')).toThrow('You are downloading 4 files already. Wait until one is finished.');
  const others = [take('two'), take('three')];
  expect(() => take('four')).toThrow('6 files are being downloaded already. Wait until one is finished.');
  own[0]?.();
  take('one');
  for (const giveBack of others) giveBack();
  take('four');
  take('four');
  expect(() => take('five')).toThrow('6 files');
});

function once(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve) => socket.once(event, () => resolve()));
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
