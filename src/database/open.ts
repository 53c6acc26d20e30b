import type { Config } from '../config.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { type OpenDatabase, openDatabase } from './pool.ts';

/** Sessions enough for the requests of one process and its workers; PostgreSQL's own default allows 100 in all. */
const maxSessions = 16;

/**
 * The database of the settings: DATABASE_URL, or the PostgreSQL that comes with Cordboard.
 * Closing it closes the sessions and then, if it is ours, stops PostgreSQL.
 * @param onStatus called when the embedded server has died and when it is back
 * @throws StartError
 */
export async function openConfiguredDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: (line: string) => void,
  onStatus: (status: 'up' | 'down') => void,
): Promise<OpenDatabase> {
  if (config.databaseUrl) return openDatabase({ databaseUrl: config.databaseUrl, max: maxSessions, log });
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log, onStatus });
  try {
    const database = await openDatabase({ embeddedConnection: embedded.connection, max: maxSessions, log });
    return { ...database, close: () => database.close().finally(() => embedded.stop()) };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}
