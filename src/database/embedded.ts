import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../config.ts';
import { dataFolderError, openDataFolder } from './data-folder.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { provideBinaries } from './embedded-binaries.ts';
import { createCluster } from './embedded-cluster.ts';
import { bringUp, port, type RunningServer, type ServerPlan, socketFile, stopServer } from './postmaster.ts';
import { canReach, chooseAccount, type ServerAccount } from './server-account.ts';

export interface EmbeddedConnection {
  /** The folder of the Unix socket; PostgreSQL listens nowhere else. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface EmbeddedPostgres {
  readonly connection: EmbeddedConnection;
  /** Stops PostgreSQL cleanly and gives the data folder back. Safe to call more than once. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** One line for the operator. */
  readonly log: (line: string) => void;
  /** Called when the server has died and when it accepts sessions again; not for the first start and the stop. */
  readonly onStatus?: (status: 'up' | 'down') => void;
  /** False gives up safety against power cuts for speed: for tests only. */
  readonly durable?: boolean;
  readonly maxConnections?: number;
  /** Chosen by the system's means unless given. */
  readonly account?: ServerAccount;
}

const maxBackOffMilliseconds = 5_000;
/** A server that lived this long does not count as one that keeps dying. */
const steadyMilliseconds = 30_000;
/** A Unix socket's path has at most 107 bytes on Linux, 103 on macOS. */
const maxSocketPathBytes = 103;

/**
 * Starts the PostgreSQL that comes with Cordboard in `dataDir` (made when missing), and keeps it up: a
 * server that dies is started again for as long as this process lives. A server that outlived a killed
 * Cordboard is kept. Resolves when sessions are accepted.
 * @throws StartError for everything that whoever started Cordboard can do something about.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32') {
    throw new StartError('Cordboard cannot run its own PostgreSQL on Windows: set DATABASE_URL, or use WSL.');
  }
  const dataDir = openDataFolder(options.dataDir);
  const unlock = lockDataFolder(dataDir);
  try {
    const plan = await prepare(dataDir, options);
    const server = await bringUp(plan);
    return supervise(plan, server, options, unlock);
  } catch (error) {
    unlock();
    throw error instanceof Error && 'code' in error ? dataFolderError(dataDir, error) : error;
  }
}

async function prepare(dataDir: string, options: EmbeddedOptions): Promise<ServerPlan> {
  const account = options.account ?? chooseAccount(dataDir);
  // Another user must get through to pgdata and the socket; what lies in the folder is closed to them by its own mode.
  if (account.kind === 'user') {
    if (lstatSync(dataDir).uid !== account.uid) chmodSync(dataDir, 0o711);
    if (!canReach(account, dataDir)) {
      throw new StartError(
        `PostgreSQL does not run as root, and ${account.name} cannot reach ${dataDir}: set CORDBOARD_DATA_DIR to a folder outside of a closed home folder, or set DATABASE_URL.`,
      );
    }
  }
  const binaries = provideBinaries(dataDir, account, options.log);
  const durable = options.durable ?? true;
  const pgdata = await createCluster({ dataDir, binaries, account, durable, log: options.log });
  const madeBy = readFileSync(join(pgdata, 'PG_VERSION'), 'utf8').trim();
  if (Number(madeBy) !== binaries.majorVersion) {
    throw new StartError(
      `The database in ${pgdata} was made by PostgreSQL ${madeBy}, this Cordboard has ${binaries.majorVersion}: start it with the Cordboard that made it, or set CORDBOARD_DATA_DIR to a new folder.`,
    );
  }
  return {
    postgres: binaries.postgres,
    account,
    pgdata,
    socketFolder: makeSocketFolder(dataDir, account),
    logFile: join(dataDir, 'postgresql.log'),
    settings: serverSettings(durable, options.maxConnections ?? 40),
  };
}

function serverSettings(durable: boolean, maxConnections: number): Record<string, string> {
  const safety = durable ? 'on' : 'off';
  return {
    listen_addresses: '',
    unix_socket_permissions: '0700',
    max_connections: String(maxConnections),
    shared_buffers: '128MB',
    max_wal_size: '1GB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // On either way a killed server loses nothing; only a power cut or a crash of the system asks for these two.
    synchronous_commit: 'on',
    fsync: safety,
    full_page_writes: safety,
    // A statement whose Cordboard was killed must not go on, holding its locks, until it happens to end.
    client_connection_check_interval: '1s',
    // Refused statements are the caller's matter, and may hold personal data; the log is for the server's own troubles.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
  };
}

/** The folder `socket` in the data folder or, where its path is too long, one in the temp folder that only we may use. */
function makeSocketFolder(dataDir: string, account: ServerAccount): string {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folder = [join(dataDir, 'socket'), join(tmpdir(), `cordboard-${hash}`), `/tmp/cordboard-${hash}`].find(
    (path) => Buffer.byteLength(`${socketFile(path)}.lock`) <= maxSocketPathBytes,
  );
  if (!folder) throw new Error('unreachable: the last path is short');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const mine = process.getuid?.() ?? -1;
  const owner = account.kind === 'user' ? account.uid : mine;
  // The temp folder is open to everybody: someone may have been here before us.
  if (!found.isDirectory() || (found.uid !== mine && found.uid !== owner)) {
    throw new StartError(`${folder} belongs to somebody else: remove it, or set CORDBOARD_DATA_DIR to a shorter path.`);
  }
  chmodSync(folder, 0o700);
  if (account.kind === 'user') chownSync(folder, account.uid, account.gid);
  return folder;
}

function supervise(
  plan: ServerPlan,
  first: RunningServer,
  { log, onStatus }: EmbeddedOptions,
  unlock: () => void,
): EmbeddedPostgres {
  const stopping = new AbortController();
  let server = first;
  let comingBack: Promise<void> | null = null;

  /** Tries until it is up or is to stop; waits longer between tries, also when servers come up only to die. */
  let wait = 0;
  const comeBack = async (): Promise<void> => {
    for (;;) {
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      wait = Math.min(Math.max(wait * 2, 100), maxBackOffMilliseconds);
      try {
        server = await bringUp(plan);
        return;
      } catch (error) {
        log(`${error instanceof Error ? error.message : String(error)} Trying again in ${wait / 1000} s.`);
      }
    }
  };

  const watch = async (): Promise<void> => {
    for (;;) {
      const since = performance.now();
      await server.exited;
      if (stopping.signal.aborted) return;
      if (performance.now() - since > steadyMilliseconds) wait = 0;
      log('PostgreSQL died. Starting it again.');
      onStatus?.('down');
      comingBack = comeBack();
      await comingBack;
      if (stopping.signal.aborted) return;
      log('PostgreSQL is up again.');
      onStatus?.('up');
    }
  };
  const watching = watch();

  const stop = async (): Promise<void> => {
    stopping.abort();
    // A server that is just being started must be there before it can be stopped.
    await comingBack;
    await stopServer(server);
    await watching;
    unlock();
  };
  let stopped: Promise<void> | null = null;
  return {
    connection: { host: plan.socketFolder, port, user: 'postgres', database: 'postgres' },
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}
