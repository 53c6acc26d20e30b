import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { EmbeddedConnection } from '../../src/database/embedded.ts';

/** How to reach the database of a running test server, past the server itself. */
export function embeddedConnectionIn(dataDir: string): EmbeddedConnection {
  const host = join(dataDir, 'socket');
  if (!existsSync(host)) throw new Error(`There is no socket folder in ${dataDir}.`);
  return { host, port: 5432, user: 'postgres', database: 'postgres' };
}

/** A session with the database of a running test server, past the server itself. */
export async function connectTo(dataDir: string): Promise<pg.Client> {
  const client = new pg.Client(embeddedConnectionIn(dataDir));
  await client.connect();
  return client;
}
