import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { FileAnswer } from '../operations/define-operation.ts';

export function isFileAnswer(output: unknown): output is FileAnswer {
  return typeof output === 'object' && output !== null && 'chunks' in output && 'fileName' in output;
}

/**
 * Streams a file as fast as the client takes it; when the client goes away, its source is closed.
 * The first chunk is fetched before anything is sent, so that an early failure is still answered as an error.
 * @param onFailure hears of a failure that came too late for that; the client sees a broken transfer.
 */
export async function sendFile(reply: FastifyReply, file: FileAnswer, onFailure: (error: unknown) => void) {
  const source = file.chunks[Symbol.asyncIterator]();
  const first = await source.next();
  const stream = Readable.from(rest(first, source, onFailure));
  return reply
    .header('content-type', file.contentType)
    .header('content-disposition', contentDisposition(file.fileName))
    .send(stream);
}

async function* rest(
  first: IteratorResult<string>,
  source: AsyncIterator<string>,
  onFailure: (error: unknown) => void,
) {
  try {
    for (let next = first; !next.done; next = await source.next()) yield next.value;
  } catch (error) {
    onFailure(error);
    // Fastify passes over this code in silence: the failure is in the log already.
    throw Object.assign(new Error('The file could not be finished.'), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
  } finally {
    await source.return?.();
  }
}

/** RFC 6266: plain ASCII for old clients, the real name for the others. */
export function contentDisposition(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
