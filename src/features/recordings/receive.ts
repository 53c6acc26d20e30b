import { createHash, randomUUID } from 'node:crypto';
import type { Db } from '../../database/db.ts';
import type { ByteStore } from '../../operations/byte-store.ts';
import { invalidParameter } from '../../operations/errors.ts';
import { deepestJson } from '../../operations/json-nesting.ts';
import { createJsonCheck, type JsonFault } from './json-check.ts';
import { beginsAs, type ContentType, headBytes, mostTranscriptBytes } from './rules.ts';
import { noteBytes } from './store.ts';

/** Bytes that are in the store, and noted for removal unless somebody names them. */
export interface ReceivedBytes {
  readonly objectId: string;
  readonly size: number;
  readonly sha256: Buffer;
}

/** Longer than any request takes. */
const unnamedMilliseconds = 3_600_000;

/**
 * Takes bytes into the store. They are noted for removal before the first is written, so that whatever dies before they
 * have a name, the worker removes what is there of them.
 */
export async function receiveBytes(
  { db, store, now }: { readonly db: Db; readonly store: ByteStore; readonly now: Date },
  contentType: ContentType,
  bytes: AsyncIterable<Uint8Array>,
): Promise<ReceivedBytes> {
  const objectId = randomUUID();
  await noteBytes(db, objectId, new Date(now.getTime() + unnamedMilliseconds));
  const hash = createHash('sha256');
  let size = 0;
  const counted = async function* () {
    for await (const chunk of requiringType(contentType, bytes)) {
      size += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
    if (size === 0) throw invalidParameter('The recording is empty: send its bytes as the body of the request.');
  };
  try {
    await store.put(objectId, counted());
  } catch (error) {
    await dropBytes({ db, now }, objectId);
    throw error;
  }
  return { objectId, size, sha256: hash.digest() };
}

/** Has them removed as soon as the worker comes to it. */
export async function dropBytes({ db, now }: { readonly db: Db; readonly now: Date }, objectId: string): Promise<void> {
  await noteBytes(db, objectId, now);
}

/** Hands on what is the kind of file that it should be. */
async function* requiringType(contentType: ContentType, bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  if (contentType === 'application/json') {
    yield* checkedJson(bytes);
    return;
  }
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < headBytes) continue;
    requireBeginning(contentType, head);
    yield head;
    head = null;
  }
  if (head !== null && head.length > 0) {
    requireBeginning(contentType, head);
    yield head;
  }
}

function requireBeginning(contentType: ContentType, head: Buffer): void {
  if (beginsAs(contentType, head)) return;
  throw invalidParameter(`These bytes are no ${contentType}, which the ending of the recording's name promises.`);
}

/** Looked at piece by piece: the transcripts of several requests are never in memory at once, nor parsed in one go. */
async function* checkedJson(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const check = createJsonCheck(deepestJson);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decoded = (chunk?: Uint8Array) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw noJson();
    }
  };
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > mostTranscriptBytes) {
      throw invalidParameter(`A transcript may have ${mostTranscriptBytes / 1024 / 1024} MiB at most.`);
    }
    requireFine(check.take(decoded(chunk)));
    yield chunk;
  }
  if (size > 0) requireFine(check.take(decoded()) ?? check.end());
}

const noJson = () => invalidParameter('This transcript is no JSON in UTF-8.');

function requireFine(fault: JsonFault | null): void {
  if (fault === 'TOO_DEEP') throw invalidParameter(`This transcript is nested deeper than ${deepestJson} levels.`);
  if (fault) throw noJson();
}
