import { ConnectClient } from '@aws-sdk/client-connect';
import Fastify from 'fastify';
import { readConfig } from '../../src/config.ts';
import { registerConnectApi } from '../../src/connect-api/server.ts';
import { connectApiServerOptions } from '../../src/connect-api/server-options.ts';
import type { OpenDatabase } from '../../src/database/pool.ts';
import { findInstanceByAlias } from '../../src/features/instances/store.ts';
import { prepareInstance } from '../../src/first-start.ts';
import type { Instance } from '../../src/operations/instance.ts';
import { assembleForTest, firstKey } from './assembled.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

export interface LiveServer {
  readonly database: TestDatabase;
  readonly instance: Instance;
  readonly url: string;
  readonly client: ConnectClient;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What went wrong inside, which no test should see. */
  readonly failures: readonly unknown[];
  close(): Promise<void>;
}

/** The whole API with a first instance, in this process, on a database of its own; for tests that come with real clients. */
export async function startLiveServer(
  options: {
    readonly maxAttempts?: number;
    /** Opens the sessions of the server itself, where they are to be in trouble; the test's own are not. */
    readonly open?: (database: TestDatabase) => Promise<OpenDatabase>;
  } = {},
): Promise<LiveServer> {
  const database = await createTestDatabase();
  const opened = (await options.open?.(database)) ?? database;
  const { db } = opened;
  const now = () => new Date();
  await prepareInstance(db, readConfig({ CORDBOARD_ADMIN_PASSWORD: 'Test-Password-1' }), now());
  const instance = await findInstanceByAlias(db, 'cordboard');
  if (!instance) throw new Error('the first start made no instance');
  // Requests leave batches behind that nobody works on.
  const batchLimits = { batches: 100_000, records: 100_000_000 };
  const failures: unknown[] = [];
  const app = Fastify({ ...connectApiServerOptions(), forceCloseConnections: true });
  await registerConnectApi(app, {
    ...assembleForTest({ db, batchLimits }),
    now,
    log: { error: (entry: unknown) => void failures.push(entry) },
    strict: true,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const client = new ConnectClient({
    endpoint: url,
    region: instance.region,
    credentials: { accessKeyId: firstKey.id, secretAccessKey: firstKey.secret },
    maxAttempts: options.maxAttempts ?? 1,
  });
  return {
    database,
    instance,
    url,
    client,
    accessKeyId: firstKey.id,
    secretAccessKey: firstKey.secret,
    failures,
    close: async () => {
      client.destroy();
      await app.close();
      if (opened !== database) await opened.close();
      await database.close();
    },
  };
}
