import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../config.ts';
import type { Binaries } from './embedded-binaries.ts';
import { runAs, type ServerAccount } from './server-account.ts';

interface ClusterOptions {
  readonly dataDir: string;
  readonly binaries: Binaries;
  readonly account: ServerAccount;
  readonly durable: boolean;
  readonly log: (line: string) => void;
}

const draftPrefix = 'pgdata.new-';

/**
 * Makes the database folder `pgdata` unless it is there, and returns its path. It is made under another
 * name and renamed when it is whole, so a first start that was interrupted heals itself.
 *
 * Encoding and order are fixed to UTF-8 and PostgreSQL's own C.UTF-8: the host's locale must not decide
 * them, and an upgrade of its C library must not break indexes.
 * @throws StartError when initdb fails.
 */
export async function createCluster({ dataDir, binaries, account, durable, log }: ClusterOptions): Promise<string> {
  const pgdata = join(dataDir, 'pgdata');
  const abandoned = readdirSync(dataDir).filter((name) => name.startsWith(draftPrefix));
  for (const name of abandoned) removeQuietly(join(dataDir, name));
  if (existsSync(pgdata)) return pgdata;

  log('Creating the database (first start).');
  // A name of its own each time: the initdb of a killed Cordboard may still be writing to the last one.
  const draft = mkdtempSync(join(dataDir, draftPrefix));
  if (account.kind === 'user') chownSync(draft, account.uid, account.gid);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const failure = await run(account, binaries.initdb, [
    ...['-D', draft, '-U', 'postgres', '-A', 'trust', ...locale],
    ...(durable ? [] : ['--no-sync']),
  ]);
  if (failure !== null) {
    removeQuietly(draft);
    throw new StartError(`The database could not be created in ${dataDir}: ${failure}.`);
  }
  renameSync(draft, pgdata);
  syncFolder(dataDir);
  return pgdata;
}

/** The initdb of a killed Cordboard may still be filling it; what is left goes at the next start. */
function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {}
}

/** Null when it ended well, else its last words. */
function run(account: ServerAccount, command: string, commandArgs: readonly string[]): Promise<string | null> {
  const { program, args, options } = runAs(account, command, commandArgs);
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, killedBy) => {
      const lines = stderr.trim().split('\n');
      const line = lines.findLast((text) => /FATAL|error:/.test(text)) ?? lines.at(-1);
      resolve(code === 0 ? null : line?.replace(/^.*?(FATAL|error):\s*/, '') || `ended with ${code ?? killedBy}`);
    });
  });
}

/** The rename itself must survive a power cut, too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
