import { type Readable, Transform } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationError } from '../operations/errors.ts';

/** What Node.js reads ahead of every connection anyhow; requests of people and of most programs are no larger. */
const uncounted = 64 * 1024;

/**
 * Bounds the bytes of large bodies that lie in memory at the same time, from their arrival to the end of the answer.
 * Whoever sends what finds no room is refused and may come again; small requests always find some.
 */
export function createBodyRoom(most: number) {
  let taken = 0;
  return function throughRoom(request: FastifyRequest, reply: FastifyReply, body: Readable): Readable {
    const declared = Number(request.headers['content-length'] ?? Number.NaN);
    if (declared <= uncounted) return body;
    if (taken + declared > most) throw noRoom(reply);
    let own = 0;
    reply.raw.once('close', () => {
      taken -= own;
    });
    const counted = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        if (taken + chunk.length > most) return done(noRoom(reply));
        taken += chunk.length;
        own += chunk.length;
        done(null, chunk);
      },
    });
    // Not a pipeline, which would close the connection on whoever is to hear why.
    counted.once('error', () => body.unpipe(counted).resume());
    body.once('error', (error) => counted.destroy(error));
    return body.pipe(counted);
  };
}

function noRoom(reply: FastifyReply): OperationError {
  reply.header('retry-after', 1);
  return new OperationError(
    'ThrottlingException',
    'Too many large requests are being read at this moment. Try again in a second, or send less in a request.',
  );
}
