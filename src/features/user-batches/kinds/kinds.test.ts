import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembleForTest } from '../../../../test/support/assembled.ts';
import { batchesOf } from '../../../../test/support/batches.ts';
import { refusalOf } from '../../../../test/support/callers.ts';
import { type Centre, openCentre } from '../../../../test/support/centre.ts';
import { creationOf, updateOf } from '../../../audit/change.ts';
import type { Db, Tx } from '../../../database/db.ts';
import type { Caller } from '../../../operations/caller.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { label, list, required, string, structure, type TypeOf } from '../../../operations/shapes.ts';
import { insertUsers } from '../../users/store.ts';
import { requirePermissions } from '../permissions.ts';
import { startedAnswer, startedBatch } from '../shapes.ts';
import { findUserBatch } from '../store.ts';
import { submit } from '../submission.ts';
import { failed, type PendingRecord, type RecordOutcome } from '../types.ts';
import { addKind } from './index.ts';
import type { BatchKind, Executor } from './kind.ts';

/*
 * A kind of batch that exists in this test only: it gives users a last name, remembers the one before, and makes those
 * who are not there yet. What holds for every kind is tried on it.
 */

interface Instructions {
  readonly LastName: string;
}

interface Payload {
  /** Of somebody to be made. */
  readonly Username?: string;
  readonly Secret?: string;
  readonly Before?: string;
}

type Naming = Executor<Instructions, Payload, 'NamesGiven'>;

const nameThem: Naming = async (tx, { instance, instructions }, records, time) => {
  const outcomes: RecordOutcome<'NamesGiven'>[] = [];
  for (const { position, userId, username, payload } of records) {
    if (username?.startsWith('refused')) {
      outcomes.push(failed(position, 'InvalidRequestException', 'Nobody is called that.', true));
      continue;
    }
    const id = userId ?? randomUUID();
    if (!userId) await make(tx, id, payload?.Username ?? '', time);
    const before = await tx.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const { LastName } = instructions;
    await tx.updateTable('users').set({ last_name: LastName }).where('id', '=', id).execute();
    const named = { id, name: before.username };
    const Changes = { LastName: { Old: before.last_name, New: LastName } };
    outcomes.push({
      position,
      status: 'SUCCEEDED',
      userId: id,
      counts: { NamesGiven: 1 },
      changes: [userId ? updateOf('agent', named, Changes) : creationOf('agent', named, { LastName })],
      payload: { Before: before.last_name ?? '' },
    });
  }

  async function make(inTx: Tx, id: string, name: string, now: Date) {
    const ofInstance = (table: 'routing_profile' | 'security_profile', wanted: string) =>
      inTx
        .selectFrom(table)
        .select('id')
        .where('instance_id', '=', instance.id)
        .where('name', '=', wanted)
        .executeTakeFirstOrThrow();
    const routingProfileId = (await ofInstance('routing_profile', 'Basic Routing Profile')).id;
    const securityProfileIds = [(await ofInstance('security_profile', 'Agent')).id];
    const user = { id, username: name, firstName: 'New', lastName: 'Nobody', passwordHash: null };
    await insertUsers(inTx, instance, [{ ...user, routingProfileId, securityProfileIds }], now);
  }
  return outcomes;
};

const naming: BatchKind<Instructions, Payload, 'NamesGiven'> = {
  type: 'UPDATE',
  operation: 'StartNaming',
  permission: 'Users.Edit',
  needs: ({ LastName }) =>
    LastName === 'Boss'
      ? [
          {
            permission: 'SecurityProfiles.Edit',
            action: 'connect:UpdateSecurityProfile',
            doing: 'make bosses',
            instead: 'Choose another name',
          },
        ]
      : [],
  doing: 'name users',
  members: { LastName: string() },
  counts: { NamesGiven: 'Names given' },
  execute: nameThem,
};

const startNaming = defineExtensionWrite(
  'StartNaming',
  {
    method: 'POST',
    uri: '/user-batches/{InstanceId}/namings',
    summary: 'For this test.',
    input: structure({
      InstanceId: label(),
      UserIds: required(list(string())),
      LastName: required(string()),
      Usernames: list(string()),
    }),
    output: startedBatch,
  },
  {
    permission: naming.permission,
    handler: async (context, { UserIds, LastName, Usernames = [] }) => {
      const instructions = { LastName };
      requirePermissions(context, naming, instructions);
      const asked = { type: naming.type, instructions, clientToken: null, requestHash: '', retryOf: null };
      const { db, instance } = context;
      const submitted = await submit(context, asked, async (id) => {
        const there = await db.selectFrom('users').selectAll().where('id', 'in', UserIds).execute();
        const usernameOf = new Map(there.map((user) => [user.id, user.username]));
        const records = [
          ...UserIds.map((user_id) => ({ user_id, username: usernameOf.get(user_id), payload: null })),
          ...Usernames.map((Username) => ({ username: Username, payload: JSON.stringify({ Username, Secret: 'x' }) })),
        ];
        const rows = records.map((record, index) => ({ ...record, user_batch_id: id, position: index + 1 }));
        await db.insertInto('user_batch_record').values(rows).execute();
        return rows.length;
      });
      if (!submitted) throw new Error('There is no client token.');
      return { output: startedAnswer(instance, submitted.batch), changes: submitted.changes };
    },
  },
);

let centre: Centre;
let batches: ReturnType<typeof batchesOf>;
/** The records that the executor was given, from the newest range on. */
let given: PendingRecord<Payload>[];
const watched: Naming = (tx, task, records, time) => {
  given = [...records];
  return nameThem(tx, task, records, time);
};

beforeAll(async () => {
  addKind({ ...naming, execute: (...range) => watched(...range) });
  centre = await openCentre();
  batches = batchesOf(centre);
});
afterAll(() => centre.close());

async function start(input: Record<string, unknown>, caller: Caller = centre.admin) {
  const { run } = assembleForTest({ db: centre.db });
  const call = { operation: startNaming, caller, region: centre.instance.region, requestId: randomUUID() };
  const asked = { InstanceId: centre.instance.id, LastName: 'Meyer', ...input };
  return (await run({ ...call, input: asked })) as TypeOf<typeof startedBatch>;
}

const lastNames = async (ids: readonly string[]) => {
  const rows = await centre.db.selectFrom('users').selectAll().where('id', 'in', ids).execute();
  return ids.map((id) => rows.find((row) => row.id === id)?.last_name);
};
const recordsOf = (id: string) =>
  centre.db.selectFrom('user_batch_record').selectAll().where('user_batch_id', '=', id).orderBy('position').execute();
const fed = (ids: readonly string[]) =>
  centre.db.selectFrom('change_entry').select(['resource_id', 'change']).where('resource_id', 'in', ids).execute();

describe('a kind of its own', () => {
  test('is audited and told to followers, counts what it counts, and keeps what its records carry', async () => {
    const ids = await centre.addUsers(2, { prefix: 'named' });
    const { UserBatchId } = await start({ UserIds: ids, Usernames: ['newcomer'] });
    await centre.range({ rangeSize: 2 });
    await centre.work();

    expect(await batches.describe(UserBatchId)).toMatchObject({
      Type: 'UPDATE',
      Status: 'COMPLETED',
      Counts: { Requested: 3, Succeeded: 3, QuickConnectsDeleted: 0 },
    });
    const batch = await findUserBatch(centre.db, centre.instance.id, UserBatchId);
    expect(batch).toMatchObject({ instructions: { LastName: 'Meyer' }, kindCounts: { NamesGiven: 3 } });
    const results = await batches.results(UserBatchId);
    expect((await recordsOf(UserBatchId)).map((record) => record.kind_counts)).toEqual(
      Array.from({ length: 3 }, () => ({ NamesGiven: 1 })),
    );
    const made = results[2]?.UserId ?? '';
    expect(await lastNames([...ids, made])).toEqual(['Meyer', 'Meyer', 'Meyer']);
    // The secret of the newcomer is gone: what an executor answers takes the place of what was there.
    expect((await recordsOf(UserBatchId)).map(({ payload }) => payload)).toEqual([
      { Before: 'Müller' },
      { Before: 'Müller' },
      { Before: 'Nobody' },
    ]);

    const entry = { operation: 'StartNaming', actor: centre.admin.username, permission: 'Users.Edit' };
    const audited = await centre.audited(UserBatchId);
    expect(audited.map(({ resourceId }) => resourceId).sort()).toEqual([...ids, made].sort());
    for (const one of audited) {
      const isNew = one.resourceId === made;
      const details = isNew ? { LastName: 'Meyer' } : { Changes: { LastName: { Old: 'Müller', New: 'Meyer' } } };
      expect(one).toMatchObject({ ...entry, details });
    }
    expect((await fed(ids)).map(({ change }) => change)).toEqual(['UPDATED', 'UPDATED']);

    const file = await centre.download('DownloadUserBatchResults', { UserBatchId });
    let text = '';
    for await (const chunk of file.chunks) text += chunk;
    expect(text).toContain('Reason,Names given,Time');
    expect(text).not.toContain('Quick connects');
  });

  test('fails record by record, and a retry carries what the failed ones carried', async () => {
    const ids = await centre.addUsers(1, { prefix: 'refused' });
    const [fine = ''] = await centre.addUsers(1, { prefix: 'fine' });
    const first = await start({ UserIds: [...ids, fine], Usernames: ['refused-newcomer'] });
    await centre.work();
    expect(await batches.describe(first.UserBatchId)).toMatchObject({
      Status: 'COMPLETED_WITH_FAILURES',
      Counts: { Succeeded: 1, Failed: 2 },
      RetryableCount: 2,
    });
    expect((await batches.results(first.UserBatchId))[0]).toMatchObject({ Reason: 'Nobody is called that.' });
    const retry = await batches.retry(first.UserBatchId);
    await centre.work();
    expect(await batches.describe(retry.UserBatchId)).toMatchObject({ Counts: { Requested: 2, Failed: 2 } });
    expect(given.map(({ payload }) => payload)).toEqual([null, { Username: 'refused-newcomer', Secret: 'x' }]);
  });

  test('may leave a record as it is, and then nothing is audited', async () => {
    const ids = await centre.addUsers(1, { prefix: 'same' });
    const { UserBatchId } = await start({ UserIds: ids });
    const nothing: Executor = async (_tx, _task, records) =>
      records.map(({ position }) => ({ position, status: 'SUCCEEDED', changes: 'UNCHANGED' }));
    await centre.work({ executors: { UPDATE: nothing } });
    expect(await batches.describe(UserBatchId)).toMatchObject({ Status: 'COMPLETED', Counts: { Succeeded: 1 } });
    expect(await centre.audited(UserBatchId)).toEqual([]);
  });
});

describe('no kind comes past what its requester may', () => {
  const profile = (name: string, more: Record<string, unknown>) =>
    centre.send('CreateSecurityProfile', { SecurityProfileName: name, ...more });
  const loseProfiles = ({ userId }: { userId: string }) =>
    centre.db.deleteFrom('user_security_profile').where('user_id', '=', userId).execute();

  test('a permission that was taken away since keeps every record from its executor; somebody else can try again', async () => {
    const editor = await centre.signIn('editor');
    const ids = await centre.addUsers(2, { prefix: 'taken' });
    const { UserBatchId } = await start({ UserIds: ids, LastName: 'Boss' }, editor);
    await loseProfiles(editor);
    given = [];
    await centre.work();
    expect(given).toEqual([]);
    const denied = { Status: 'FAILED', ErrorCode: 'AccessDeniedException', Retryable: true };
    const results = await batches.results(UserBatchId);
    expect(results).toMatchObject([denied, denied]);
    expect(results[0]?.Reason).toContain('no longer has the permission Users.Edit and SecurityProfiles.Edit.');
    expect(await centre.audited(UserBatchId)).toEqual([]);

    const retry = await batches.retry(UserBatchId);
    await centre.work();
    expect((await batches.describe(retry.UserBatchId)).Status).toBe('COMPLETED');
    expect(await lastNames(ids)).toEqual(['Boss', 'Boss']);
  });

  test('what its instructions need besides is judged at the submission too, of users and of access keys', async () => {
    await profile('Edits users only', { Permissions: ['Users.Edit', 'Users.View'] });
    const editor = await centre.signIn('edits-only', 'Edits users only');
    const ids = await centre.addUsers(1, { prefix: 'boss' });
    const key = { kind: 'ACCESS_KEY', accessKeyId: 'NARROW', actions: ['connect:StartNaming'] } as const;
    for (const caller of [editor, key]) {
      expect(await refusalOf(start({ UserIds: ids, LastName: 'Boss' }, caller))).toBe('AccessDeniedException');
      await start({ UserIds: ids }, caller);
    }
    await centre.work();
  });

  test('whoever may have another kind done cannot steer or retry it', async () => {
    await profile('Deletes only', { Permissions: ['Users.Delete', 'Users.View'] });
    const deleter = await centre.signIn('deletes-only', 'Deletes only');
    const { UserBatchId } = await start({ UserIds: await centre.addUsers(1, { prefix: 'refused-steering' }) });
    const verbs = ['PauseUserBatch', 'ResumeUserBatch', 'StopUserBatch', 'DismissUserBatch', 'RetryUserBatch'];
    for (const verb of verbs) {
      expect(await refusalOf(centre.send(verb, { UserBatchId }, deleter))).toBe('AccessDeniedException');
    }
    await centre.work();
    expect(await refusalOf(centre.call('RetryUserBatch', { UserBatchId }, deleter))).toBe('AccessDeniedException');
  });

  test('users out of reach never come to its executor, and what it would put there is taken back', async () => {
    await profile('Edits the red', {
      Permissions: ['Users.Edit', 'Users.View'],
      AllowedAccessControlTags: { Team: 'Red' },
      TagRestrictedResources: ['User'],
    });
    const editor = await centre.signIn('edits-the-red', 'Edits the red');
    const [red = '', other = '', blue = ''] = await centre.addUsers(3, { prefix: 'reach' });
    const tag = (id: string, Team: string, db: Db | Tx = centre.db) =>
      db
        .updateTable('users')
        .set({ tags: JSON.stringify({ Team }) })
        .where('id', '=', id)
        .execute();
    for (const id of [red, other, blue]) await tag(id, 'Red');
    const { UserBatchId } = await start({ UserIds: [red, other, blue] }, editor);
    await tag(blue, 'Blue');

    const paints: Naming = async (tx, task, records, time) => {
      given = [...records];
      const outcomes = await nameThem(tx, task, records, time);
      if (records.some(({ userId }) => userId === other)) await tag(other, 'Blue', tx);
      return outcomes;
    };
    await centre.work({ executors: { UPDATE: paints } });
    expect(given.map(({ userId }) => userId)).not.toContain(blue);
    const read = await centre.call('ListUserBatchResults', { UserBatchId }, editor);
    const denied = { Status: 'FAILED', ErrorCode: 'AccessDeniedException' };
    expect(read.Results).toMatchObject([{ Status: 'SUCCEEDED' }, denied, denied]);
    expect(read.Results[1]?.Reason).toContain('This would put the user out of your reach');
    expect(read.Results[2]?.Reason).toContain('do not reach this user');
    expect(await lastNames([red, other, blue])).toEqual(['Meyer', 'Müller', 'Müller']);
    expect((await centre.audited(UserBatchId)).map(({ resourceId }) => resourceId)).toEqual([red]);
  });
});

describe('of an executor that does not say what it did, nothing is kept', () => {
  const broken: Record<string, (outcomes: RecordOutcome[]) => RecordOutcome[]> = {
    'that says of nothing what it changed': (outcomes) => outcomes.map((outcome) => ({ ...outcome, changes: [] })),
    'that rests a change on a permission that nobody has judged': (outcomes) =>
      outcomes.map((outcome) =>
        outcome.status === 'SUCCEEDED' && outcome.changes !== 'UNCHANGED'
          ? { ...outcome, changes: outcome.changes.map((change) => ({ ...change, permission: 'Queues.Edit' })) }
          : outcome,
      ),
    'that leaves out a record': (outcomes) => outcomes.slice(1),
    'that answers a record twice': (outcomes) => [...outcomes, ...outcomes],
    'that answers for a record of another range': (outcomes) =>
      outcomes.map((outcome) => ({ ...outcome, position: outcome.position + 1 })),
    'whose records carry more than they may': (outcomes) =>
      outcomes.map((outcome) => ({ ...outcome, payload: { Before: 'x'.repeat(131_072) } })),
  };
  test.each(Object.entries(broken))('%s', async (_, breaks) => {
    const ids = await centre.addUsers(1, { prefix: `broken-${randomUUID()}-` });
    const { UserBatchId } = await start({ UserIds: ids });
    const executor: Naming = async (...range) => breaks(await nameThem(...range)) as RecordOutcome<'NamesGiven'>[];
    await centre.work({ executors: { UPDATE: executor } });
    expect(await batches.results(UserBatchId)).toMatchObject([
      { Status: 'FAILED', ErrorCode: 'InternalServiceException', Retryable: true },
    ]);
    expect(await lastNames(ids)).toEqual(['Müller']);
    expect(await centre.audited(UserBatchId)).toEqual([]);
    expect(await fed(ids)).toEqual([]);
  });
});

test('a range reads the profiles of its requester once', async () => {
  const statements: string[] = [];
  const db = centre.db.withPlugin({
    transformQuery: ({ node }) => {
      if (node.kind === 'RawNode') statements.push(node.sqlFragments.join('?'));
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await batches.start({ UserIds: await centre.addUsers(3, { prefix: 'counted' }), QuickConnects: 'DELETE' });
  await centre.range({ db });
  const reading = statements.filter((text) => /permissions as permission|"holderGroupId"/.test(text));
  expect(reading).toHaveLength(1);
});
