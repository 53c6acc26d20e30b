import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AccessKey, ensureAccessKey } from './access-key.ts';
import type { Config } from './config.ts';
import { databaseTime } from './database/clock.ts';
import { databaseTrouble } from './database/database-errors.ts';
import { migrate } from './database/migrate.ts';
import { openConfiguredDatabase } from './database/open.ts';
import { createFindAccessKey } from './features/access-keys/find.ts';
import { createSealing } from './features/access-keys/sealing.ts';
import { purgeGoneInstance } from './features/instances/purge.ts';
import { runRange } from './features/user-batches/run-range.ts';
import { type FirstStart, prepareInstance } from './first-start.ts';
import { type Health, listenError, startHttp } from './http.ts';
import { startWorker } from './jobs/worker.ts';
import { createLogger, type Logger } from './log.ts';
import { createRunner } from './operations/runner.ts';
import { allOperations } from './operations.ts';
import { fillSampleData, type SampleData } from './sample-data/fill.ts';

export interface RunningCordboard {
  readonly url: string;
  readonly accessKey: AccessKey;
  /** What was made by this start, null when everything was there. */
  readonly firstStart: FirstStart | null;
  /** What the sample data added, null when it was there or not asked for. */
  readonly sample: SampleData | null;
  /** Requests are drained, the worker hands back what it holds, PostgreSQL is stopped. Safe to call more than once. */
  stop(): Promise<void>;
}

/** The website lies beside the compiled server. */
const webRoot = join(dirname(fileURLToPath(import.meta.url)), 'web');

/**
 * Builds everything, once, and starts it: database, migrations, first instance, HTTP, batch worker. Whatever was
 * started is stopped again, in the opposite order, when a later part fails.
 * @throws StartError with one line for whoever started it
 */
export async function startCordboard(config: Config, options: { readonly sample: boolean }): Promise<RunningCordboard> {
  const log = createLogger(config.logLevel);
  const stops: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= stopAll(stops, log);
    return stopping;
  };
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
    stops.push(() => database.close());
    health.database = true;
    const { db } = database;
    await migrate(database.pool);
    const accessKey = ensureAccessKey(config);
    const firstStart = await prepareInstance(db, config, await databaseTime(db));
    const sample = options.sample ? await fillSampleData(db, config, await databaseTime(db)) : null;

    const worker = startWorker({
      // Batches first: nobody waits for the rows of an instance that is gone.
      runRange: async () => {
        const work = await runRange({ db, rangeSize: config.batchRangeSize, log });
        if (work !== 'NOTHING') return work;
        return purgeGoneInstance(db, await databaseTime(db));
      },
      explain: databaseTrouble,
      log,
    });
    stops.push(() => worker.stop());
    health.worker = () => worker.healthy();
    health.trouble = () => worker.trouble();

    const sealing = createSealing(accessKey.secret);
    const findAccessKey = createFindAccessKey({ db, first: accessKey, sealing, now: databaseTime });
    let url = config.publicUrl ?? '';
    const run = createRunner({ db, accountId: config.accountId, publicUrl: () => url, sealing });
    const http = await startHttp({
      config,
      db,
      operations: allOperations,
      run,
      findAccessKey,
      health,
      log,
      webRoot,
    });
    stops.push(() => http.close());
    url = config.publicUrl ?? http.url;
    return { url, accessKey, firstStart, sample, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopAll(stops: (() => Promise<void>)[], log: Logger): Promise<void> {
  for (const stop of stops.reverse()) {
    await stop().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly'));
  }
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
