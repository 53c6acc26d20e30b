import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { refusalOf } from '../../../test/support/callers.ts';
import { type Centre, centreForFile, makeInstance } from '../../../test/support/centre.ts';
import type { Database } from '../../database/tables.ts';
import { inTransaction } from '../../database/transaction.ts';
import { arnOf, instanceArn } from '../../operations/arn.ts';
import { insertHierarchyGroups } from '../hierarchy/store.ts';

const centre = centreForFile();
let userArn: string;
beforeAll(async () => {
  const [userId = ''] = await centre.addUsers(1, { prefix: 'tagged' });
  userArn = arnOf(centre.instance, 'agent', userId);
  await centre.addQuickConnects([userId]);
  const group = { id: randomUUID(), instanceId: centre.instance.id, name: 'Group', level: 1, parentGroupId: null };
  await inTransaction(centre.db, (tx) =>
    insertHierarchyGroups(tx, [{ ...group, now: new Date(), region: 'us-east-1' }]),
  );
});

const tag = (resourceArn: string, tags: Record<string, string>, caller = centre.key as Parameters<Centre['call']>[2]) =>
  centre.call('TagResource', { resourceArn, tags }, caller);
const untag = (resourceArn: string, tagKeys: string[]) => centre.call('UntagResource', { resourceArn, tagKeys });
const tagsOf = async (resourceArn: string) => (await centre.call('ListTagsForResource', { resourceArn })).tags;

const tables = {
  agent: 'users',
  'agent-group': 'hierarchy_group',
  'agent-state': 'agent_status',
  'security-profile': 'security_profile',
  'routing-profile': 'routing_profile',
  queue: 'queue',
  'transfer-destination': 'quick_connect',
  'contact-flow': 'contact_flow',
  'operating-hours': 'hours_of_operation',
} as const satisfies Record<string, keyof Database>;

test('every kind of resource takes tags, shows them, gives them back, and is noted', async () => {
  for (const [type, table] of Object.entries(tables)) {
    const { id } = await centre.db
      .selectFrom(table)
      .select('id')
      .where('instance_id', '=', centre.instance.id)
      .executeTakeFirstOrThrow();
    const arn = arnOf(centre.instance, type as keyof typeof tables, id);
    await tag(arn, { team: 'a', 'cost centre': 'ä/+ 1' });
    await tag(arn, { team: 'b' });
    expect(await tagsOf(arn), type).toEqual({ team: 'b', 'cost centre': 'ä/+ 1' });
    await untag(arn, ['cost centre', 'never there']);
    expect(await tagsOf(arn), type).toEqual({ team: 'b' });
    const entries = await centre.db
      .selectFrom('audit_entry')
      .select(['operation', 'change', 'resource_type', 'actor_type'])
      .where('resource_id', '=', id)
      .where('operation', 'in', ['TagResource', 'UntagResource'])
      .orderBy('time')
      .execute();
    expect(entries, type).toEqual([
      { operation: 'TagResource', change: 'UPDATED', resource_type: type, actor_type: 'ACCESS_KEY' },
      { operation: 'TagResource', change: 'UPDATED', resource_type: type, actor_type: 'ACCESS_KEY' },
      { operation: 'UntagResource', change: 'UPDATED', resource_type: type, actor_type: 'USER' },
    ]);
  }
});

test('the instance itself takes tags from access keys only', async () => {
  const arn = instanceArn(centre.instance);
  await tag(arn, { stage: 'test' });
  expect(await tagsOf(arn)).toEqual({ stage: 'test' });
  expect(await refusalOf(tag(arn, { stage: 'other' }, centre.admin))).toBe('AccessDeniedException');
});

test('a tag says when the resource was last changed, a tag that was there already does not', async () => {
  const modified = async () =>
    (
      await centre.db
        .selectFrom('users')
        .select('last_modified_time')
        .where('id', '=', userArn.slice(-36))
        .executeTakeFirstOrThrow()
    ).last_modified_time.getTime();
  const before = await modified();
  await tag(userArn, { fresh: 'yes' });
  const after = await modified();
  expect(after).toBeGreaterThan(before);
  await tag(userArn, { fresh: 'yes' });
  expect(await modified()).toBe(after);
});

test('fifty tags and no more, counted after merging', async () => {
  const [userId = ''] = await centre.addUsers(1, { prefix: 'many-tags' });
  const arn = arnOf(centre.instance, 'agent', userId);
  const numbered = (from: number, to: number) =>
    Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`key ${from + index}`, 'x']));
  await tag(arn, numbered(0, 50));
  await tag(arn, { 'key 7': 'changed' });
  expect(await refusalOf(tag(arn, { 'one more': 'x' }))).toBe('InvalidRequestException');
  expect(Object.keys(await tagsOf(arn))).toHaveLength(50);
});

test('two who tag at once do not lose each other’s tags', async () => {
  const [userId = ''] = await centre.addUsers(1, { prefix: 'tag-race' });
  const arn = arnOf(centre.instance, 'agent', userId);
  await Promise.all(Array.from({ length: 10 }, (_, index) => tag(arn, { [`key ${index}`]: 'x' })));
  expect(Object.keys(await tagsOf(arn))).toHaveLength(10);
});

test('what cannot be tagged is refused', async () => {
  const other = await makeInstance(centre.db, 'other-tags');
  expect(await refusalOf(tag(arnOf(centre.instance, 'agent', randomUUID()), { a: 'b' }))).toBe(
    'ResourceNotFoundException',
  );
  expect(await refusalOf(tag(arnOf(other, 'agent', userArn.slice(-36)), { a: 'b' }))).toBe('ResourceNotFoundException');
  expect(
    await refusalOf(tag(arnOf({ ...centre.instance, region: 'eu-west-1' }, 'queue', randomUUID()), { a: 'b' })),
  ).toBe('ResourceNotFoundException');
  for (const arn of ['nonsense', `${instanceArn(centre.instance)}/prompt/${randomUUID()}`]) {
    expect(await refusalOf(tag(arn, { a: 'b' }))).toBe('InvalidParameterException');
  }
  expect(await refusalOf(tag(arnOf(other, 'agent', randomUUID()), { a: 'b' }, centre.admin))).toBe(
    'AccessDeniedException',
  );
});

test('the permission follows the type of the resource', async () => {
  const viewer = await centre.signedIn(['Users.View']);
  const queues = await centre.signedIn(['Queues.Edit']);
  const list = (caller: typeof viewer) =>
    refusalOf(centre.call('ListTagsForResource', { resourceArn: userArn }, caller));
  expect(await list(viewer)).toBe('was not refused');
  expect(await refusalOf(tag(userArn, { by: 'viewer' }, viewer))).toBe('AccessDeniedException');
  expect(await list(queues)).toBe('AccessDeniedException');
  const { id } = await centre.db.selectFrom('queue').select('id').executeTakeFirstOrThrow();
  const queueTag = tag(arnOf(centre.instance, 'queue', id), { by: 'editor' }, queues);
  expect(await refusalOf(queueTag)).toBe('was not refused');
});
