import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { digestOf } from '../../../test/conformance/digest.ts';
import { centreForFile } from '../../../test/support/centre.ts';
import { contactRecord, sampleOrigin, sampleRecords } from '../../../test/support/contact-records.ts';
import { readAll } from './import.ts';
import { rawRecordOf } from './store.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: new Date('2026-06-01T00:00:00Z') });
/** Truncating takes longer for so few. */
async function empty() {
  for (const table of ['contact', 'contact_raw', 'agent_snapshot', 'queue_snapshot']) {
    await sql`delete from ${sql.table(table)}`.execute(centre.db);
  }
}
beforeEach(empty);

const imported = (Records: readonly string[], more = {}) => centre.call('ImportContactRecords', { Records, ...more });
const counts = async (Records: readonly string[], more = {}) => {
  const { NewCount, NewerCount, OlderCount, SameCount, Refused } = await imported(Records, more);
  return [NewCount, NewerCount, OlderCount, SameCount, Refused.length];
};

/** What there is, but for how often it has changed. */
async function stateOf() {
  const { rows } = await sql`
    select to_jsonb(c) - 'version' as contact, encode(r.record, 'hex') as raw, to_jsonb(a) as agent, to_jsonb(q) as queue
    from contact c
      left join contact_raw r using (instance_id, contact_id)
      left join agent_snapshot a on a.id = c.agent_snapshot_id
      left join queue_snapshot q on q.id = c.queue_snapshot_id
    order by c.contact_id`.execute(centre.db);
  return rows;
}

const start = new Date('2026-05-04T09:00:00Z');
const agent = { id: randomUUID(), username: 'ada', routingProfile: { id: randomUUID(), name: 'Tier 1' } };
const queue = { id: randomUUID(), name: 'Support' };
const record = (more: Partial<Parameters<typeof contactRecord>[1]> = {}) =>
  contactRecord(centre.instance, { contactId: randomUUID(), start, agent, queue, ...more });

test('the newest record of a contact counts, in whatever order and however often they come', async () => {
  const redelivered = sampleRecords('ctr-redelivery-out-of-order.jsonl').trim().split('\n');
  expect(await counts(redelivered, { AnyInstance: true })).toEqual([1, 0, 3, 0, 0]);
  const [{ contact, raw } = { contact: {}, raw: '' }] = (await stateOf()) as { contact: object; raw: string }[];
  expect(contact).toMatchObject({ last_update_time: expect.stringContaining('2025-12-03T02:00:00') });
  expect(raw).not.toBe('');
  const id = 'c0000000-0000-4000-8000-000000000050';
  expect(await rawRecordOf(centre.db, centre.instance.id, id)).toBe(redelivered[1]);
  expect(await counts(redelivered, { AnyInstance: true })).toEqual([0, 0, 3, 1, 0]);
});

test('any order, duplicates and late deliveries leave the same, and importing all of it again changes nothing', async () => {
  const contactIds = Array.from({ length: 4 }, () => randomUUID());
  const people = ['ada', 'bob'].map((username) => ({ ...agent, id: randomUUID(), username }));
  const one = fc.record({
    contact: fc.nat(contactIds.length - 1),
    // Whole seconds, few of them, so that there are ties.
    updated: fc.integer({ min: 200, max: 203 }),
    talk: fc.integer({ min: 1, max: 3 }),
    person: fc.nat(2),
  });
  const text = ({
    contact,
    updated,
    talk,
    person,
  }: {
    contact: number;
    updated: number;
    talk: number;
    person: number;
  }) =>
    record({ contactId: contactIds[contact] ?? '', updated, talk, ...(people[person] && { agent: people[person] }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(one, { minLength: 1, maxLength: 15 }).chain((records) =>
        fc.record({
          records: fc.constant(records.map(text)),
          // Each at least once, cut into several calls.
          deliveries: fc
            .tuple(
              fc.shuffledSubarray(
                records.map((_, index) => index),
                { minLength: records.length },
              ),
              fc.array(fc.nat(records.length - 1), { maxLength: 5 }),
            )
            .map(([all, again]) => [...all, ...again]),
          size: fc.integer({ min: 1, max: 8 }),
        }),
      ),
      async ({ records, deliveries, size }) => {
        await empty();
        await imported(records);
        const wanted = await stateOf();
        await empty();
        for (let from = 0; from < deliveries.length; from += size) {
          const part = deliveries.slice(from, from + size).map((index) => records[index] ?? '');
          const answer = await imported(part);
          expect(answer.NewCount + answer.NewerCount + answer.OlderCount + answer.SameCount).toBe(part.length);
        }
        expect(await stateOf()).toEqual(wanted);

        const before = await digestOf(centre.db);
        expect(await imported(records)).toMatchObject({ NewCount: 0, NewerCount: 0, Refused: [] });
        expect(await digestOf(centre.db)).toEqual(before);
      },
    ),
    { numRuns: 20 },
  );
});

test('two imports of the same contacts at once take turns, and leave what one alone leaves', async () => {
  const contactIds = Array.from({ length: 100 }, () => randomUUID());
  const all = [1, 2, 3].flatMap((talk) => contactIds.map((contactId) => record({ contactId, talk })));
  const shuffled = (by: number) =>
    fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { seed: by, numRuns: 1 })[0] ?? [];
  await Promise.all([1, 2, 3, 4].map((by) => imported(shuffled(by))));
  const together = await stateOf();
  expect(together).toHaveLength(100);
  await empty();
  await imported(all);
  expect(await stateOf()).toEqual(together);
});

test('what is wrong refuses one record alone, with its place, its field and the reason', async () => {
  const wrong = record({ more: { DisconnectTimestamp: '2026-05-04T08:00:00Z' } });
  expect(await imported([record(), wrong, 'nonsense', record()])).toEqual({
    NewCount: 2,
    NewerCount: 0,
    OlderCount: 0,
    SameCount: 0,
    Refused: [
      { Index: 1, Field: 'DisconnectTimestamp', Reason: 'is before InitiationTimestamp.' },
      { Index: 2, Field: '', Reason: 'This is no JSON.' },
    ],
  });
});

test('records of another instance are taken only where that is asked for', async () => {
  const foreign = sampleRecords('ctr-transfer-external.json');
  expect(sampleOrigin.id).not.toBe(centre.instance.id);
  expect((await imported([foreign])).Refused).toMatchObject([{ Field: 'AWSAccountId' }]);
  expect(await counts([foreign], { AnyInstance: true })).toEqual([1, 0, 0, 0, 0]);
});

test('a dry run says what would come of it and writes nothing', async () => {
  const contactId = randomUUID();
  const first = record({ contactId });
  await imported([first]);
  const before = await digestOf(centre.db);
  const records = [first, record({ contactId, updated: 500 }), record({ contactId, updated: 90 }), record(), 'x'];
  const expected = await counts(records, { DryRun: true });
  expect(await digestOf(centre.db)).toEqual(before);
  expect(expected).toEqual([1, 1, 2, 0, 1]);
  expect(await counts(records)).toEqual(expected);
});

test('an import is one entry of the audit, with its counts; one that changes nothing is none', async () => {
  const importer = await centre.signedIn(['ContactRecords.Import']);
  const records = [record(), record(), 'x'];
  await centre.call('ImportContactRecords', { Records: records }, importer);
  await centre.call('ImportContactRecords', { Records: records }, importer);
  const entries = (await centre.history(centre.instance.id)).filter(
    ({ permission }) => permission === 'ContactRecords.Import',
  );
  expect(entries).toEqual([
    {
      operation: 'ImportContactRecords',
      change: 'UPDATED',
      permission: 'ContactRecords.Import',
      details: {
        Changes: { ContactRecords: { Old: null, New: { New: 2, Newer: 0, Older: 0, Same: 0, Refused: 1 } } },
      },
    },
  ]);
  const others = await centre.signedIn(['ContactSearch.View', 'Users.Delete']);
  await expect(centre.call('ImportContactRecords', { Records: records }, others)).rejects.toThrow(
    'ContactRecords.Import',
  );
});

test('agents and queues that are not here become snapshots, and no users; names are those of the user, also of one who is gone', async () => {
  const users = await sql`select count(*)::int as count from users`.execute(centre.db);
  const here = await centre.addUser({ username: 'grace', firstName: 'Grace', lastName: 'Hopper' });
  const known = { ...agent, id: here, username: 'grace' };
  await imported([record(), record({ agent: known })]);
  expect(await sql`select count(*)::int - 1 as count from users`.execute(centre.db)).toEqual(users);
  const snapshots = async () =>
    await centre.db
      .selectFrom('agent_snapshot')
      .select(['username', 'first_name', 'last_name'])
      .orderBy('username')
      .execute();
  const both = [
    { username: 'ada', first_name: null, last_name: null },
    { username: 'grace', first_name: 'Grace', last_name: 'Hopper' },
  ];
  expect(await snapshots()).toEqual(both);
  await centre.call('DeleteUser', { UserId: here });
  await imported([record({ agent: known })]);
  expect(await snapshots()).toEqual(both);
});

test('whoever comes while long records are read gets a turn between them', async () => {
  const texts = Array.from({ length: 8 }, () => record({ more: { References: Array(100_000).fill(0) } }));
  let turns = 0;
  let waiting = setImmediate(function another() {
    turns += 1;
    waiting = setImmediate(another);
  });
  const rules = { instance: centre.instance, anyInstance: false, keptDays: null, now: centre.clock };
  const { contacts } = await readAll(texts, rules);
  clearImmediate(waiting);
  expect(contacts).toHaveLength(8);
  expect(turns).toBeGreaterThanOrEqual(7);
});
