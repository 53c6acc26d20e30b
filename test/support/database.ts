import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { EmbeddedConnection } from '../../src/database/embedded.ts';
import { type OpenDatabase, openDatabase } from '../../src/database/pool.ts';

export interface TestDatabase extends OpenDatabase {
  /** For a second pool, or for a server under test, on the same database. */
  readonly connection: EmbeddedConnection;
  /** The same as a DATABASE_URL. */
  readonly url: string;
}

/**
 * A database of its own, migrated and otherwise empty. `close()` drops it, also when others still use it.
 * Takes about 150 ms; one per test file (beforeAll) or per test, as it fits.
 * With `migrated: false` it is wholly empty.
 */
export async function createTestDatabase({ max = 10, migrated = true } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(`create database ${name} template ${migrated ? inject('templateDatabase') : 'template1'}`);
  const connection = { ...inject('postgres'), database: name };
  const opened = await openDatabase({ embeddedConnection: connection, max });
  return {
    ...opened,
    connection,
    url: `postgres://${connection.user}@/${name}?host=${encodeURIComponent(connection.host)}&port=${connection.port}`,
    close: async () => {
      await opened.close();
      await administer(`drop database if exists ${name} with (force)`);
    },
  };
}

/** Runs one statement beside all test databases. */
async function administer(statement: string): Promise<void> {
  const client = new pg.Client(inject('postgres'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
