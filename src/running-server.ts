import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { identify, isAlive } from './database/processes.ts';

/** What a running server says of itself in its data folder, so that a command in another terminal finds it. No secret. */
export interface RunningServer {
  readonly url: string;
  readonly region: string;
  /** Of the first access key, which may come from settings that the other terminal does not have. */
  readonly accessKeyId: string;
}

const fileOf = (dataDir: string) => join(dataDir, 'server.json');

/**
 * Writes the file; the answer removes it, unless another server has written its own meanwhile, as several on one
 * database may. @throws when the data folder cannot be written to, which with a database elsewhere is no reason not to run
 */
export function announceServer(dataDir: string, server: RunningServer): () => void {
  const text = `${JSON.stringify({ ...server, process: identify(process.pid) }, null, 2)}\n`;
  const draft = `${fileOf(dataDir)}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, fileOf(dataDir));
  return () => {
    if (read(dataDir) === text) rmSync(fileOf(dataDir), { force: true });
  };
}

/** The server that runs in the data folder; null for none, or one that died without removing its file. */
export function findRunningServer(dataDir: string): RunningServer | null {
  try {
    const { url, region, accessKeyId, process } = JSON.parse(read(dataDir) ?? '');
    if (![url, region, accessKeyId].every((text) => typeof text === 'string') || !isAlive(process)) return null;
    return { url, region, accessKeyId };
  } catch {
    // Half a file of a crash, or what somebody put there: nobody runs here.
    return null;
  }
}

/** Where commands find the server, and its Region: as the settings say it is reached, else where it runs. */
export function serverAddress(config: Config): { readonly url: string; readonly region: string } {
  const running = findRunningServer(config.dataDir);
  const configured = `http://${config.host}:${config.port}`;
  return { url: config.publicUrl ?? running?.url ?? configured, region: running?.region ?? config.region };
}

function read(dataDir: string): string | null {
  try {
    return readFileSync(fileOf(dataDir), 'utf8');
  } catch {
    return null;
  }
}
