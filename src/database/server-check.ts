import pg from 'pg';
import { StartError } from '../config.ts';
import { errorCode } from './database-errors.ts';
import type { EmbeddedConnection } from './embedded.ts';

export const minServerVersion = 150_000;
const connectSeconds = 10;

/** The longest that PostgreSQL lets a statement run. */
export const statementMilliseconds = 60_000;
const idleInTransactionMilliseconds = 10_000;

/**
 * Settings of every session. A machine that dies in the middle of a transaction must not hold its locks: PostgreSQL
 * itself ends the transaction, after 10 s without a statement or about 6 s without a sign of life on the network.
 */
const sessionSettings = [
  // A role's own limits are for people at a prompt.
  'lock_timeout=0',
  'idle_session_timeout=0',
  'tcp_keepalives_idle=3',
  'tcp_keepalives_interval=1',
  'tcp_keepalives_count=3',
  'tcp_user_timeout=8000',
];

/** What both the pool and the first look at the server use. */
export function connectionConfig(target: { connectionString: string } | EmbeddedConnection): pg.ClientConfig {
  const embedded = 'connectionString' in target ? {} : { ssl: false, password: '' };
  try {
    if ('connectionString' in target) checkUrl(target.connectionString);
    const config: pg.ClientConfig = {
      ...target,
      ...embedded,
      application_name: 'cordboard',
      connectionTimeoutMillis: connectSeconds * 1000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
      statement_timeout: statementMilliseconds,
      idle_in_transaction_session_timeout: idleInTransactionMilliseconds,
      options: sessionSettings.map((setting) => `-c ${setting}`).join(' '),
    };
    new pg.Client(config);
    return config;
  } catch (error) {
    if (error instanceof StartError) throw error;
    // The driver reads certificate files that the URL names. Its message is not passed on: it may quote the URL.
    const code = errorCode(error);
    throw new StartError(
      `DATABASE_URL cannot be used${code === 'ENOENT' || code === 'EACCES' ? ': a file that it names (sslrootcert, sslcert, sslkey) cannot be read' : ''}. It looks like postgres://user:password@host:5432/database.`,
    );
  }
}

/** The same for a transaction, where a session's own settings are not kept. */
const transactionSettings = `select set_config('statement_timeout', '${statementMilliseconds}', true),
  set_config('idle_in_transaction_session_timeout', '${idleInTransactionMilliseconds}', true),
  set_config('lock_timeout', '0', true)`;

export interface AcceptedConfig {
  readonly config: pg.ClientConfig;
  /** What is to be sent at the beginning of each transaction; null when sessions keep the settings of `config`. */
  readonly transactionSettings: string | null;
}

/**
 * Connects once and asks what the server is. Connection poolers such as PgBouncer refuse settings in the start packet, or
 * pass over them, and hand the sessions of the server around: with those the settings go with each transaction.
 * @throws StartError
 */
export async function checkServer(config: pg.ClientConfig): Promise<AcceptedConfig> {
  const plain = {
    ...config,
    options: '',
    statement_timeout: undefined,
    idle_in_transaction_session_timeout: undefined,
  };
  const first = await look(config);
  if ('keepsSettings' in first) {
    return first.keepsSettings ? { config, transactionSettings: null } : { config: plain, transactionSettings };
  }
  // 08P01 unsupported startup parameter, 42704 unknown setting, 22023 invalid value, 42501 not allowed to set it
  if (['08P01', '42704', '22023', '42501'].includes(errorCode(first.problem) ?? '')) {
    const second = await look(plain);
    if ('keepsSettings' in second) return { config: plain, transactionSettings };
    throw explain(second.problem, config);
  }
  throw explain(first.problem, config);
}

/** @throws StartError unless the server is new enough, writable and speaks UTF-8. */
export function judgeServer({ version, encoding, readOnly }: { version: number; encoding: string; readOnly: boolean }) {
  if (!(version >= minServerVersion)) {
    const major = Math.floor(version / 10_000);
    // Up to 9.6 (90624) the first two numbers were the major version.
    const name = major >= 10 ? major : `${major}.${Math.floor(version / 100) % 100}`;
    throw new StartError(
      `The database server is PostgreSQL ${name}; Cordboard needs ${minServerVersion / 10_000} or later. Upgrade it or set DATABASE_URL to another.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new StartError(`The database has the encoding ${encoding}; create one with ENCODING 'UTF8' for Cordboard.`);
  }
  if (readOnly) {
    throw new StartError('The database is read-only, perhaps a standby: set DATABASE_URL to the primary server.');
  }
}

/** What the server is like, when it will do, else the error of the connection. */
async function look(config: pg.ClientConfig): Promise<{ keepsSettings: boolean } | { problem: unknown }> {
  const client = new pg.Client({ ...config, query_timeout: connectSeconds * 1000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; encoding: string; read_only: string; limits: string }>(
      `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
        current_setting('transaction_read_only') as read_only,
        current_setting('statement_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout') as limits`,
    );
    const row = rows[0];
    if (!row) throw new Error('The server gave no answer.');
    judgeServer({ version: Number(row.version), encoding: row.encoding, readOnly: row.read_only === 'on' });
    const wanted = `${statementMilliseconds / 60_000}min ${idleInTransactionMilliseconds / 1000}s`;
    return { keepsSettings: row.limits === wanted };
  } catch (error) {
    if (error instanceof StartError) throw error;
    return { problem: error };
  } finally {
    await client.end().catch(() => {});
  }
}

function checkUrl(url: string): void {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new StartError('DATABASE_URL must look like postgres://user:password@host:5432/database.');
  }
  // The driver would look up both names as one.
  const [, authority = ''] = /^[^/]*\/\/([^/?]*)/.exec(url) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (host.includes(',') || /[?&]host=[^&]*(,|%2c)/i.test(url)) {
    throw new StartError(
      'DATABASE_URL must name one host: for several servers put a name or an address there that follows the primary.',
    );
  }
}

const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing accepts connections there',
  ENOENT: 'there is no such socket',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'no answer',
  ECONNRESET: 'the connection was broken off',
  '28P01': 'user name or password is wrong',
  '28000': 'this user may not sign in from here, or only with TLS (sslmode=verify-full)',
  '3D000': 'there is no such database',
  '53300': 'it has too many sessions already',
  '57P03': 'it is starting or stopping',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another host name (sslmode=verify-full wants that of DATABASE_URL)',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

/** What Node.js calls a certificate that nobody it trusts has signed. */
const untrusted = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF).*)$/;

function meaningOf(code: string, message: string): string | undefined {
  if (untrusted.test(code)) {
    return 'its certificate is not trusted here (sslrootcert names a file with the certificate of who signed it)';
  }
  // The driver gives this no code.
  if (/does not support SSL/.test(message)) return 'it offers no TLS (without sslmode nothing is encrypted)';
  return meanings[code];
}

function explain(error: unknown, config: pg.ClientConfig): StartError {
  const { host, port, database, user, password } = new pg.Client(config);
  const message = error instanceof Error ? error.message : String(error);
  const timedOut = /timeout expired|due to connection timeout|read timeout/.test(message);
  const said = timedOut
    ? `no answer within ${connectSeconds} s`
    : (meaningOf(errorCode(error) ?? '', message) ?? message);
  // Whatever the driver or the server says, the password must not reach a log.
  const reason = typeof password === 'string' && password !== '' ? said.replaceAll(password, '***') : said;
  return new StartError(
    `Cannot open the database ${database} at ${host}:${port} as ${user}: ${reason.split('\n')[0]}. Check DATABASE_URL and that the server runs.`,
  );
}
