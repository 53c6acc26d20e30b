/** SQLSTATE of an error that PostgreSQL sent, or the system's code (ECONNREFUSED); null for anything else. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The transaction lost against another one and may simply be run again: serialization failure, deadlock. */
export function isRetryable(error: unknown): boolean {
  const code = errorCode(error);
  return code === '40001' || code === '40P01';
}

/**
 * What the database lacks, for whoever runs it, when an error is its trouble and says nothing about what was asked of it:
 * the same may go well when the trouble is over. Null for any other error.
 */
export function databaseTrouble(error: unknown): string | null {
  const code = errorCode(error) ?? '';
  if (code === '53100') return 'The disk of the database is full.';
  if (code === '53200') return 'The database has no memory left.';
  if (code === '53300') return 'The database has no session left to give.';
  if (code.startsWith('53')) return 'The database has reached a limit of its resources.';
  if (code.startsWith('58')) return 'The database has trouble with its files or its disk.';
  // Of the others, which were for somebody to reach: a failover leaves sessions on a server that has become a standby.
  if (code === '25006') return 'The database is read-only.';
  if (code.startsWith('57P') || isLostConnection(error)) return 'The database cannot be reached.';
  return null;
}

/** Somebody else held a lock for longer than this transaction waits (`boundLockWaits`). */
export function isLockTimeout(error: unknown): boolean {
  return errorCode(error) === '55P03';
}

/** A statement took longer than it may: the database is there, but what was asked of it is much. */
export function isStatementTimeout(error: unknown): boolean {
  return errorCode(error) === '57014';
}

/** Whether the error is a violation of the unique constraint or index of that name (any, when no name is given). */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return errorCode(error) === '23505' && (constraint === undefined || constraintOf(error) === constraint);
}

/** Whether the error says that a row which others refer to was to go, or a row that it refers to is not there. */
export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return errorCode(error) === '23503' && (constraint === undefined || constraintOf(error) === constraint);
}

const lostCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT', // the Unix socket of the embedded server, while it is down
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '53300', // too_many_connections
  '25P03', // idle_in_transaction_session_timeout
  '25P04', // transaction_timeout
  '57P05', // idle_session_timeout
  '25006', // read_only_sql_transaction: after a failover, a session with what is now a standby
]);

// The driver gives these no code.
const lostMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed|Cannot use a pool after|driver has already been destroyed)/;

/**
 * Whether the session with the database broke, or none was to be had. What a transaction had done is rolled back, unless the
 * break met its COMMIT: then nobody knows, and only a look at the data tells.
 */
export function isLostConnection(error: unknown): boolean {
  if (error instanceof LostSessionError) return true;
  const code = errorCode(error);
  if (code !== null && (lostCodes.has(code) || code.startsWith('08'))) return true;
  return error instanceof Error && lostMessages.test(error.message);
}

/** COMMIT was sent and its answer was lost with the session: nobody knows yet whether what it was to keep is kept. */
export class CommitUnknownError extends Error {
  override readonly name = 'CommitUnknownError';
  /** transaction_resolution_unknown */
  readonly code = '08007';
}

/** The session that a statement was to run on, or ran on, is no more; its code is that of the cause, where it has one. */
export class LostSessionError extends Error {
  override readonly name = 'LostSessionError';
  readonly code: string;

  constructor(cause: unknown) {
    super('The session with the database was lost.', { cause });
    // connection_failure
    this.code = errorCode(cause) ?? '08006';
  }
}

/** None was to be had for as long as patience lasts: whoever asked has waited enough. */
export class DatabaseAwayError extends LostSessionError {}

/**
 * Whether the database could not do its part, whatever was asked of it: it is away, silent, full, out of memory, or
 * took longer than a statement may, or something else held a row for too long. The same request may go well later.
 * (Node.js has the codes of a lost connection for files and clients, too: those are not meant.)
 */
export function isUnavailable(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return (
    error instanceof LostSessionError ||
    /^(08|53|57P|58)[\dA-Z]+$/.test(code) ||
    isStatementTimeout(error) ||
    isLockTimeout(error)
  );
}

function constraintOf(error: unknown): unknown {
  return error instanceof Error && 'constraint' in error ? error.constraint : undefined;
}
