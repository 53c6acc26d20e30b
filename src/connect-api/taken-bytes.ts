import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { FrontDoorError } from './front-door-error.ts';
import { otherBody } from './sigv4.ts';

/**
 * The bytes of a request as they come. Whoever has taken the last one knows that they are as many and those that were
 * declared.
 * @param hash SHA-256 in hexadecimal digits; null: any
 * @throws FrontDoorError
 */
export function takenBytes(request: FastifyRequest, most: number, hash: string | null): AsyncIterable<Uint8Array> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > most) throw tooMany(most);
  return checked((request.body as Readable | undefined) ?? [], most, hash);
}

async function* checked(body: Readable | readonly never[], most: number, hash: string | null) {
  const own = createHash('sha256');
  let count = 0;
  // Not `for await`, which closes the connection on whoever is to hear what was wrong.
  const source = Array.isArray(body) ? [] : (body as Readable).iterator({ destroyOnReturn: false });
  for await (const chunk of source as AsyncIterable<Buffer>) {
    count += chunk.length;
    if (count > most) throw tooMany(most);
    own.update(chunk);
    yield chunk as Uint8Array;
  }
  if (hash !== null && own.digest('hex') !== hash) throw otherBody();
}

const tooMany = (most: number) =>
  new FrontDoorError(
    'RequestEntityTooLargeException',
    `The request body is too large: at most ${(most / 1024 / 1024).toLocaleString('en-US')} MiB are taken.`,
  );
