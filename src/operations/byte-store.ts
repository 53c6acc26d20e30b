/**
 * Where bytes are kept that are too large for the database. Their names are ids that are made here, never from outside.
 * What is in it and what is to go the database knows; the store only does it, so it may be a folder or a bucket.
 */
export interface ByteStore {
  /** When it is done, all of them are kept for good; when it fails, none. */
  put(id: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Those from `start` to `end`, both counted; nothing is opened before the first is asked for. @throws BytesMissing */
  read(id: string, start: number, end: number): AsyncIterable<Uint8Array>;
  /** Also what a `put` that was cut off has left. Nothing happens when there is nothing. */
  remove(id: string): Promise<void>;
}

export class BytesMissing extends Error {
  override readonly name = 'BytesMissing';
  constructor() {
    super('BytesMissing: the store has no bytes under this id.');
  }
}
