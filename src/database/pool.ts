import {
  Kysely,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import pg from 'pg';
import type { EmbeddedConnection } from './embedded.ts';
import { checkServer, connectionConfig } from './server-check.ts';
import type { Database } from './tables.ts';

export interface DatabaseOptions {
  /** A PostgreSQL 15 or later; takes precedence over `embeddedConnection`. */
  readonly databaseUrl?: string | null;
  readonly embeddedConnection?: EmbeddedConnection;
  /** Most sessions at a time. */
  readonly max: number;
  readonly log?: (line: string) => void;
}

export interface OpenDatabase {
  readonly db: Kysely<Database>;
  /** The same sessions, for what Kysely does not offer (COPY, migrations). */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

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
  log,
}: DatabaseOptions): Promise<OpenDatabase> {
  const target = databaseUrl ? { connectionString: databaseUrl } : embeddedConnection;
  if (!target) throw new Error('Neither databaseUrl nor embeddedConnection was given.');
  const config = connectionConfig(target);
  const accepted = await checkServer(config);
  if (accepted.options !== config.options) {
    log?.('The database does not take session settings at connect (a connection pooler?): using its own timeouts.');
  }

  const pool = new pg.Pool({ ...accepted, max, types: { getTypeParser } });
  // Without listeners a broken session would end the process, whether idle or in use.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({
      pool: { connect: async () => checkingCommits(await pool.connect()), end: () => pool.end() },
    }),
  });
  return { db, pool, close: () => db.destroy().then(() => (pool.ended ? undefined : pool.end())) };
}

/**
 * PostgreSQL answers COMMIT with ROLLBACK, not with an error, when a statement of the transaction had failed and the code
 * went on regardless. That would acknowledge what was never written, so it becomes an error here.
 */
function checkingCommits(client: pg.PoolClient): PostgresPoolClient {
  function query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query<R>(
    sql: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof sql !== 'string') throw new Error('Cursors are not used here.');
    return client.query(sql, [...parameters]).then((result) => {
      if (sql === 'commit' && result.command !== 'COMMIT') {
        throw new Error('A statement of this transaction had failed, so nothing was written.');
      }
      return result as PostgresQueryResult<R>;
    });
  }
  return { query, release: () => client.release() };
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
