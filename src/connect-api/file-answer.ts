import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { FileAnswer } from '../operations/define-operation.ts';
import { OperationError } from '../operations/errors.ts';

export function isFileAnswer(output: unknown): output is FileAnswer {
  return typeof output === 'object' && output !== null && 'chunks' in output && 'fileName' in output;
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
  const source = file.chunks[Symbol.asyncIterator]();
  let next = await source.next();
  reply.header('content-type', file.contentType).header('content-disposition', contentDisposition(file.fileName));
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
function take(raw: ServerResponse, chunk: string, seconds: number, gone: AbortSignal): Promise<boolean> {
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
export function contentDisposition(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
