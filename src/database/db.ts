import type { Kysely, Transaction } from 'kysely';
import type { Database } from './tables.ts';

/** A place to run SQL: the pool for reading, the open transaction for writing. */
export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;
