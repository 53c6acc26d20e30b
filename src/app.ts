import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ensureAccessKey } from './access-key.ts';
import { assemble } from './assemble.ts';
import { numberChanges } from './audit/feed-numbers.ts';
import { createRefusalCounter, type RefusalCounter } from './audit/refusals.ts';
import type { Config } from './config.ts';
import { databaseTime } from './database/clock.ts';
import { databaseTrouble } from './database/database-errors.ts';
import { migrate } from './database/migrate.ts';
import { openConfiguredDatabase } from './database/open.ts';
import type { OpenDatabase } from './database/pool.ts';
import { purgeGoneInstance } from './features/instances/purge.ts';
import { removeBytes } from './features/recordings/removal.ts';
import { runRange } from './features/user-batches/run-range.ts';
import { type FirstStart, prepareInstance } from './first-start.ts';
import { folderStore, prepareFolder } from './folder-store.ts';
import { type Health, listenError, startHttp } from './http.ts';
import { every } from './jobs/every.ts';
import { startWorker } from './jobs/worker.ts';
import { createLogger, type Logger } from './log.ts';
import { prunings } from './retention.ts';
import { announceServer } from './running-server.ts';
import { fillSampleData, type SampleData } from './sample-data/fill.ts';
import { startSampleHistory } from './sample-data/fill-history.ts';

export interface RunningCordboard {
  readonly url: string;
  /** What was made by this start, null when everything was there. */
  readonly firstStart: FirstStart | null;
  /** What the sample data added, null when it was there or not asked for. */
  readonly sample: SampleData | null;
  /**
   * Requests and the worker's ranges are finished, within the time of the settings; then PostgreSQL is stopped. Safe to
   * call more than once; `hurry` cuts the waiting short, never the stop of PostgreSQL.
   */
  stop(options?: { readonly hurry?: boolean }): Promise<void>;
}

/** So much of the counts of refusals is lost with a server that is killed. */
const flushMilliseconds = 5000;

/** Who follows the change feed hears of a change within about this, and no later than after a running range. */
const numberMilliseconds = 250;
/** Transactions whose changes one statement numbers at most. */
const setsAtOnce = 1000;

/** Bytes of a recording that was deleted are gone within about this. */
const removeMilliseconds = 1000;

/** The website lies beside the compiled server. */
const webRoot = join(dirname(fileURLToPath(import.meta.url)), 'web');

/**
 * Builds everything, once, and starts it: database, migrations, first instance, HTTP, batch worker. Whatever was
 * started is stopped again, in the opposite order, when a later part fails.
 * @throws StartError with one line for whoever started it
 */
export async function startCordboard(
  config: Config,
  options: {
    readonly sample: boolean;
    /** Gives up the start: what was started is stopped again. */
    readonly signal?: AbortSignal;
  },
): Promise<RunningCordboard> {
  const log = createLogger(config.logLevel);
  const parts: Parts = {};
  const hurrying = new AbortController();
  let stopping: Promise<void> | null = null;
  const stop: RunningCordboard['stop'] = ({ hurry = false } = {}) => {
    if (hurry) hurrying.abort();
    stopping ??= stopAll(parts, config, hurrying.signal, log);
    return stopping;
  };
  const giveUp = () => void stop({ hurry: true });
  options.signal?.addEventListener('abort', giveUp);
  try {
    await refuseTakenPort(config);
    const health: Health = { database: false, worker: () => false, trouble: () => null };
    const database = await openConfiguredDatabase(
      config,
      (line) => log.info(line),
      (status) => {
        health.database = status === 'up';
      },
    );
    parts.database = database;
    options.signal?.throwIfAborted();
    health.database = true;
    const { db } = database;
    await migrate(database.pool);
    await prepareFolder(config.recordings);
    const recordings = folderStore(config.recordings);
    const accessKey = ensureAccessKey(config);
    const firstStart = await prepareInstance(db, config, await databaseTime(db));
    const sample = options.sample ? await fillSampleData(db, config, await databaseTime(db)) : null;

    const clock = () => performance.now();
    const refusals = createRefusalCounter({ db, now: clock, log });
    parts.refusals = refusals;
    const flush = every(flushMilliseconds, clock, [
      async () => {
        await refusals.flush();
        return false;
      },
    ]);
    const number = every(numberMilliseconds, clock, [() => numberChanges(db, setsAtOnce)]);
    const remove = every(removeMilliseconds, clock, [() => removeBytes({ db, store: recordings, log })]);
    const prune = every(60_000, clock, prunings(db, config.retention, log));
    const worker = startWorker({
      // Batches first: nobody waits for the rows of an instance that is gone, or for what is past its time.
      runRange: async () => {
        await flush();
        await number();
        const work = await runRange({ db, rangeSize: config.batchRangeSize, log });
        if (work !== 'NOTHING') return work;
        const purged = await purgeGoneInstance(db, await databaseTime(db));
        if (purged !== 'NOTHING') return purged;
        const removed = await remove();
        return removed === 'NOTHING' ? prune() : removed;
      },
      explain: databaseTrouble,
      log,
    });
    parts.worker = worker;
    health.worker = () => worker.healthy();
    health.trouble = () => worker.trouble();

    let url = config.publicUrl ?? '';
    const { accountId, batchLimits, retention } = config;
    const { contactDays } = retention;
    const publicUrl = () => url;
    const core = assemble({ db, firstKey: accessKey, accountId, batchLimits, contactDays, recordings, publicUrl, log });
    const http = await startHttp({ ...core, config, db, health, log, webRoot, refusals });
    parts.http = http;
    options.signal?.throwIfAborted();
    url = config.publicUrl ?? http.url;
    if (options.sample && config.sampleDays > 0) {
      parts.history = startSampleHistory({
        db,
        store: recordings,
        alias: config.instanceAlias,
        // The first start's own day first, as far as it went.
        days: Array.from({ length: config.sampleDays + 1 }, (_, ago) => ago),
        log,
      });
    }
    try {
      parts.withdraw = announceServer(config.dataDir, { url, region: config.region, accessKeyId: accessKey.id });
    } catch (error) {
      log.warn({ err: error }, 'the data folder cannot be written to: other commands do not find this server by it');
    }
    return { url, firstStart, sample, stop };
  } catch (error) {
    // A stop that came first found only the parts that were there.
    await stop();
    await stopAll(parts, config, AbortSignal.abort(), log);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
}

interface Parts {
  /** Takes back what the data folder says of this server. */
  withdraw?: () => void;
  http?: { stop(hurry: AbortSignal): Promise<void> };
  worker?: { stop(): Promise<void> };
  history?: { stop(): Promise<void> };
  refusals?: RefusalCounter;
  database?: Pick<OpenDatabase, 'close'>;
}

/** Website and worker side by side, the database last, whatever becomes of them. May be done again for parts that came later. */
async function stopAll(parts: Parts, config: Config, hurry: AbortSignal, log: Logger): Promise<void> {
  const report = (error: unknown) => log.error({ err: error }, 'a part did not stop cleanly');
  const { stopDelaySeconds, stopTimeoutSeconds } = config;
  parts.withdraw?.();
  const cut = new AbortController();
  const work = Promise.all([
    parts.http?.stop(AbortSignal.any([hurry, cut.signal])).catch(report),
    parts.worker?.stop().catch(report),
    parts.history?.stop(),
  ]).then(() => parts.refusals?.flush().catch(report));
  const done = new AbortController();
  const patience = delay((stopDelaySeconds + stopTimeoutSeconds) * 1000, 'late', {
    signal: AbortSignal.any([hurry, done.signal]),
  }).catch(() => 'late');
  const inTime = (await Promise.race([work, patience])) !== 'late';
  done.abort();
  // A start that was refused had nothing under way.
  const working = parts.http !== undefined || parts.worker !== undefined;
  if (!inTime && working)
    log.warn('Not everything was finished in time: what is under way is cut off, and rolled back.');
  // Clients before the database, so that no request fails by it that somebody still waits for.
  cut.abort();
  await turn();
  await parts.database?.close({ hurry: !inTime }).catch(report);
}

/** Asked before anything is made, so that a second start on the same port changes nothing; `listen` has the last word. */
async function refuseTakenPort({ host, port }: Config): Promise<void> {
  if (port === 0) return;
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });
}
