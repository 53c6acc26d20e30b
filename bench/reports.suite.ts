import { setTimeout as delay } from 'node:timers/promises';
import { aggregateByHand, askForReport, numbersOf, requireSame } from './agent-performance.ts';
import { onEmptyGround, onTwoGrounds } from './ground.ts';
import { copyRows, emptyAll, importRecords, madeRecords, makeCopies, rowsAsText } from './import-and-copy.ts';
import { loadContacts, loadIntervals, loadSnapshots } from './load-contacts.ts';
import { loadUsers } from './load-users.ts';
import { type Ground, inTurns, type Report, ratios, type Suite } from './measure.ts';

const imported = 50_000;
const [few, many] = [100_000, 1_000_000];
const agents = 10_000;
/** Who worked in the days of the report, in which both centres have the same. */
const onDuty = 1000;
const days = 31;
/** Of the contacts of the large centre that are older. */
const daysBefore = 279;

const day = 86_400_000;
const thousands = (count: number) => count.toLocaleString('en');
const perSecond = (times: readonly number[], count: number) => times.map((ms) => count / (ms / 1000));

/** What becomes of history as it grows: imports, a report, Contact search, and deletions beside it. */
export const reports: Suite = {
  name: 'reports',
  about: `imports, reports, Contact search and deletions, with up to ${thousands(many)} contacts`,
  async run(report) {
    await onEmptyGround((ground) => imports(report, ground));
    const midnight = new Date(Math.floor(Date.now() / day) * day);
    await onTwoGrounds(async (small, large) => {
      const agentIds = await loadUsers(small.client, small.instanceId, agents, 'agent-');
      await loadUsers(large.client, large.instanceId, agents, 'agent-', { ids: agentIds });
      await Promise.all([loadHistory(small, agentIds, midnight, few), loadHistory(large, agentIds, midnight, many)]);
      await performance31(report, small, large, midnight);
      await search(report, small, large, agentIds[0] ?? '');
      await onEmptyGround((none) => deletions(report, none, large, agentIds));
    });
  },
};

async function imports(report: Report, ground: Ground): Promise<void> {
  const { body } = await ground.call('DescribeInstance', { InstanceId: ground.instanceId });
  const [, , , region = '', accountId = ''] = body.Instance.Arn.split(':');
  const instance = { id: ground.instanceId, region, accountId } as Parameters<typeof madeRecords>[0];
  const records = madeRecords(instance, imported, new Date());
  await makeCopies(ground);
  await importRecords(ground, records);
  const texts = await rowsAsText(ground);
  const times = await inTurns(
    3,
    { imported: () => importRecords(ground, records), copied: () => copyRows(ground, texts) },
    () => emptyAll(ground),
  );
  const size = Math.round(records.reduce((sum, record) => sum + record.length, 0) / records.length);
  report(`Records imported, of ${thousands(size)} characters each`, 'a second', perSecond(times.imported, imported));
  report('Rows copied into tables with the same indexes', 'a second', perSecond(times.copied, imported));
  report('Records imported / rows copied, a second', 'times', ratios(times.copied, times.imported), { atLeast: 0.25 });
}

async function loadHistory({ client, instanceId }: Ground, agentIds: readonly string[], midnight: Date, count: number) {
  const inRange = { agentIds: agentIds.slice(0, onDuty), midnight, days };
  const before = { agentIds, midnight: new Date(midnight.getTime() - days * day), days: daysBefore };
  // At once: snapshots of which nothing speaks are pruned.
  await client.query('begin');
  await loadSnapshots(client, instanceId, agentIds);
  if (count > few) {
    await loadContacts(client, instanceId, { ...before, contacts: count - few });
    await loadIntervals(client, instanceId, { ...before, days, agentIds: agentIds.slice(0, onDuty) });
  }
  await loadContacts(client, instanceId, { ...inRange, contacts: few });
  await loadIntervals(client, instanceId, inRange);
  await client.query('commit');
  await client.query('vacuum analyze');
  await client.query('checkpoint');
}

async function performance31(report: Report, small: Ground, large: Ground, midnight: Date): Promise<void> {
  const range = { start: new Date(midnight.getTime() - days * day), end: midnight };
  requireSame(numbersOf(await askForReport(large, range)), await aggregateByHand(large, range));
  const times = await inTurns(11, {
    byHand: () => aggregateByHand(large, range),
    large: () => askForReport(large, range),
    small: () => askForReport(small, range),
  });
  const about = `Agent performance of ${thousands(onDuty)} agents, ${days} days`;
  report(`${about}, ${thousands(many)} contacts`, 'ms', times.large);
  report(`${about}, ${thousands(few)} contacts`, 'ms', times.small);
  report(`The same numbers by hand, ${thousands(many)} contacts`, 'ms', times.byHand);
  report('The report / the same by hand', 'times', ratios(times.large, times.byHand), { atMost: 1.5 });
  report(`The report, ${thousands(many)} / ${thousands(few)} contacts`, 'times', ratios(times.large, times.small), {
    atMost: 1.3,
  });
}

async function search(report: Report, small: Ground, large: Ground, agentId: string): Promise<void> {
  for (const [what, lastDays, AgentIds] of [
    ['Contact search, last 7 days', 7, []],
    ['Contact search, last 7 days, of an agent', 7, [agentId]],
    ['Contact search, last 8 weeks, of an agent', 56, [agentId]],
  ] as const) {
    const page = async ({ call, instanceId }: Ground) => {
      const now = Date.now();
      const { status, body } = await call('SearchContactDetails', {
        InstanceId: instanceId,
        TimeRange: {
          Type: 'INITIATION_TIMESTAMP',
          StartTime: (now - lastDays * day) / 1000,
          EndTime: now / 1000,
        },
        ...(AgentIds.length > 0 && { SearchCriteria: { AgentIds: [...AgentIds] } }),
        Sort: { FieldName: 'INITIATION_TIMESTAMP', Order: 'DESCENDING' },
        StartIndex: 0,
        MaxResults: 25,
      });
      if (status !== 200 || body.Contacts.length === 0) throw new Error(`SearchContactDetails answered ${status}.`);
    };
    const times = await inTurns(51, { small: () => page(small), large: () => page(large) });
    report(`${what}, ${thousands(many)} contacts`, 'ms', times.large);
    report(`${what}, ${thousands(many)} / ${thousands(few)}`, 'times', ratios(times.large, times.small), {
      atMost: 1.5,
    });
  }
}

async function deletions(report: Report, none: Ground, large: Ground, agentIds: readonly string[]): Promise<void> {
  const load = ({ client, instanceId }: Ground, prefix: string) =>
    loadUsers(client, instanceId, agentIds.length, prefix, { ids: agentIds });
  let round = 0;
  const times = await inTurns(
    5,
    { none: () => deleteAll(none, agentIds), large: () => deleteAll(large, agentIds) },
    async () => {
      round += 1;
      if (round > 1) await load(large, `round${round}-`);
      await load(none, `round${round}-`);
    },
  );
  const each = (list: readonly number[]) => list.map((ms) => ms / agentIds.length);
  const about = `A batch of ${thousands(agentIds.length)}, for each user`;
  report(`${about}, ${thousands(many)} contacts`, 'ms', each(times.large));
  report(`${about}, no contacts`, 'ms', each(times.none));
  report(`The batch, ${thousands(many)} / no contacts`, 'times', ratios(times.large, times.none), { atMost: 1.1 });
}

async function deleteAll({ call, instanceId }: Ground, ids: readonly string[]): Promise<void> {
  const started = await call('StartUserDeletion', { InstanceId: instanceId, UserIds: [...ids] });
  for (let status: string = ''; status !== 'COMPLETED'; await delay(20)) {
    const { UserBatchId } = started.body;
    const { body } = await call('DescribeUserBatch', { InstanceId: instanceId, UserBatchId });
    status = body.UserBatch.Status;
    if (status.startsWith('COMPLETED_')) throw new Error(`The batch ended as ${status}.`);
  }
}
