import { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import { isTooDeep } from '../../operations/json-nesting.ts';

/*
 * The formats in which Amazon Connect's streams reach a file: JSON objects one after another, with newlines or without,
 * arrays of them, what Kinesis and Firehose wrap around them (base64 under `data`), and gzip around all of that. What the
 * objects say is nobody's business here.
 */

/** Bytes of one record. Those of Connect have a few thousand; 32 KB of attributes and their escapes fit in. */
export const longestRecord = 1024 * 1024;
/** Of one wrapper with its records: Kinesis gives 10 MB at a time, a third more as base64. */
const longestWrapper = 16 * 1024 * 1024;
/** Far enough into a wrapper to know it for one. */
const wrapperHead = 16 * 1024;

export interface Position {
  /** In the file, from 1; of what is unpacked, if it is packed. */
  readonly line: number;
  /** How many records came before, and one. */
  readonly record: number;
}

type Piece =
  /** An object, by its brackets; whether it is JSON its reader will see. */
  | { readonly text: string; readonly problem?: undefined }
  /** A sentence for whoever has the file. */
  | { readonly problem: string; readonly text?: undefined };

export type StreamItem = Piece & { readonly position: Position };

/**
 * The records of a source in their order, one at a time, so that a file of any size needs the memory of one record or one
 * wrapper. What cannot be read is an item of its own, and the reading goes on behind it.
 */
export async function* readRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<StreamItem> {
  const splitter = createSplitter();
  let record = 0;
  let line = 1;
  const numbered = function* (objects: Iterable<Found>) {
    for (const object of objects) {
      ({ line } = object);
      for (const piece of recordsIn(object)) {
        record += 1;
        yield { ...piece, position: { line, record } };
      }
    }
  };
  try {
    for await (const chunk of unpacked(source)) yield* numbered(splitter.push(chunk));
    yield* numbered(splitter.end());
  } catch (error) {
    if (!isDamage(error)) throw error;
    const problem = 'The file is packed with gzip and damaged: nothing behind this place can be read.';
    yield { position: { line, record: record + 1 }, problem };
  }
}

const isPacked = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

const isDamage = (error: unknown) =>
  error instanceof Error && 'code' in error && /^(Z_|ERR_BUFFER_TOO_LARGE)/.test(String(error.code));

async function* unpacked(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const parts = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < 2) {
    const next = await parts.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = async function* () {
    yield head;
    for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
  };
  if (!isPacked(head)) {
    yield* whole();
    return;
  }
  const gunzip = createGunzip();
  const packed = Readable.from(whole()).on('error', (error) => gunzip.destroy(error));
  try {
    yield* packed.pipe(gunzip);
  } finally {
    packed.destroy();
  }
}

type Found = Piece & { readonly line: number };

const newline = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
/** Between objects: blanks, the commas and brackets of lists, and the bytes of a byte order mark. */
const between: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d, newline, 0x2c, 0x5b, 0x5d, 0xef, 0xbb, 0xbf]);

/** Cuts bytes into the JSON objects that stand at the top, wherever the chunks of them end. */
function createSplitter() {
  let line = 1;
  let depth = 0;
  let inText = false;
  let escaped = false;
  /** Of the object that is open: its line, and what came of it so far; null when it is too long. */
  let began = 1;
  let held: Uint8Array[] | null = [];
  let heldBytes = 0;
  /** Whether it holds records, once it is too long to be one. */
  let wraps: boolean | null = null;
  /** The line of something between objects that is none; null without. */
  let rubbish: number | null = null;

  const hold = (bytes: Uint8Array) => {
    if (held === null) return;
    held.push(bytes);
    heldBytes += bytes.length;
    if (heldBytes <= longestRecord) return;
    wraps ??= isWrapper(held);
    if (!wraps || heldBytes > longestWrapper) held = null;
  };
  function* reportRubbish(): Generator<Found> {
    if (rubbish !== null) yield { line: rubbish, problem: 'This is no JSON object.' };
    rubbish = null;
  }

  return {
    *push(chunk: Uint8Array): Generator<Found> {
      let start = 0;
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at] ?? 0;
        if (byte === newline) line += 1;
        if (depth === 0) {
          if (byte === openBrace) {
            yield* reportRubbish();
            depth = 1;
            start = at;
            began = line;
            held = [];
            heldBytes = 0;
            wraps = null;
          } else if (!between.has(byte)) rubbish ??= line;
        } else if (inText) {
          if (escaped) escaped = false;
          else if (byte === backslash) escaped = true;
          else if (byte === quote) inText = false;
        } else if (byte === quote) inText = true;
        else if (byte === openBrace) depth += 1;
        else if (byte === closeBrace) {
          depth -= 1;
          if (depth > 0) continue;
          hold(chunk.subarray(start, at + 1));
          yield { line: began, ...textOf(held) };
        }
      }
      if (depth > 0) hold(chunk.subarray(start));
    },
    *end(): Generator<Found> {
      if (depth > 0) yield { line: began, problem: 'This record has no end: the file may have been cut off.' };
      else yield* reportRubbish();
    },
  };
}

function isWrapper(held: readonly Uint8Array[]): boolean {
  const head = Buffer.concat(held).subarray(0, wrapperHead);
  return /"records"\s*:\s*\[/i.test(head.toString('latin1'));
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

export const tooLong = `This record is longer than ${longestRecord.toLocaleString('en')} bytes, which none of Amazon Connect is.`;

function textOf(held: readonly Uint8Array[] | null): Piece {
  if (held === null) return { problem: tooLong };
  try {
    return { text: utf8.decode(Buffer.concat(held)) };
  } catch {
    return { problem: 'This is no UTF-8.' };
  }
}

/** The records that an object is, or carries. */
function* recordsIn(object: Piece): Generator<Piece> {
  const carried = object.text === undefined ? null : carriedBy(object.text);
  if (carried) {
    for (const data of carried) yield* objectsOfData(data);
  } else if (object.text !== undefined && Buffer.byteLength(object.text) > longestRecord) yield { problem: tooLong };
  else yield object;
}

function* objectsOfData(data: unknown): Generator<Piece> {
  if (typeof data !== 'string') {
    yield { problem: 'This record of a stream has no data.' };
    return;
  }
  let bytes: Uint8Array = Buffer.from(data, 'base64');
  if (isPacked(bytes)) {
    try {
      bytes = gunzipSync(bytes, { maxOutputLength: longestWrapper });
    } catch (error) {
      if (!isDamage(error)) throw error;
      yield { problem: 'The data of this record of a stream are packed with gzip, and damaged or too much.' };
      return;
    }
  }
  const splitter = createSplitter();
  let found = false;
  for (const objects of [splitter.push(bytes), splitter.end()]) {
    for (const { text = '', problem } of objects) {
      found = true;
      yield problem === undefined ? { text } : { problem };
    }
  }
  if (!found) yield { problem: 'The data of this record of a stream hold no JSON object.' };
}

/** The base64 texts in what Lambda, Firehose and GetRecords of Kinesis give; null for a record itself. */
function carriedBy(text: string): unknown[] | null {
  // Most objects are told by it without being read.
  if (!/"(?:records|data)"/i.test(text) || isTooDeep(Buffer.from(text))) return null;
  let value: { readonly [key: string]: unknown };
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const list = value.Records ?? value.records;
  if (Array.isArray(list)) return list.map(dataOf);
  const own = dataOf(value);
  return typeof own === 'string' && !('ContactId' in value) && !('EventId' in value) ? [own] : null;
}

function dataOf(item: unknown): unknown {
  const { kinesis, Data, data } = Object(item) as { kinesis?: { data?: unknown }; Data?: unknown; data?: unknown };
  return Data ?? data ?? kinesis?.data;
}
