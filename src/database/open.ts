import type { Config } from '../config.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { type OpenDatabase, openDatabase } from './pool.ts';

/** Beside the sessions of Cordboard itself: a look at a start, and whoever looks in with a tool. */
const spareConnections = 24;

/**
 * The database of the settings: DATABASE_URL, or the PostgreSQL that comes with Cordboard.
 * Closing it closes the sessions and then, if it is ours, stops PostgreSQL.
 * @param onStatus called when the embedded server has died and when it is back
 * @throws StartError
 */
export async function openConfiguredDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir' | 'databaseSessions'>,
  log: (line: string) => void,
  onStatus: (status: 'up' | 'down') => void,
): Promise<OpenDatabase> {
  const max = config.databaseSessions;
  if (config.databaseUrl) return openDatabase({ databaseUrl: config.databaseUrl, max, log });
  const maxConnections = max + spareConnections;
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log, onStatus, maxConnections });
  try {
    const database = await openDatabase({ embeddedConnection: embedded.connection, max, log });
    return { ...database, close: (options) => database.close(options).finally(() => embedded.stop()) };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}
