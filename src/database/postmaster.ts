import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../config.ts';
import { commandLine, identify, isAlive, type ProcessIdentity, processesIn, signal } from './processes.ts';
import { runAs, type ServerAccount } from './server-account.ts';

/** Everything that says which server is to run; equal plans mean that a running server may be kept. */
export interface ServerPlan {
  readonly postgres: string;
  readonly account: ServerAccount;
  readonly pgdata: string;
  readonly socketFolder: string;
  readonly logFile: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** A server that was seen ready. `exited` settles when its process is gone, whoever started it. */
export interface RunningServer {
  readonly process: ProcessIdentity;
  readonly exited: Promise<void>;
}

const pollMilliseconds = 15;
const maxLogBytes = 10 * 1024 * 1024;
/** A clean stop writes everything to disk first; only then is a harder stop, which costs a recovery, better. */
const fastStopMilliseconds = 10_000;

/** The port names the socket file only; nothing listens on TCP. */
export const port = 5432;

export function socketFile(socketFolder: string): string {
  return join(socketFolder, `.s.PGSQL.${port}`);
}

/**
 * Brings the server up: keeps the one that outlived its Cordboard, or starts one after clearing away
 * what a dead one left. @throws StartError with PostgreSQL's own last words when it does not come up.
 */
export async function bringUp(plan: ServerPlan): Promise<RunningServer> {
  const running = findPostmaster(plan.pgdata);
  if (running) {
    const server = { process: running, exited: untilDead(running) };
    if (commandLine(running.pid) === [plan.postgres, ...serverArguments(plan)].join(' ')) {
      const outcome = await untilReady(plan, server);
      if (outcome === 'ready') return server;
    } else {
      // Started by another version of Cordboard, or with other settings.
      await stopServer(server);
    }
  } else if (await answers(socketFile(plan.socketFolder))) {
    throw new StartError(
      `The database in ${plan.pgdata} is in use by a PostgreSQL that this system does not show, probably in another container. Stop that one, or set CORDBOARD_DATA_DIR to another folder.`,
    );
  }
  await clearRemains(plan);
  return launch(plan);
}

/** Stops it cleanly (SIGINT: sessions end, nothing is lost), harder only if that takes too long. */
export async function stopServer(server: RunningServer): Promise<void> {
  for (const [name, milliseconds] of [
    ['SIGINT', fastStopMilliseconds],
    ['SIGQUIT', 6_000],
    ['SIGKILL', 6_000],
  ] as const) {
    signal(server.process, name);
    const patience = new AbortController();
    const gone = await Promise.race([
      server.exited.then(() => true),
      delay(milliseconds, false, { signal: patience.signal }).catch(() => false),
    ]);
    patience.abort();
    if (gone) return;
  }
}

async function launch(plan: ServerPlan): Promise<RunningServer> {
  if ((statSync(plan.logFile, { throwIfNoEntry: false })?.size ?? 0) > maxLogBytes) {
    renameSync(plan.logFile, `${plan.logFile}.1`);
  }
  const logStart = statSync(plan.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const logHandle = openSync(plan.logFile, 'a', 0o600);
  const { program, args, options } = runAs(plan.account, plan.postgres, serverArguments(plan));
  let child: ChildProcess;
  try {
    // Detached: Ctrl-C in the terminal must reach Cordboard alone, which stops PostgreSQL last.
    child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', logHandle, logHandle] });
  } finally {
    closeSync(logHandle);
  }
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  child.unref();
  const identity = child.pid === undefined ? null : identify(child.pid);
  const server = identity ? { process: identity, exited } : null;
  if (server && (await untilReady(plan, server)) === 'ready') return server;
  throw new StartError(`PostgreSQL did not start: ${lastWords(plan.logFile, logStart)} (log: ${plan.logFile}).`);
}

function serverArguments(plan: ServerPlan): string[] {
  const settings = Object.entries(plan.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', plan.pgdata, '-p', String(port), '-k', plan.socketFolder, ...settings];
}

/** The postmaster of this folder, if it lives. Its pid alone proves nothing: it may belong to something else by now. */
function findPostmaster(pgdata: string): ProcessIdentity | null {
  const pid = readPidFile(pgdata)?.pid;
  if (pid === undefined || !commandLine(pid).includes(` -D ${pgdata} `)) return null;
  return identify(pid);
}

/** Line 8 of postmaster.pid is PostgreSQL's own word on whether it accepts sessions. */
async function untilReady(plan: ServerPlan, server: RunningServer): Promise<'ready' | 'gone'> {
  let gone = false;
  const watch = server.exited.then(() => {
    gone = true;
  });
  while (!gone) {
    const file = readPidFile(plan.pgdata);
    if (file?.pid === server.process.pid && file.status === 'ready') return 'ready';
    await Promise.race([watch, delay(pollMilliseconds)]);
  }
  return 'gone';
}

function readPidFile(pgdata: string): { pid: number; status: string } | null {
  try {
    const lines = readFileSync(join(pgdata, 'postmaster.pid'), 'utf8').split('\n');
    // A stand-alone backend (initdb, repair) writes a negative number.
    const pid = Math.abs(Number(lines[0]));
    return pid > 0 ? { pid, status: lines[7]?.trim() ?? '' } : null;
  } catch {
    return null;
  }
}

/**
 * After kill -9 the files of the dead postmaster remain. PostgreSQL mostly sees that they are stale,
 * but not while the dead one is a zombie that nobody has reaped yet, nor when its number belongs to
 * another process of ours. Called only when no postmaster lives and the data folder is locked.
 */
async function clearRemains(plan: ServerPlan): Promise<void> {
  const pidFile = join(plan.pgdata, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  // Sessions outlive their postmaster until they look up from their query, and keep a new one from starting.
  const findOrphans = () => processesIn(plan.pgdata).filter(({ pid }) => commandLine(pid).startsWith('postgres:'));
  for (let orphans = findOrphans(), round = 0; orphans.length > 0 && round < 600; round++) {
    for (const orphan of orphans) signal(orphan, round < 300 ? 'SIGQUIT' : 'SIGKILL');
    await delay(pollMilliseconds);
    orphans = findOrphans();
  }
  rmSync(pidFile, { force: true });
  rmSync(socketFile(plan.socketFolder), { force: true });
  rmSync(`${socketFile(plan.socketFolder)}.lock`, { force: true });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

/** For a server that is not our child, which the system tells nobody about but who asks. */
async function untilDead(process: ProcessIdentity): Promise<void> {
  while (isAlive(process)) await delay(100, undefined, { ref: false });
}

function lastWords(logFile: string, from: number): string {
  const lines = readFileSync(logFile).subarray(from).toString('utf8').trim().split('\n');
  const line = lines.findLast((text) => /FATAL|PANIC/.test(text)) ?? lines.at(-1);
  return line?.replace(/^.*?(FATAL|PANIC):\s*/, '') || 'it gave no reason';
}
