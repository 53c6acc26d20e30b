import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { EmbeddedConnection } from './embedded.ts';
import { checkServer, connectionConfig } from './server-check.ts';
import { createSessions, defaultTimings, type Timings } from './sessions.ts';
import type { Database } from './tables.ts';

export interface DatabaseOptions {
  /** A PostgreSQL 15 or later; takes precedence over `embeddedConnection`. */
  readonly databaseUrl?: string | null;
  readonly embeddedConnection?: EmbeddedConnection;
  /** Most sessions at a time. */
  readonly max: number;
  readonly log?: (line: string) => void;
  /** For tests. */
  readonly timings?: Partial<Timings>;
}

export interface OpenDatabase {
  readonly db: Kysely<Database>;
  /** The same sessions, for what Kysely does not offer (COPY, migrations). */
  readonly pool: pg.Pool;
  /** Waits a little for sessions that are in use, then cuts them; not at all with `hurry`. */
  close(options?: { readonly hurry?: boolean }): Promise<void>;
}

const closeMilliseconds = 2_000;

/**
 * Opens the pool of sessions after a look at the server. It outlives the server: a session that breaks is
 * dropped, and the next query opens a new one.
 * int8 is read as a number, timestamptz as a Date, date as YYYY-MM-DD.
 * @throws StartError when the server cannot be reached, is older than 15, or cannot be used; never names the password.
 */
export async function openDatabase({
  databaseUrl,
  embeddedConnection,
  max,
  log = () => {},
  timings,
}: DatabaseOptions): Promise<OpenDatabase> {
  const target = databaseUrl ? { connectionString: databaseUrl } : embeddedConnection;
  if (!target) throw new Error('Neither databaseUrl nor embeddedConnection was given.');
  const { config, transactionSettings } = await checkServer(connectionConfig(target));
  if (transactionSettings) {
    log('The database does not keep settings of a session (a connection pooler?): setting them in each transaction.');
  }

  // Kept, for the driver has no way to close a connection whose other end says nothing.
  const sockets = new Set<Socket>();
  const stream = () => {
    const socket = new Socket();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const pool = new pg.Pool({ ...config, stream, max, types: { getTypeParser } });
  // Without listeners a broken session would end the process, whether idle or in use.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const sessions = createSessions({
    pool,
    transactionSettings,
    log,
    timings: { ...defaultTimings, ...timings },
  });
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: sessions }) });

  const close = async (hurry: boolean) => {
    // Kysely ends the pool only if it has been used.
    const ended = db.destroy().then(() => (pool.ending ? undefined : pool.end()));
    const patience = new AbortController();
    const waited = delay(hurry ? 0 : closeMilliseconds, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([ended, waited]);
    patience.abort();
    for (const socket of sockets) if (!pool.ended || hurry) socket.destroy();
  };
  let closing: Promise<void> | null = null;
  return {
    db,
    pool,
    close: ({ hurry = false } = {}) => {
      closing ??= close(hurry);
      return closing;
    },
  };
}

const { builtins } = pg.types;

function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === builtins.INT8) return toNumber;
  if (oid === builtins.DATE) return String;
  return pg.types.getTypeParser(oid, format);
}

function toNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('A whole number of the database is too large for JavaScript.');
  return value;
}
