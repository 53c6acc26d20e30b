import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** A session with the database of a running test server, past the server itself. */
export async function connectTo(dataDir: string): Promise<pg.Client> {
  const host = join(dataDir, 'socket');
  if (!existsSync(host)) throw new Error(`There is no socket folder in ${dataDir}.`);
  const client = new pg.Client({ host, port: 5432, user: 'postgres', database: 'postgres' });
  await client.connect();
  return client;
}
