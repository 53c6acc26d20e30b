import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { agentStream, type Step } from '../../../test/support/agent-events.ts';
import { centreForFile } from '../../../test/support/centre.ts';
import { pruneContacts } from '../contacts/retention-store.ts';
import { pruneActivity, removeActivityOf } from './retention-store.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: new Date('2026-06-01T00:00:00Z') });
const start = new Date('2026-05-04T08:00:00Z');
const ada = { id: 'a0000000-0000-4000-8000-000000000001', username: 'ada' };
const silent = { id: 'a0000000-0000-4000-8000-000000000002', username: 'silent' };
const minutes = (count: number) => count * 60_000;
const contact = { contactId: 'c0000000-0000-4000-8000-000000000001' };
const steps: readonly Step[] = [
  { at: 0, type: 'LOGIN' },
  { at: minutes(3), status: 'Available' },
  { at: minutes(10), contact: { ...contact, state: 'CONNECTING' } },
  { at: minutes(11), contact: { ...contact, state: 'CONNECTED' } },
  { at: minutes(40), contact: { ...contact, state: null } },
  { at: minutes(70), status: 'Lunch' },
  { at: minutes(80), contact: { ...contact, state: 'CONNECTING' } },
  { at: minutes(81), contact: { ...contact, state: null } },
  { at: minutes(95), status: 'Offline' },
  { at: minutes(96), type: 'LOGOUT' },
];
/** In the middle of a segment and of a quarter. */
const before = new Date(start.getTime() + minutes(50));
const quarter = new Date(start.getTime() + minutes(45));

const tables = ['agent_event', 'agent_segment', 'agent_interval', 'agent_offer', 'agent_session', 'agent_snapshot'];
const empty = async () => {
  for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(centre.db);
};
const prune = async (time: Date) => {
  while (await pruneActivity(centre.db, time, 2));
  while (await pruneContacts(centre.db, time, 2));
};
const count = async (table: string) => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(
    centre.db,
  );
  return rows[0]?.count;
};

/** What is kept of the time behind. */
async function kept() {
  const of = async (table: string, condition: ReturnType<typeof sql>, order: string) =>
    (
      await sql`select to_jsonb(t) as row from ${sql.table(table)} t where ${condition} order by ${sql.raw(order)}`.execute(
        centre.db,
      )
    ).rows;
  return {
    segments: await of('agent_segment', sql`coalesce(end_time >= ${quarter}, true)`, 'start_time'),
    intervals: await of('agent_interval', sql`interval_start >= ${quarter}`, 'interval_start'),
    offers: await of('agent_offer', sql`end_time >= ${before}`, 'end_time'),
    sessions: await of('agent_session', sql`coalesce(logout_time, login_time) >= ${before}`, 'login_time'),
  };
}

test('what is past its time goes, and what stays is not changed by that, nor by an event that comes late', async () => {
  const events = agentStream(centre.instance, ada, start, steps);
  const late = events[5] ?? '';
  await centre.call('ImportAgentEvents', { Records: events.filter((event) => event !== late) });
  const withoutLate = await kept();
  await prune(before);
  expect(await kept()).toEqual(withoutLate);
  // The last event before that time stays, for it says what the agent was until the next.
  expect(await count('agent_event')).toBe(5);
  expect(await count('agent_segment')).toBe(withoutLate.segments.length);
  expect(await count('agent_offer')).toBe(1);
  await centre.call('ImportAgentEvents', { Records: [late] });
  const pruned = await kept();
  await empty();
  await centre.call('ImportAgentEvents', { Records: events });
  expect(pruned).toEqual(await kept());
});

test('of somebody of whom nothing came any more everything goes, with the name', async () => {
  await empty();
  await centre.call('ImportAgentEvents', { Records: agentStream(centre.instance, silent, start, steps) });
  await prune(new Date(start.getTime() + minutes(200)));
  for (const table of tables) expect(await count(table), table).toBe(0);
});

test('an instance takes everything with it', async () => {
  await centre.call('ImportAgentEvents', { Records: agentStream(centre.instance, ada, start, steps) });
  while (await removeActivityOf(centre.db, centre.instance.id, 2));
  for (const table of [...tables.slice(0, 5), 'agent_activity']) expect(await count(table), table).toBe(0);
});
