import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FileAnswer, StoredFileAnswer } from '../operations/define-operation.ts';
import { OperationError } from '../operations/errors.ts';
import { wantedOf } from './byte-range.ts';
import { FrontDoorError } from './front-door-error.ts';

export function isFileAnswer(output: unknown): output is FileAnswer {
  return typeof output === 'object' && output !== null && 'chunks' in output && 'fileName' in output;
}

export function isStoredFile(output: unknown): output is StoredFileAnswer {
  return typeof output === 'object' && output !== null && 'read' in output && 'sha256' in output;
}

export interface FileLimits {
  /** Files that are being sent at the same time by this server. */
  readonly atOnce: number;
  /** A client that does not take a chunk within this is cut off. */
  readonly chunkSeconds: number;
}

export const defaultFileLimits: FileLimits = { atOnce: 32, chunkSeconds: 60 };

/** Files of one caller at the same time, so that nobody takes all places. */
export const filesOfOneCaller = 4;

/** Counts the files that are being sent. */
export function createFilePlaces({ atOnce }: FileLimits) {
  const taken = new Map<string, number>();
  let all = 0;
  /** Takes a place for a file and answers how to give it back. @throws OperationError TooManyRequestsException */
  return function takePlace(caller: string): () => void {
    const own = taken.get(caller) ?? 0;
    if (own >= filesOfOneCaller || all >= atOnce) {
      const who = own >= filesOfOneCaller ? `You are downloading ${own} files` : `${all} files are being downloaded`;
      throw new OperationError('TooManyRequestsException', `${who} already. Wait until one is finished.`);
    }
    all += 1;
    taken.set(caller, own + 1);
    return () => {
      all -= 1;
      const left = (taken.get(caller) ?? 1) - 1;
      if (left === 0) taken.delete(caller);
      else taken.set(caller, left);
    };
  };
}

/**
 * Streams a file as fast as the client takes it: a chunk is fetched when the one before has left, so that one lies in
 * memory for each client. When the client goes away, or takes a chunk too slowly, its source is closed.
 * The first chunk is fetched before anything is sent, so that an early failure is still answered as an error.
 * @param onFailure hears of a failure that came too late for that; the client sees a broken transfer.
 */
export async function sendFile(
  reply: FastifyReply,
  file: FileAnswer,
  { chunkSeconds }: FileLimits,
  onFailure: (error: unknown) => void,
): Promise<FastifyReply> {
  reply.header('content-type', file.contentType).header('content-disposition', contentDisposition(file.fileName));
  return sendChunks(reply, file.chunks, chunkSeconds, onFailure);
}

/** The same for what of a stored file the request wants. */
export async function sendStoredFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: StoredFileAnswer,
  { chunkSeconds }: FileLimits,
  onFailure: (error: unknown) => void,
): Promise<FastifyReply> {
  const { size, modified } = file;
  const etag = `"${file.sha256.toString('hex')}"`;
  const wanted = wantedOf(request.method, request.headers, { size, etag, modified });
  reply.header('accept-ranges', 'bytes').header('etag', etag).header('last-modified', modified.toUTCString());
  if (!('start' in wanted)) {
    if (wanted.status === 304) return reply.code(304).send();
    if (wanted.status === 416) reply.header('content-range', `bytes */${size}`);
    throw new FrontDoorError(
      'MalformedHttpRequestException',
      wanted.status === 412
        ? 'The file is not the one that If-Match asks for. Ask without it.'
        : `The file has ${size} bytes, and none in the range that is asked for.`,
      wanted.status,
    );
  }
  const { start, end, status } = wanted;
  if (status === 206) reply.header('content-range', `bytes ${start}-${end}/${size}`);
  reply
    .code(status)
    .header('content-type', file.contentType)
    .header('content-disposition', contentDisposition(file.fileName, file.inline ? 'inline' : 'attachment'))
    .header('content-length', end - start + 1);
  if (request.method === 'HEAD') return reply.send();
  return sendChunks(reply, file.read(start, end), chunkSeconds, onFailure);
}

async function sendChunks(
  reply: FastifyReply,
  chunks: AsyncIterable<string | Uint8Array>,
  chunkSeconds: number,
  onFailure: (error: unknown) => void,
): Promise<FastifyReply> {
  const source = chunks[Symbol.asyncIterator]();
  let next = await source.next();
  // Fastify's own way with streams fetches ahead.
  reply.hijack();
  const { raw } = reply;
  const gone = new AbortController();
  raw.once('close', () => gone.abort());
  try {
    raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>);
    for (; !next.done; next = await source.next()) {
      if (!(await take(raw, next.value, chunkSeconds, gone.signal))) break;
    }
    if (next.done) raw.end();
    else raw.destroy();
  } catch (error) {
    // To somebody who has gone, or was cut off by a stop, nothing failed.
    if (!gone.signal.aborted) onFailure(error);
    raw.destroy();
  } finally {
    await source.return?.();
  }
  return reply;
}

/** Whether the chunk has gone out. */
function take(raw: ServerResponse, chunk: string | Uint8Array, seconds: number, gone: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (taken: boolean) => {
      clearTimeout(timer);
      gone.removeEventListener('abort', cut);
      resolve(taken);
    };
    const cut = () => done(false);
    const timer = setTimeout(cut, seconds * 1000);
    if (gone.aborted) return cut();
    gone.addEventListener('abort', cut);
    raw.write(chunk, (error) => done(!error));
  });
}

/** RFC 6266: plain ASCII for old clients, the real name for the others. */
export function contentDisposition(fileName: string, disposition = 'attachment'): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `${disposition}; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
