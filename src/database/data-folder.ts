import { accessSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from '../config.ts';

/**
 * Makes the data folder (mode 0700) unless it is there, and returns its real path.
 * @throws StartError when it is not a folder or may not be written to.
 */
export function openDataFolder(path: string): string {
  try {
    if (!statSync(path, { throwIfNoEntry: false })) make(path);
    if (!statSync(path).isDirectory()) throw notAFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(path);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw dataFolderError(path, error);
  }
}

/**
 * The folders above it, too, one by one: mkdir's own `recursive` says ENOENT for a read-only file system, and does not
 * return from one that takes no folders, such as /proc.
 */
function make(path: string): void {
  const above = dirname(path);
  if (!statSync(above, { throwIfNoEntry: false })) make(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another one that starts at the same moment may have been quicker.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** Turns what the file system says into the one line that whoever started Cordboard can act on. */
export function dataFolderError(path: string, error: unknown): StartError {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOTDIR' || code === 'EEXIST') return notAFolder(path);
  if (code === 'ENOENT') {
    return new StartError(
      `The data folder ${path} cannot be made: its file system takes no new folders, or it was removed at this moment. Set CORDBOARD_DATA_DIR to another folder.`,
    );
  }
  const reason =
    {
      EACCES: 'permission denied',
      EPERM: 'operation not permitted',
      EROFS: 'the file system is read-only',
      ENOSPC: 'no space left on the device',
      EDQUOT: 'the disk quota is used up',
    }[String(code)] ?? (error instanceof Error ? error.message : String(error));
  return new StartError(
    `Cannot write to the data folder ${path}: ${reason}. Make it writable or set CORDBOARD_DATA_DIR to another folder.`,
  );
}

function notAFolder(path: string): StartError {
  return new StartError(
    `The data folder ${path} is not a folder, lies below a file, or is a link that leads nowhere. Set CORDBOARD_DATA_DIR to a folder.`,
  );
}
