import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeInstance, openCentre } from '../../test/support/centre.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { type OpenDatabase, openDatabase } from '../database/pool.ts';
import { inTransaction } from '../database/transaction.ts';
import { purgeGoneInstance } from '../features/instances/purge.ts';
import type { ResourceType } from '../resources/resources.ts';
import { endOfFeed, type FeedEntry, type FeedFilter, readFeed } from './feed.ts';
import { numberChanges, pruneFeed } from './feed-numbers.ts';
import { audit } from './store.ts';

const writers = 100;
let database: TestDatabase;
let writing: OpenDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ max: 10 });
  writing = await openDatabase({ embeddedConnection: database.connection, max: writers });
});
afterEach(async () => {
  await writing.close();
  await database.close();
});

type Tx = Parameters<typeof audit>[0];

async function write(tx: Tx, instanceId: string | null, types: readonly ResourceType[], time = new Date()) {
  await audit(tx, {
    instanceId,
    time,
    operation: 'Test',
    actor: { type: 'SYSTEM', id: 'test', name: 'test' },
    permission: 'test',
    requestId: randomUUID(),
    changes: types.map((resourceType) => ({
      change: 'CREATED',
      resourceType,
      resourceId: randomUUID(),
      resourceName: 'a name',
      details: {},
    })),
  });
}

const writeNow = (instanceId: string | null, types: readonly ResourceType[], time?: Date) =>
  inTransaction(database.db, (tx) => write(tx, instanceId, types, time));
const numberAll = async () => {
  while (await numberChanges(database.db, 1000));
};

/** Reads on from a cursor to the end. */
async function readOn(cursor?: string, filter: FeedFilter & { limit?: number } = {}) {
  const entries: FeedEntry[] = [];
  for (let at = cursor; ; ) {
    const page = await readFeed(database.db, { ...filter, ...(at !== undefined && { cursor: at }) });
    if (page.kind === 'FALLEN_BEHIND') throw new Error('This reader has fallen behind.');
    entries.push(...page.entries);
    at = page.cursor;
    if (!page.more) return { entries, cursor: at };
  }
}

const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};

const one = randomUUID();
const other = randomUUID();
const typesOf = (index: number): ResourceType[] => (index % 3 === 0 ? ['agent', 'queue', 'agent'] : ['agent']);

/**
 * A hundred transactions at a time, of which forty have written before the others and commit after the readers have seen
 * all of these: twenty wait for the test, twenty for a lock. Answers what each reader saw, and in the end what is there.
 */
async function followWriters(filters: readonly (FeedFilter & { limit: number })[], numbering: boolean) {
  await sql`create table held (id int)`.execute(database.db);
  await sql`insert into held values (1)`.execute(database.db);
  const release = gate();
  const started: Promise<void>[] = [];
  const transactions: Promise<void>[] = [];
  const inBackground = (work: (tx: Tx, hasBegun: () => void) => Promise<void>) => {
    const begun = gate();
    started.push(begun.opened);
    transactions.push(
      inTransaction(writing.db, async (tx) => {
        await sql`select set_config('idle_in_transaction_session_timeout', '0', true),
          set_config('statement_timeout', '0', true)`.execute(tx);
        await work(tx, begun.open);
      }),
    );
  };
  const holder = gate();
  const holding = gate();
  const lock = inTransaction(database.db, async (tx) => {
    await sql`select set_config('idle_in_transaction_session_timeout', '0', true)`.execute(tx);
    await sql`select from held for update`.execute(tx);
    holding.open();
    await holder.opened;
  });
  await holding.opened;
  for (let index = 0; index < 20; index += 1) {
    inBackground(async (tx, hasBegun) => {
      await write(tx, index % 2 ? one : other, typesOf(index));
      hasBegun();
      await release.opened;
    });
    inBackground(async (tx, hasBegun) => {
      await write(tx, index % 2 ? one : other, typesOf(index));
      hasBegun();
      await sql`select from held for share`.execute(tx);
    });
  }
  await Promise.all(started);

  let finished = false;
  const numberings = numbering
    ? [database.db, writing.db].map(async (db) => {
        while (!finished) await numberChanges(db, 7);
      })
    : [];
  const seen = filters.map((): FeedEntry[] => []);
  const readers = filters.map(async (filter, index) => {
    let cursor: string | undefined;
    for (let last = false; ; ) {
      const page = await readFeed(database.db, { ...filter, ...(cursor !== undefined && { cursor }) });
      if (page.kind !== 'PAGE') throw new Error('This reader has fallen behind.');
      cursor = page.cursor;
      seen[index]?.push(...page.entries);
      if (last && page.entries.length === 0 && (!page.more || !numbering)) return;
      last = finished;
    }
  });

  for (let index = 0; index < 60; index += 1) {
    inBackground(async (tx, hasBegun) => {
      hasBegun();
      await write(tx, index % 2 ? one : other, typesOf(index));
    });
  }
  await Promise.all(transactions.slice(40));
  const committed = await entriesThere();
  // Where numbers are taken at once, a reader may have missed some of these already: one of them is enough.
  const atLeast = (filter?: FeedFilter) => (numbering ? wanted(committed, filter).length : 1);
  while (seen.some((entries, index) => entries.length < atLeast(filters[index]))) await nextTurn();
  release.open();
  holder.open();
  await Promise.all([lock, ...transactions]);
  if (numbering) while ((await unnumbered()) > 0) await nextTurn();
  finished = true;
  await Promise.all([...readers, ...numberings]);
  return { seen, there: await entriesThere() };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const unnumbered = async () =>
  Number((await database.pool.query('select count(*) from change_set where sequence is null')).rows[0]?.count);
const entriesThere = () => database.db.selectFrom('change_entry').selectAll().execute();
const wanted = (there: Awaited<ReturnType<typeof entriesThere>>, { instanceId, resourceTypes }: FeedFilter = {}) =>
  there
    .filter((row) => instanceId === undefined || row.instance_id === instanceId)
    .filter((row) => resourceTypes?.some((type) => type === row.resource_type) ?? true)
    .map(({ id }) => id)
    .toSorted();
const idsOf = (entries: readonly FeedEntry[] = []) => entries.map(({ id }) => id).toSorted();

test('readers that poll miss nothing of a hundred writers at once, of which some commit long after the others', async () => {
  const filters = [
    { limit: 1000 },
    { limit: 2 },
    { limit: 5, instanceId: one },
    { limit: 3, resourceTypes: ['queue'] },
  ];
  const { seen, there } = await followWriters(filters as (FeedFilter & { limit: number })[], true);
  expect(there.length).toBeGreaterThan(writers);
  for (const [index, filter] of filters.entries()) {
    expect(idsOf(seen[index])).toEqual(wanted(there, filter as FeedFilter));
  }
  // All of them in one order.
  expect(seen[1]?.map(({ id }) => id)).toEqual(seen[0]?.map(({ id }) => id));
  const { rows } = await database.pool.query('select sequence from change_set order by sequence');
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => index + 1));
}, 60_000);

test('the same comparison finds what is missed where a sequence numbers the changes as they are written', async () => {
  await sql`create sequence at_once`.execute(database.db);
  await sql`alter table change_set alter column sequence set default nextval('at_once')`.execute(database.db);
  await sql`update change_feed set last_sequence = 1000000`.execute(database.db);
  const { seen, there } = await followWriters([{ limit: 1000 }], false);
  expect(wanted(there).length - idsOf(seen[0]).length).toBeGreaterThanOrEqual(40);
}, 60_000);

test('a numbering worker that is killed has numbered nothing, and the next one does it all', async () => {
  for (let index = 0; index < 5; index += 1) await writeNow(one, ['agent']);
  const release = gate();
  const locked = gate();
  const holding = inTransaction(database.db, async (tx) => {
    await sql`select from change_set order by id desc limit 1 for update`.execute(tx);
    locked.open();
    await release.opened;
  });
  await locked.opened;
  const killed = expect(numberChanges(writing.db, 100)).rejects.toThrow();
  const waiting = async () =>
    (
      await database.pool.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).rows[0]?.pid;
  let pid = await waiting();
  while (pid === undefined) pid = await waiting();
  // Another one leaves it to the first, and does not wait.
  expect(await numberChanges(database.db, 100)).toBe(false);
  // The process is gone, and with it its sessions.
  await writing.close({ hurry: true });
  await database.pool.query('select pg_terminate_backend($1)', [pid]);
  await killed;
  release.open();
  await holding;
  expect(await readOn()).toMatchObject({ entries: [] });
  await numberAll();
  expect((await readOn()).entries).toHaveLength(5);
});

test('a page is cut within what was changed together, and passes over what is not wanted in bounded steps', async () => {
  await writeNow(
    one,
    Array.from({ length: 10_500 }, () => 'agent' as const),
  );
  await writeNow(one, ['agent']);
  await writeNow(other, ['queue']);
  await numberAll();
  const { entries } = await readOn();
  expect(idsOf(entries)).toEqual(wanted(await entriesThere()));
  const first = await readFeed(database.db, { instanceId: other });
  expect(first).toMatchObject({ kind: 'PAGE', entries: [], more: true });
  expect((await readOn(undefined, { instanceId: other })).entries).toMatchObject([
    { instanceId: other, resourceType: 'queue', change: 'CREATED' },
  ]);
});

test('who has fallen behind what is kept is told so; who has come as far reads on', async () => {
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  const beginning = await endOfFeed(database.db);
  await writeNow(one, ['agent', 'agent'], days(40));
  await writeNow(one, ['agent'], days(35));
  await writeNow(one, ['queue'], days(20));
  // What is not numbered is not pruned, however old.
  await pruneFeed(database.db, days(30), 100);
  await numberAll();
  const within = await readFeed(database.db, { limit: 1 });
  const { cursor: atEnd } = await readOn();
  const behindTwo = await readFeed(database.db, { limit: 3 });
  if (within.kind !== 'PAGE' || behindTwo.kind !== 'PAGE') throw new Error('Both must be pages.');
  while (await pruneFeed(database.db, days(30), 1));
  expect(await entriesThere()).toHaveLength(1);
  for (const cursor of [beginning, within.cursor]) {
    expect(await readFeed(database.db, { cursor })).toEqual({ kind: 'FALLEN_BEHIND' });
    // Also where nothing of it would have been wanted.
    expect(await readFeed(database.db, { cursor, instanceId: other })).toEqual({ kind: 'FALLEN_BEHIND' });
  }
  const { cursor: kept } = await readOn(undefined, { instanceId: other });
  expect((await readOn(kept)).entries).toEqual([]);
  expect((await readOn()).entries).toMatchObject([{ resourceType: 'queue' }]);
  await writeNow(one, ['agent']);
  await numberAll();
  expect((await readOn(atEnd)).entries).toHaveLength(1);

  await sql`update change_feed set last_sequence = last_sequence - 2`.execute(database.db);
  const { cursor: ofBackup } = await readOn(undefined, {});
  await sql`update change_feed set last_sequence = last_sequence - 1`.execute(database.db);
  expect(await readFeed(database.db, { cursor: ofBackup })).toEqual({ kind: 'FALLEN_BEHIND' });
  await sql`update change_feed set last_sequence = last_sequence + 3, id = gen_random_uuid()`.execute(database.db);
  expect(await readFeed(database.db, { cursor: atEnd })).toEqual({ kind: 'FALLEN_BEHIND' });
  await expect(readFeed(database.db, { cursor: 'anything' })).rejects.toThrow('NextToken is not valid');
});

test('a reader of an instance that is removed reads to its end, and the others read on', async () => {
  const centre = await openCentre();
  try {
    const { db } = centre;
    const leaving = await makeInstance(db, 'leaving');
    while (await numberChanges(db, 100));
    const start = await endOfFeed(db);
    await centre.call('DeleteInstance', { InstanceId: leaving.id }, centre.key);
    expect(await purgeGoneInstance(db, new Date(Date.now() + 60_000))).toBe('DONE');
    await centre.call('CreateAgentStatus', { Name: 'Lunch', State: 'ENABLED' });
    while (await numberChanges(db, 100));
    const page = await readFeed(db, { cursor: start, instanceId: leaving.id });
    if (page.kind !== 'PAGE') throw new Error('It must be a page.');
    expect(page.entries).toMatchObject([{ resourceType: 'instance', resourceId: leaving.id, change: 'DELETED' }]);
    expect(await readFeed(db, { cursor: page.cursor, instanceId: leaving.id })).toMatchObject({
      entries: [],
      more: false,
    });
    expect(await readFeed(db, { cursor: start, instanceId: centre.instance.id })).toMatchObject({
      entries: [{ resourceType: 'agent-state', change: 'CREATED' }],
    });
  } finally {
    await centre.close();
  }
});
