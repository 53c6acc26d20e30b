import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { refusalOf } from '../../../test/support/callers.ts';
import { centreForFile, openCentre } from '../../../test/support/centre.ts';
import { untilItWaits } from '../../../test/support/locks.ts';
import type { InputOf } from '../../../test/support/operations.ts';
import type { PermissionId } from '../../access/permissions.ts';
import { boundLockWaits } from '../../database/clock.ts';
import { inTransaction } from '../../database/transaction.ts';
import type { Caller, UserCaller } from '../../operations/caller.ts';
import { deleteInstance } from '../instances/store.ts';
import { mostReports } from './rules.ts';

const centre = centreForFile({ max: 4 });

type Settings = InputOf<'CreateSavedReport'>['Settings'];
const settings: Settings = { TimeRange: { Type: 'LAST_DAYS', Days: 7 }, Metrics: [{ Name: 'CONTACTS_HANDLED' }] };
const kept = { ...settings, Interval: 'TOTAL', TimeZone: 'UTC', Groupings: [], Filters: [], View: 'TABLE' };

const mayAll: readonly PermissionId[] = [
  'MetricsReports.View',
  'MetricsReports.Create',
  'MetricsReports.Share',
  'MetricsReports.Edit',
  'MetricsReports.Delete',
  'MetricsReports.Publish',
];

let owner: UserCaller;
let reader: UserCaller;
beforeEach(async () => {
  await sql`delete from saved_report`.execute(centre.db);
  owner = await centre.signedIn(mayAll);
  reader = await centre.signedIn(['MetricsReports.View']);
});

const save = async (Name: string, caller: Caller = owner, more: Partial<Settings> = {}) =>
  (
    await centre.call(
      'CreateSavedReport',
      { Name, Type: 'AGENT_PERFORMANCE', Settings: { ...settings, ...more } },
      caller,
    )
  ).SavedReportId;
const open = async (SavedReportId: string, caller: Caller) =>
  (await centre.call('DescribeSavedReport', { SavedReportId }, caller)).SavedReport;
const names = async (caller: Caller, input: Partial<InputOf<'ListSavedReports'>> = {}) => {
  const { SavedReports, TotalCount } = await centre.call('ListSavedReports', input, caller);
  expect(TotalCount).toBe(SavedReports.length);
  return SavedReports.map(({ Name }) => Name);
};
const setStatus = (SavedReportId: string, Status: 'PRIVATE' | 'SHARED' | 'PUBLISHED', caller: Caller = owner) =>
  centre.call('UpdateSavedReportStatus', { SavedReportId, Status }, caller);

test('a report is kept with everything that was left out, and answered as it is kept', async () => {
  const id = await save('Plain');
  expect(await open(id, owner)).toEqual({
    Id: id,
    Name: 'Plain',
    Type: 'AGENT_PERFORMANCE',
    Status: 'PRIVATE',
    Owner: { Type: 'USER', Id: owner.userId, Name: owner.username, Exists: true },
    Settings: kept,
    Version: 1,
    CreatedTime: expect.any(Number),
    LastModifiedTime: expect.any(Number),
    GoneFilterValues: [],
    UnknownMetrics: [],
  });
  const whole = {
    Interval: 'DAY',
    TimeZone: 'Europe/Zurich',
    TimeRange: { Type: 'CUSTOM', StartDate: '2026-03-01', EndDate: '2026-03-31' },
    Groupings: ['AGENT', 'QUEUE'],
    Filters: [
      { FilterKey: 'CHANNEL', FilterValues: ['VOICE'] },
      { FilterKey: 'PHONE_NUMBER', StringCondition: { Comparison: 'NOT_EXISTS' } },
    ],
    Metrics: [
      { Name: 'SERVICE_LEVEL', Threshold: [{ Comparison: 'LT', ThresholdValue: 20 }] },
      {
        Name: 'CONTACTS_HANDLED',
        MetricFilters: [{ MetricFilterKey: 'INITIATION_METHOD', MetricFilterValues: ['INBOUND'], Negate: true }],
      },
    ],
    View: 'BAR_CHART',
    ChartMetric: 1,
  } as const;
  const { Settings } = await open(await save('Whole', owner, structuredClone(whole) as unknown as Settings), owner);
  expect(Settings).toEqual(whole);
});

describe('who opens what', () => {
  test('a private report is the owner’s and the administrators’, a shared one of whoever has its id, a published one in every list', async () => {
    const id = await save('Mine');
    const seenBy = async () => ({
      opened: await open(id, reader).then(
        () => true,
        () => false,
      ),
      listed: await names(reader),
    });
    expect(await seenBy()).toEqual({ opened: false, listed: [] });
    expect(await refusalOf(open(id, reader))).toBe('AccessDeniedException');
    await setStatus(id, 'SHARED');
    expect(await seenBy()).toEqual({ opened: true, listed: [] });
    await setStatus(id, 'PUBLISHED');
    expect(await seenBy()).toEqual({ opened: true, listed: ['Mine'] });
    await setStatus(id, 'PRIVATE');
    expect(await seenBy()).toEqual({ opened: false, listed: [] });

    const auditor = await centre.signedIn(['ReportsAdmin.View']);
    expect((await open(id, auditor)).Name).toBe('Mine');
    expect(await names(auditor, { All: true })).toEqual(['Mine']);
    expect(await refusalOf(names(auditor))).toBe('AccessDeniedException');
    expect(await refusalOf(names(reader, { All: true }))).toBe('AccessDeniedException');
    expect((await open(id, centre.key)).Name).toBe('Mine');
  });

  test('the owner’s login is told to whoever may be told of users', async () => {
    const id = await save('Ours');
    await setStatus(id, 'PUBLISHED');
    const told = async (caller: Caller) => (await open(id, caller)).Owner;
    expect(await told(owner)).toMatchObject({ Name: owner.username });
    expect(await told(reader)).toEqual({ Type: 'USER', Id: owner.userId, Exists: true });
    expect(await told(centre.admin)).toMatchObject({ Name: owner.username });
  });

  test('a shared report is settings alone: whoever opens it asks for its values with their own rights', async () => {
    const id = await save('Values');
    await setStatus(id, 'PUBLISHED');
    const { Settings } = await open(id, reader);
    const report = {
      StartTime: 1_772_323_200,
      EndTime: 1_772_409_600,
      Metrics: Settings.Metrics as InputOf<'GetHistoricalReport'>['Metrics'],
    };
    expect(await refusalOf(centre.call('GetHistoricalReport', report, reader))).toBe('AccessDeniedException');
  });
});

describe('who changes what', () => {
  test('each permission is for its own part, and for one’s own reports alone', async () => {
    const id = await save('Guarded');
    await setStatus(id, 'PUBLISHED');
    const other = await centre.signedIn(mayAll);
    const changes = (caller: Caller) => [
      centre.call('UpdateSavedReport', { SavedReportId: id, Name: 'Taken' }, caller),
      centre.call('UpdateSavedReport', { SavedReportId: id, Settings: settings }, caller),
      setStatus(id, 'PRIVATE', caller),
      centre.call('DeleteSavedReport', { SavedReportId: id }, caller),
    ];
    for (const caller of [other, reader]) {
      const codes = await Promise.all(changes(caller).map(refusalOf));
      expect(codes).toEqual(codes.map(() => 'AccessDeniedException'));
    }
    expect((await open(id, owner)).Name).toBe('Guarded');
  });

  test('to and from PUBLISHED needs Publish, otherwise Share is enough', async () => {
    const sharer = await centre.signedIn(['MetricsReports.Create', 'MetricsReports.Share']);
    const shared = await save('Shared', sharer);
    await setStatus(shared, 'SHARED', sharer);
    expect(await refusalOf(setStatus(shared, 'PUBLISHED', sharer))).toBe('AccessDeniedException');
    await setStatus(shared, 'PUBLISHED', centre.admin);
    expect(await refusalOf(setStatus(shared, 'PRIVATE', sharer))).toBe('AccessDeniedException');
    const publisher = await centre.signedIn(['MetricsReports.Create', 'MetricsReports.Publish']);
    const published = await save('Published', publisher);
    expect(await refusalOf(setStatus(published, 'SHARED', publisher))).toBe('AccessDeniedException');
    await setStatus(published, 'PUBLISHED', publisher);
    await setStatus(published, 'SHARED', publisher);
  });

  test('administrators delete and publish what is anybody’s, each by a permission of its own', async () => {
    const id = await save('Anybody’s');
    const remover = await centre.signedIn(['ReportsAdmin.Delete']);
    const publisher = await centre.signedIn(['ReportsAdmin.Publish']);
    expect(await refusalOf(setStatus(id, 'PUBLISHED', remover))).toBe('AccessDeniedException');
    await setStatus(id, 'PUBLISHED', publisher);
    expect(await names(reader)).toEqual(['Anybody’s']);
    expect(await refusalOf(centre.call('DeleteSavedReport', { SavedReportId: id }, publisher))).toBe(
      'AccessDeniedException',
    );
    await centre.call('DeleteSavedReport', { SavedReportId: id }, remover);
    expect(await refusalOf(open(id, centre.admin))).toBe('ResourceNotFoundException');
  });
});

describe('names and numbers', () => {
  test('a name is the instance’s once, whoever has given it', async () => {
    await save('Weekly');
    const second = await save('Monthly');
    expect(await refusalOf(save('Weekly'))).toBe('DuplicateResourceException');
    const rename = centre.call('UpdateSavedReport', { SavedReportId: second, Name: 'Weekly' }, owner);
    expect(await refusalOf(rename)).toBe('DuplicateResourceException');
    expect(await refusalOf(save('Weekly', centre.admin))).toBe('DuplicateResourceException');
    expect(await names(centre.admin, { All: true })).toEqual(['Monthly', 'Weekly']);
  });

  test('of two who save the last report that there is room for at once, one is told that it cannot be saved', async () => {
    const id = await save('First');
    await sql`
      insert into saved_report select gen_random_uuid(), instance_id, owner_type, owner_id, owner_name, 'Report ' || n, type,
        status, settings, version, created_time, last_modified_time
      from saved_report, generate_series(3, ${mostReports}) n where id = ${id}`.execute(centre.db);
    const codes = await Promise.all(
      ['One', 'Other'].map((name) =>
        save(name).then(
          () => 'saved',
          (error: { code: string }) => error.code,
        ),
      ),
    );
    expect(codes.toSorted()).toEqual(['LimitExceededException', 'saved']);
    await expect(save('One more')).rejects.toThrow(
      'The report cannot be saved: you have 2,000 saved reports, which is the limit.',
    );
    await save('Of somebody else', centre.admin);
  });

  test('the list is filtered by name, type, status and owner, sorted and paged', async () => {
    await save('beta 50%');
    const published = await save('Alpha');
    await setStatus(published, 'PUBLISHED');
    await centre.call('CreateSavedReport', { Name: 'gamma', Type: 'CONTACT_METRICS', Settings: settings }, owner);
    await save('Delta', centre.admin);
    const all = (input: Partial<InputOf<'ListSavedReports'>>) => names(centre.admin, { All: true, ...input });
    expect(await all({})).toEqual(['Alpha', 'beta 50%', 'Delta', 'gamma']);
    expect(await all({ SortBy: 'LastModifiedTime', SortOrder: 'DESCENDING', Types: ['AGENT_PERFORMANCE'] })).toEqual([
      'Delta',
      'Alpha',
      'beta 50%',
    ]);
    expect(await all({ NameContains: 'ETA 50%' })).toEqual(['beta 50%']);
    expect(await all({ NameContains: '_' })).toEqual([]);
    expect(await all({ Types: ['CONTACT_METRICS'] })).toEqual(['gamma']);
    expect(await all({ Statuses: ['PUBLISHED', 'SHARED'] })).toEqual(['Alpha']);
    expect(await all({ UserIds: [owner.userId] })).toEqual(['Alpha', 'beta 50%', 'gamma']);
    expect(await names(centre.admin)).toEqual(['Alpha', 'Delta']);
    const page = await centre.call('ListSavedReports', { StartIndex: 1, MaxResults: 1 }, owner);
    expect(page.SavedReports.map(({ Name }) => Name)).toEqual(['beta 50%']);
    expect(page.TotalCount).toBe(3);
  });
});

test('of two tabs that save the same report, the second is told that it has changed', async () => {
  const id = await save('Twice');
  const change = (days: number, Version?: number) =>
    centre.call(
      'UpdateSavedReport',
      { SavedReportId: id, Settings: { ...settings, TimeRange: { Type: 'LAST_DAYS', Days: days } }, Version },
      owner,
    );
  const codes = await Promise.all(
    [2, 3].map((days) =>
      change(days, 1).then(
        ({ Version }) => `version ${Version}`,
        (error: { code: string }) => error.code,
      ),
    ),
  );
  expect(codes.toSorted()).toEqual(['ConditionalOperationFailedException', 'version 2']);
  // A name and a status are no settings, and what is so already is no change.
  await centre.call('UpdateSavedReport', { SavedReportId: id, Name: 'Renamed' }, owner);
  await setStatus(id, 'SHARED');
  expect(await change(4, 2)).toEqual({ Version: 3 });
  expect(await change(4, 3)).toEqual({ Version: 3 });
  expect(await change(5)).toEqual({ Version: 4 });
});

test('the audit has what was saved, changed, published and deleted', async () => {
  const id = await save('Audited');
  await centre.call('UpdateSavedReport', { SavedReportId: id, Name: 'Named anew' }, owner);
  await setStatus(id, 'PUBLISHED');
  await setStatus(id, 'PUBLISHED');
  await centre.call('DeleteSavedReport', { SavedReportId: id }, centre.admin);
  const snapshot = { Type: 'AGENT_PERFORMANCE', Status: 'PRIVATE', Settings: kept };
  expect((await centre.history(id)).map(({ operation, details }) => [operation, details])).toEqual([
    ['CreateSavedReport', snapshot],
    ['UpdateSavedReport', { Changes: { Name: { Old: 'Audited', New: 'Named anew' } } }],
    ['UpdateSavedReportStatus', { Changes: { Status: { Old: 'PRIVATE', New: 'PUBLISHED' } } }],
    ['DeleteSavedReport', { ...snapshot, Status: 'PUBLISHED' }],
  ]);
});

describe('what is no report is refused', () => {
  test.each<[string, Partial<Settings>]>([
    ['Days', { TimeRange: { Type: 'LAST_DAYS' } }],
    ['Days', { TimeRange: { Type: 'YESTERDAY', Days: 1 } }],
    ['3 days', { Interval: 'FIFTEEN_MIN' }],
    ['StartDate', { TimeRange: { Type: 'CUSTOM', StartDate: '2026-03-01' } }],
    ['StartDate', { TimeRange: { Type: 'MONTH_TO_DATE', EndDate: '2026-03-01' } }],
    ['EndDate', { TimeRange: { Type: 'CUSTOM', StartDate: '2026-03-02', EndDate: '2026-03-01' } }],
    ['StartDate', { TimeRange: { Type: 'CUSTOM', StartDate: '2026-02-30', EndDate: '2026-03-01' } }],
    ['31 days', { TimeRange: { Type: 'CUSTOM', StartDate: '2026-03-01', EndDate: '2026-04-01' } }],
    ['whole days', { TimeRange: { Type: 'LAST_24_HOURS' }, Interval: 'DAY' }],
    ['IANA', { TimeZone: 'Mars/Olympus' }],
    ['twice', { Groupings: ['AGENT', 'AGENT'] }],
    ['is no filter', { Filters: [{ FilterKey: 'WEATHER', FilterValues: ['x'] }] }],
    ['Invalid metric name', { Metrics: [{ Name: 'CONTACTS_LOVED' }] }],
    ['Threshold', { Metrics: [{ Name: 'SERVICE_LEVEL' }] }],
    ['ChartMetric', { ChartMetric: 1 }],
    [
      '50,000 characters',
      {
        Metrics: Array.from({ length: 100 }, () => ({
          Name: 'CONTACTS_HANDLED',
          MetricFilters: [
            {
              MetricFilterKey: 'INITIATION_METHOD',
              MetricFilterValues: Array.from({ length: 10 }, () => 'X'.repeat(100)),
            },
          ],
        })),
      },
    ],
  ])('naming %s: %j', async (words, wrong) => {
    await expect(save('Wrong', owner, wrong)).rejects.toThrow(words);
    expect(await names(owner)).toEqual([]);
  });
});

describe('a deletion', () => {
  test('of the owner leaves the published report to everybody, and the private one to the administrators', async () => {
    const published = await save('Published');
    await setStatus(published, 'PUBLISHED');
    const personal = await save('Personal');
    const before = await open(published, centre.admin);
    await centre.call('StartUserDeletion', { UserIds: [owner.userId] });
    await centre.work();
    expect(await centre.living([owner.userId])).toBe(0);
    expect(await open(published, centre.admin)).toEqual({ ...before, Owner: { ...before.Owner, Exists: false } });
    expect(await names(reader)).toEqual(['Published']);
    expect((await open(published, reader)).Owner).toEqual({ Type: 'USER', Id: owner.userId, Exists: false });
    expect(await refusalOf(open(personal, reader))).toBe('AccessDeniedException');
    expect(await names(centre.admin, { All: true })).toEqual(['Personal', 'Published']);
    expect(await names(centre.admin, { All: true, UserIds: [owner.userId] })).toEqual(['Personal', 'Published']);
    await centre.call('DeleteSavedReport', { SavedReportId: personal });
  });

  test('of users waits for no saved report, and none for it', async () => {
    const id = await save('Held');
    const held = inTransaction(centre.db, async (tx) => {
      await sql`select from saved_report where id = ${id} for update`.execute(tx);
      const deletion = centre.call('DeleteUser', { UserId: owner.userId });
      await untilItWaits(centre.db, deletion);
      await boundLockWaits(tx);
      await deletion;
    });
    await held;
    expect(await centre.living([owner.userId])).toBe(0);
  });

  test('of what a report names leaves it as it is, and it says what is gone', async () => {
    const [agent = ''] = await centre.addUsers(1, { prefix: 'leaver' });
    const [queue] = (await centre.call('ListQueues', { QueueTypes: ['STANDARD'] })).QueueSummaryList;
    const nobody = randomUUID();
    const Filters = [
      { FilterKey: 'AGENT', FilterValues: [agent, owner.userId] },
      { FilterKey: 'QUEUE', FilterValues: [queue?.Id ?? '', owner.userId, nobody] },
      { FilterKey: 'CHANNEL', FilterValues: ['VOICE'] },
    ];
    const id = await save('Of leavers', owner, { Filters });
    const queueGone = { FilterKey: 'QUEUE', FilterValue: nobody };
    expect((await open(id, owner)).GoneFilterValues).toEqual([queueGone]);
    await centre.call('DeleteUser', { UserId: agent });
    await sql`update saved_report set settings = jsonb_set(settings, '{Metrics,0,Name}', '"OF_ANOTHER_VERSION"')`.execute(
      centre.db,
    );
    const report = await open(id, owner);
    expect(report.GoneFilterValues).toEqual([{ FilterKey: 'AGENT', FilterValue: agent }, queueGone]);
    expect(report.UnknownMetrics).toEqual(['OF_ANOTHER_VERSION']);
    expect(report.Settings.Filters).toEqual(Filters);
    // And may be saved again, without what is not known.
    await centre.call(
      'UpdateSavedReport',
      { SavedReportId: id, Settings: { ...settings, Filters }, Version: report.Version },
      owner,
    );
  });

  test('of the instance takes them along', async () => {
    const gone = await openCentre();
    await gone.call('CreateSavedReport', { Name: 'Gone', Type: 'AGENT_METRICS', Settings: settings });
    await inTransaction(gone.db, (tx) => deleteInstance(tx, gone.instance.id));
    expect(await gone.db.selectFrom('saved_report').selectAll().execute()).toEqual([]);
    await gone.close();
  });
});
