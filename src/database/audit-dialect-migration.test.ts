import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { readFeed } from '../audit/feed.ts';
import { migrate } from './migrate.ts';

/* What older versions wrote into audit and feed, as it is after the migration. */

let database: TestDatabase;
let before: string;
beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
  before = mkdtempSync(join(tmpdir(), 'cordboard-test-'));
  const own = join(import.meta.dirname, 'migrations');
  for (const file of readdirSync(own).filter((name) => name < '0023'))
    copyFileSync(join(own, file), join(before, file));
  await migrate(database.pool, { folder: before });
});
afterEach(async () => {
  rmSync(before, { recursive: true });
  await database.close();
});

const changes = (of: object) => ({ Changes: of });
const pair = { queueId: 'q', channel: 'VOICE' };
const config = { QueueReference: { QueueId: 'q', Channel: 'VOICE' } };

/** Resource type, change, what was written, what it becomes; the operation where it matters. */
const cases: readonly (readonly [string, string, object | null, object | null, string?])[] = [
  ['queue', 'UPDATED', { MaxContacts: { Before: 3, After: null } }, changes({ MaxContacts: { Old: 3, New: null } })],
  [
    'agent',
    'UPDATED',
    { Tags: { Before: {}, After: { Before: 'x', After: 'y' } } },
    changes({ Tags: { Old: {}, New: { Before: 'x', After: 'y' } } }),
  ],
  [
    'queue',
    'UPDATED',
    { AssociatedQuickConnectIds: ['a', 'b'] },
    changes({ QuickConnectIds: { Old: [], New: ['a', 'b'] } }),
  ],
  ['queue', 'UPDATED', { DisassociatedQuickConnectIds: ['a'] }, changes({ QuickConnectIds: { Old: ['a'], New: [] } })],
  [
    'routing-profile',
    'UPDATED',
    { Associated: [{ ...pair, priority: 1, delay: 2 }], AssociatedForManualAssignment: [] },
    // Whether it was there before, with another priority, was not recorded.
    changes({ QueueConfigs: { New: [{ ...config, Priority: 1, Delay: 2 }] } }),
  ],
  [
    'routing-profile',
    'UPDATED',
    { Disassociated: [pair], DisassociatedFromManualAssignment: [pair] },
    changes({
      QueueConfigs: { Old: [config], New: [] },
      ManualAssignmentQueueConfigs: { Old: [config], New: [] },
    }),
  ],
  [
    'routing-profile',
    'UPDATED',
    { Updated: [{ ...pair, priority: 1, delay: 2 }] },
    changes({ QueueConfigs: { New: [{ ...config, Priority: 1, Delay: 2 }] } }),
  ],
  [
    'operating-hours',
    'UPDATED',
    { AssociatedParentHoursOfOperationIds: ['p'] },
    changes({ ParentHoursOfOperationIds: { Old: [], New: ['p'] } }),
  ],
  [
    'operating-hours',
    'UPDATED',
    { CreatedOverride: { Id: 'o', Name: 'Xmas', EffectiveFrom: '2026-12-24' } },
    changes({
      HoursOfOperationOverrideList: {
        Old: [],
        New: [{ HoursOfOperationOverrideId: 'o', Name: 'Xmas', EffectiveFrom: '2026-12-24' }],
      },
    }),
  ],
  [
    'operating-hours',
    'UPDATED',
    { UpdatedOverride: { Id: 'o', Changes: { Name: { Before: 'Xmas', After: 'New Year' } } } },
    changes({
      HoursOfOperationOverrideList: {
        Old: [{ HoursOfOperationOverrideId: 'o', Name: 'Xmas' }],
        New: [{ HoursOfOperationOverrideId: 'o', Name: 'New Year' }],
      },
    }),
  ],
  [
    'operating-hours',
    'UPDATED',
    { DeletedOverride: { Id: 'o', Name: 'Xmas' } },
    changes({ HoursOfOperationOverrideList: { Old: [{ HoursOfOperationOverrideId: 'o', Name: 'Xmas' }], New: [] } }),
  ],
  [
    'agent-group-level',
    'UPDATED',
    { Level: 2, Name: { Before: 'Site', After: 'Town' } },
    changes({ LevelTwo: { Old: { Name: 'Site' }, New: { Name: 'Town' } } }),
  ],
  [
    'contact-flow',
    'UPDATED',
    { FlowContentSha256: { Before: 'x', After: 'y' }, Status: { Before: 'PUBLISHED', After: 'SAVED' } },
    changes({ SavedContentSha256: { New: 'y' } }),
  ],
  [
    'contact-flow',
    'UPDATED',
    { FlowContentSha256: { Before: 'x', After: 'y' }, Status: { Before: 'PUBLISHED', After: 'PUBLISHED' } },
    changes({ FlowContentSha256: { Old: 'x', New: 'y' } }),
  ],
  [
    'flow-module',
    'UPDATED',
    {
      FlowModuleContentSha256: { Before: 'x', After: 'y' },
      Settings: { Before: null, After: '' },
      Status: 'PUBLISHED',
    },
    changes({
      FlowModuleContentSha256: { Old: 'x', New: 'y' },
      SettingsSha256: { Old: null, New: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    }),
  ],
  [
    'flow-module',
    'UPDATED',
    { FlowModuleContentSha256: { Before: 'x', After: 'y' }, Status: 'SAVED' },
    changes({ SavedContentSha256: { New: 'y' } }),
  ],
  ['flow-module', 'UPDATED', { State: { Before: 'a', After: 'b' } }, changes({ State: { Old: 'a', New: 'b' } })],
  [
    'user-batch',
    'UPDATED',
    { Before: 'QUEUED', Status: 'PAUSED' },
    changes({ Status: { Old: 'QUEUED', New: 'PAUSED' } }),
    'PauseUserBatch',
  ],
  [
    'user-batch',
    'UPDATED',
    { Before: 'COMPLETED', Status: 'COMPLETED' },
    changes({ Dismissed: { New: true } }),
    'DismissUserBatch',
  ],
  [
    'access-key',
    'UPDATED',
    { Status: 'DISABLED', Actions: ['connect:*'] },
    changes({ Status: { New: 'DISABLED' }, Actions: { New: ['connect:*'] } }),
  ],
  [
    'instance',
    'UPDATED',
    { ContactRecords: { New: 2, Refused: 1 } },
    changes({ ContactRecords: { Old: null, New: { New: 2, Refused: 1 } } }),
  ],
  ['sign-in', 'UPDATED', { Address: '192.0.2.1' }, changes({ Address: { New: '192.0.2.1' } })],
  [
    'agent',
    'UPDATED',
    changes({ Proficiencies: { Old: [], New: [1] } }),
    changes({ UserProficiencies: { Old: [], New: [1] } }),
  ],
  ['agent', 'UPDATED', changes({ Email: { Old: null, New: 'x' } }), changes({ Email: { Old: null, New: 'x' } })],
  ['agent', 'UPDATED', changes({ Password: {} }), changes({ Password: {} })],
  ['agent-group', 'CREATED', { Level: 2, ParentGroup: { Id: 'g', Name: 'West' } }, { Level: 2, ParentGroupId: 'g' }],
  [
    'queue',
    'CREATED',
    { HoursOfOperationId: 'h', AssociatedQuickConnectIds: ['a'] },
    { HoursOfOperationId: 'h', QuickConnectIds: ['a'] },
  ],
  [
    'transfer-destination',
    'DELETED',
    { UserId: 'u' },
    { QuickConnectConfig: { QuickConnectType: 'USER', UserConfig: { UserId: 'u' } } },
  ],
  ['agent', 'DELETED', { FirstName: 'Ada', Email: 'a@b.c' }, { FirstName: 'Ada', Email: 'a@b.c' }],
  ['queue', 'DELETED', null, null],
];

test('entries of older versions say the same in the one dialect, and nothing that was not recorded', async () => {
  for (const [index, [type, change, details, , operation = 'Some']] of cases.entries()) {
    await database.pool.query(
      `insert into audit_entry (time, operation, actor_type, actor_id, actor_name, permission, resource_type, resource_id,
        resource_name, change, details, user_batch_id, request_id)
      values (now(), $1, $2, '', '', '', $3, $4, '', $5, $6, $7, '')`,
      [
        operation,
        ['USER', 'ACCESS_KEY', 'SYSTEM'][index % 3],
        type,
        String(index),
        change,
        details && JSON.stringify(details),
        index % 4 ? null : randomUUID(),
      ],
    );
  }
  await migrate(database.pool);
  const { rows } = await database.pool.query<{ at: number; details: unknown; door: string }>(
    'select resource_id::int as at, details, door from audit_entry order by 1',
  );
  expect(rows.map(({ details }) => details)).toEqual(cases.map(([, , , after]) => after));
  const doors = cases.map((_, index) => (index % 4 ? ['WEBSITE', 'API', 'SYSTEM'][index % 3] : 'BATCH'));
  expect(rows.map(({ door }) => door)).toEqual(doors);
});

test('the feed that is there keeps the order of its times, and can be read from the beginning', async () => {
  for (const minutes of [3, 1, 2]) {
    await database.pool.query(
      `insert into change_entry (time, resource_type, resource_id, change)
        values (now() - make_interval(mins => $1::int), 'agent', $2, 'UPDATED')`,
      [minutes, String(minutes)],
    );
  }
  await migrate(database.pool);
  const page = await readFeed(database.db, {});
  expect(page).toMatchObject({ kind: 'PAGE', more: false });
  expect(page.kind === 'PAGE' && page.entries.map(({ resourceId }) => resourceId)).toEqual(['3', '2', '1']);
});
