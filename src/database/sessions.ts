import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';
import { DatabaseAwayError, errorCode, isLostConnection, LostSessionError } from './database-errors.ts';
import { statementMilliseconds } from './server-check.ts';

/** So long a request waits for a database that is away, as long as nothing of its work can have been done. */
export const patienceMilliseconds = 5_000;

/** In milliseconds; tests shorten them. */
export interface Timings {
  /** The longest that a statement may be silent: longer than the server lets it run, for the server is to end it first. */
  readonly silence: number;
  /** A session that was idle for longer has to say a word before work is given to it, … */
  readonly rest: number;
  /** … and has so long to say it. */
  readonly word: number;
}

export const defaultTimings: Timings = { silence: statementMilliseconds + 5_000, rest: 1_000, word: 2_000 };

/** So long the pool does with the sessions that it has, after PostgreSQL refused to give another one. */
const shortageMilliseconds = 5_000;

export interface SessionOptions {
  readonly pool: pg.Pool;
  readonly timings: Timings;
  /** Sent with the beginning of each transaction, where a session cannot be given settings of its own. */
  readonly transactionSettings: string | null;
  readonly log: (line: string) => void;
}

/**
 * The sessions that all work of Cordboard goes through. They outlive the database: who wants a session while it is away
 * waits a few seconds for it to come back; a session that breaks or falls silent is destroyed, and what it had not begun
 * is done on another one.
 *
 * A statement outside a transaction is run again when its session broke. It must be one that may be: a look, or a change
 * that is the same when it is made twice. Everything else belongs in `inTransaction`.
 */
export function createSessions(options: SessionOptions): PostgresPool {
  const { pool, timings, log } = options;
  const restingSince = new WeakMap<pg.PoolClient, number>();
  const most = pool.options.max;
  let away = false;
  let short = false;

  /** PostgreSQL gives no more: until others may have given theirs back, wait for one of our own. */
  const makeDo = () => {
    // Others that are being opened count as sessions until they are refused, too.
    pool.options.max = Math.max(1, Math.min(pool.options.max, pool.totalCount));
    if (short) return;
    short = true;
    log(`PostgreSQL has no session left to give (53300): going on with fewer than ${most}.`);
    setTimeout(() => {
      short = false;
      pool.options.max = most;
    }, shortageMilliseconds).unref();
  };

  /** What made one session silent has most likely met all that were idle: each would cost its request the same wait. */
  const dropIdle = () => {
    for (let count = pool.idleCount; count > 0; count--) {
      pool.connect().then(destroySilent, () => {});
    }
  };

  const isThere = async (client: pg.PoolClient): Promise<boolean> => {
    const since = restingSince.get(client);
    if (since === undefined || performance.now() - since < timings.rest) return true;
    try {
      await answerWithin(timings.word, client.query('select 1'));
      return true;
    } catch (error) {
      client.release(true);
      if (error instanceof SilenceError) dropIdle();
      return false;
    }
  };

  const take = async (deadline: number): Promise<pg.PoolClient> => {
    for (let wait = 20; ; wait = Math.min(wait * 2, 250)) {
      try {
        const client = await pool.connect();
        if (!(await isThere(client))) continue;
        if (away) log('The database is back.');
        away = false;
        return client;
      } catch (error) {
        if (!isLostConnection(error)) throw error;
        if (pool.ending) throw new DatabaseAwayError(error);
        if (errorCode(error) === '53300') makeDo();
        else if (!away) {
          away = true;
          log(`The database is away (${errorCode(error) ?? 'no answer'}): requests wait for it.`);
        }
        if (performance.now() + wait > deadline) throw new DatabaseAwayError(error);
      }
      await delay(wait);
    }
  };

  const giveBack = (client: pg.PoolClient, broken: boolean) => {
    restingSince.set(client, performance.now());
    client.release(broken);
  };

  return {
    connect: async () =>
      new Session(await take(performance.now() + patienceMilliseconds), { ...options, take, giveBack }),
    end: () => pool.end(),
  };
}

interface SessionContext extends SessionOptions {
  take(deadline: number): Promise<pg.PoolClient>;
  giveBack(client: pg.PoolClient, broken: boolean): void;
}

class Session implements PostgresPoolClient {
  readonly #context: SessionContext;
  #client: pg.PoolClient | null;
  /** Nothing is sent on it any more. */
  #broken: LostSessionError | null = null;
  #inTransaction = false;

  constructor(client: pg.PoolClient, context: SessionContext) {
    this.#client = client;
    this.#context = context;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    sql: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof sql !== 'string') throw new Error('Cursors are not used here.');
    return this.#run(sql, parameters).then((result) => result as PostgresQueryResult<R>);
  }

  release(): void {
    if (this.#client) this.#context.giveBack(this.#client, this.#broken !== null);
    this.#client = null;
  }

  async #run(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#inTransaction) return this.#runInTransaction(sql, parameters);
    if (!/^(begin|start transaction)\b/.test(sql)) return this.#again(() => this.#runAlone(sql, parameters));
    const begun = await this.#again(() => this.#begin(sql));
    this.#inTransaction = true;
    return begun;
  }

  async #runInTransaction(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    const ends = sql === 'commit' || sql === 'rollback';
    const result = await this.#send(sql, parameters).finally(() => {
      if (ends) this.#inTransaction = false;
    });
    // PostgreSQL answers COMMIT with ROLLBACK, not with an error, when a statement of the transaction had failed and the
    // code went on regardless. That would acknowledge what was never written.
    if (sql === 'commit' && result.command !== 'COMMIT') {
      throw new Error('A statement of this transaction had failed, so nothing was written.');
    }
    return result;
  }

  async #begin(sql: string): Promise<pg.QueryResult> {
    const { transactionSettings } = this.#context;
    if (!transactionSettings) return this.#send(sql, []);
    // One message, so it costs no round trip; the driver answers with a result for each statement.
    const results = (await this.#send(`${sql}; ${transactionSettings}`, [])) as unknown as pg.QueryResult[];
    const [begun] = results;
    if (!begun) throw new Error('The database did not answer to the beginning of a transaction.');
    return begun;
  }

  async #runAlone(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    if (!this.#context.transactionSettings) return this.#send(sql, parameters);
    await this.#begin('begin');
    try {
      const result = await this.#send(sql, parameters);
      await this.#send('commit', []);
      return result;
    } catch (error) {
      await this.#send('rollback', []).catch(() => {});
      throw error;
    }
  }

  /** On another session when this one breaks, while patience lasts. */
  async #again(work: () => Promise<pg.QueryResult>): Promise<pg.QueryResult> {
    const deadline = performance.now() + patienceMilliseconds;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (this.#broken === null || performance.now() > deadline) throw error;
        this.release();
        this.#client = await this.#context.take(deadline);
        this.#broken = null;
      }
    }
  }

  async #send(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#broken !== null) throw this.#broken;
    if (!this.#client) throw new Error('This session was given back.');
    try {
      const answer = this.#client.query(sql, [...parameters]);
      return await answerWithin(this.#context.timings.silence, answer);
    } catch (error) {
      if (!isLostConnection(error)) throw error;
      this.#broken = new LostSessionError(error);
      throw this.#broken;
    }
  }
}

/** The session may be alive and its server not, or the other way round: nothing more is to be had from it. */
class SilenceError extends Error {
  override readonly name = 'SilenceError';
  readonly code = 'ETIMEDOUT';
}

async function answerWithin<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    const seconds = milliseconds / 1000;
    timer = setTimeout(() => reject(new SilenceError(`The database was silent for ${seconds} s.`)), milliseconds);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** With a statement under way the driver cuts the connection; without one it would wait for the server's goodbye. */
function destroySilent(client: pg.PoolClient): void {
  client.query('select 1').catch(() => {});
  client.release(true);
}
