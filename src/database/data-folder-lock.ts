import { linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../config.ts';
import { dataFolderError } from './data-folder.ts';
import { identify, isAlive, type ProcessIdentity } from './processes.ts';

const prefix = 'cordboard.lock.';

/**
 * Takes the data folder for this process; a second living Cordboard is refused, the lock of a dead
 * one is taken over at once. Returns the function that gives it back.
 *
 * The file is numbered, and taking over a stale one means creating the next number, which the file
 * system grants to one process only. (To remove a stale file and create it anew is the classic race:
 * the slower of two removes the fresh lock of the quicker.)
 * @throws StartError when another living process holds it.
 */
export function lockDataFolder(dataDir: string): () => void {
  const me = identify(process.pid);
  if (!me) throw new Error('This process does not see itself.');
  try {
    for (;;) {
      const generation = newest(dataDir);
      const holder = generation === 0 ? null : readHolder(lockFile(dataDir, generation));
      if (holder && isAlive(holder)) {
        const { folder } = holder;
        if (folder && folder.id !== folderId(dataDir)) {
          throw new StartError(
            `The data folder ${dataDir} is a copy of ${folder.path}, made while the Cordboard there (process ${holder.pid}) was running, so its database may be torn. Stop that one and copy the folder again; if this is a snapshot of one moment, remove ${lockFile(dataDir, generation)} and start again.`,
          );
        }
        throw new StartError(
          `The data folder ${dataDir} is in use by another Cordboard (process ${holder.pid}). Stop that one, or set CORDBOARD_DATA_DIR to another folder.`,
        );
      }
      const mine = { ...me, folder: { path: dataDir, id: folderId(dataDir) } };
      if (!create(dataDir, generation + 1, mine)) continue;
      // A process that was slow here may have created a number that others had passed already.
      if (newest(dataDir) !== generation + 1) {
        rmSync(lockFile(dataDir, generation + 1), { force: true });
        continue;
      }
      for (const older of generations(dataDir)) {
        if (older <= generation) rmSync(lockFile(dataDir, older), { force: true });
      }
      return () => release(dataDir, generation + 1);
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw dataFolderError(dataDir, error);
  }
}

/** The newest number is never removed, only marked, so that numbers never begin again. */
function release(dataDir: string, generation: number): void {
  try {
    const draft = `${lockFile(dataDir, generation)}.released`;
    writeFileSync(draft, '{"released":true}\n', { mode: 0o600 });
    renameSync(draft, lockFile(dataDir, generation));
  } catch {
    // The folder is gone or full: the lock goes stale with this process, which does as well.
  }
}

function create(dataDir: string, generation: number, me: Holder): boolean {
  // Linking a finished file: nobody can read a lock that is half written.
  const draft = join(dataDir, `.lock-of-${me.pid}`);
  writeFileSync(draft, `${JSON.stringify(me)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, lockFile(dataDir, generation));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

interface Holder extends ProcessIdentity {
  /** The folder that was locked: a copy of it holds a copy of this. Locks of an older Cordboard do not say. */
  readonly folder: { readonly path: string; readonly id: string } | null;
}

/** The same for the same folder wherever it is mounted, and another one for its copy. */
function folderId(path: string): string {
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev}:${ino}`;
}

/** Null when it was given back, or cannot be read (after a power cut it may be empty): nobody holds it. */
function readHolder(path: string): Holder | null {
  try {
    const { pid, startTime, folder }: Record<string, unknown> = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof pid !== 'number' || typeof startTime !== 'string') return null;
    return { pid, startTime, folder: isFolder(folder) ? folder : null };
  } catch {
    return null;
  }
}

function isFolder(value: unknown): value is NonNullable<Holder['folder']> {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('id' in value)) return false;
  return typeof value.path === 'string' && typeof value.id === 'string';
}

function newest(dataDir: string): number {
  return Math.max(0, ...generations(dataDir));
}

function generations(dataDir: string): number[] {
  return readdirSync(dataDir)
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
}

function lockFile(dataDir: string, generation: number): string {
  return join(dataDir, `${prefix}${generation}`);
}
