import { constants, createReadStream } from 'node:fs';
import { access, type FileHandle, lstat, mkdir, open, realpath, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from './config.ts';
import { isUuid } from './operations/arn.ts';
import { type ByteStore, BytesMissing } from './operations/byte-store.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;

/** Files of the system have this much in one read. */
const chunkBytes = 256 * 1024;

/**
 * Bytes as files in a folder, in 256 folders by the first two digits of their ids. Whatever else lies there, links
 * included, is left alone.
 */
export function folderStore(folder: string): ByteStore {
  /** The folder of an id, which is no link to anywhere else; null when it is not there. */
  async function placeOf(id: string): Promise<string | null> {
    if (!isUuid(id)) throw new Error('The name of bytes must be a UUID.');
    const place = join(folder, id.slice(0, 2).toLowerCase());
    const stats = await lstat(place).catch(nullIfMissing);
    if (stats && !stats.isDirectory()) throw new Error('A folder of the store of bytes is something else.');
    return stats && place;
  }
  return {
    put: async (id, chunks) => {
      const place = (await placeOf(id)) ?? (await makePlace(folder, id));
      const [path, part] = [join(place, id), join(place, `${id}.part`)];
      const file = await open(part, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600);
      try {
        try {
          for await (const chunk of chunks) await writeAll(file, chunk);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(part, path);
      } catch (error) {
        await unlink(part).catch(nullIfMissing);
        throw error;
      }
      await syncFolder(place);
    },
    read: async function* (id, start, end) {
      const place = await placeOf(id);
      const file = place && (await open(join(place, id), O_RDONLY | O_NOFOLLOW).catch(nullIfMissing));
      if (!file) throw new BytesMissing();
      // Closes the file at its end, or when nobody wants more.
      yield* createReadStream('', { fd: file, start, end, highWaterMark: chunkBytes }) as AsyncIterable<Uint8Array>;
    },
    remove: async (id) => {
      const place = await placeOf(id);
      if (!place) return;
      for (const name of [id, `${id}.part`]) await unlink(join(place, name)).catch(nullIfMissing);
    },
  };
}

/** Makes the folder if it is not there. @throws StartError when it cannot be written to */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(await realpath(folder), constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new StartError(
      `Recordings cannot be kept in ${folder} (${reason}): set CORDBOARD_RECORDINGS to a folder that Cordboard may write to.`,
    );
  }
}

async function makePlace(folder: string, id: string): Promise<string> {
  const place = join(folder, id.slice(0, 2).toLowerCase());
  await mkdir(place, { recursive: true, mode: 0o700 });
  await syncFolder(folder);
  return place;
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length; ) done += (await file.write(chunk, done)).bytesWritten;
}

/** So that a name is there after a loss of power, too. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
