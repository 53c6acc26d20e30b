import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../../../test/support/callers.ts';
import { centreForFile, monday } from '../../../../test/support/centre.ts';
import type { Answer } from '../../../../test/support/operations.ts';
import { creationMs } from '../rules.ts';
import { instanceOperations } from './index.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday, max: 8 });

const valid = {
  IdentityManagementType: 'CONNECT_MANAGED',
  InboundCallsEnabled: true,
  OutboundCallsEnabled: false,
} as const;
const create = async (input: object) =>
  (await centre.send('CreateInstance', { ...valid, ...input })) as Answer<'CreateInstance'>;
const described = async (InstanceId: string) => (await centre.call('DescribeInstance', { InstanceId })).Instance;
const pass = (milliseconds: number) => {
  centre.clock = new Date(centre.clock.getTime() + milliseconds);
};

test('a new instance is answered at once, is being created for a moment, and is active then', async () => {
  const { Id, Arn } = await create({ InstanceAlias: 'Brand-New-1', Tags: { stage: 'test' } });
  expect(Arn).toBe(`arn:aws:connect:us-east-1:123456789012:instance/${Id}`);
  expect(await described(Id)).toMatchObject({
    InstanceStatus: 'CREATION_IN_PROGRESS',
    InstanceAlias: 'Brand-New-1',
    IdentityManagementType: 'CONNECT_MANAGED',
    InboundCallsEnabled: true,
    OutboundCallsEnabled: false,
    Tags: { stage: 'test' },
  });
  pass(creationMs - 1);
  expect(await refusalOf(centre.call('ListUsers', { InstanceId: Id }))).toBe('InvalidRequestException');
  const early = { InstanceId: Arn, AttributeType: 'CONTACT_LENS', Value: 'false' } as const;
  expect(await refusalOf(centre.call('UpdateInstanceAttribute', early))).toBe('InvalidRequestException');
  pass(1);
  expect(await described(Arn)).toMatchObject({ InstanceStatus: 'ACTIVE' });
  expect(await centre.call('ListUsers', { InstanceId: Id })).toEqual({ UserSummaryList: [] });
});

test('a new instance has Connect’s beginnings, and its first user is made through the API', async () => {
  const { Id: InstanceId } = await create({ InstanceAlias: 'beginnings' });
  pass(creationMs);
  const routing = await centre.call('ListRoutingProfiles', { InstanceId });
  const security = await centre.call('ListSecurityProfiles', { InstanceId });
  expect(routing.RoutingProfileSummaryList).toMatchObject([{ Name: 'Basic Routing Profile' }]);
  const admin = security.SecurityProfileSummaryList?.find(({ Name }) => Name === 'Admin');
  const { UserId } = await centre.call('CreateUser', {
    InstanceId,
    Username: 'first',
    Password: 'First-Password-1',
    IdentityInfo: { FirstName: 'First', LastName: 'Admin' },
    RoutingProfileId: routing.RoutingProfileSummaryList?.[0]?.Id ?? '',
    SecurityProfileIds: [admin?.Id ?? ''],
  });
  const caller = { kind: 'USER', userId: UserId, username: 'first', instanceId: InstanceId } as const;
  expect(await centre.call('ListUsers', { InstanceId }, caller)).toMatchObject({ UserSummaryList: [{ Id: UserId }] });
});

test('who asked for the instance is audited with it, and Cordboard with its beginnings', async () => {
  const { Id } = await create({ InstanceAlias: 'asked-for' });
  const entries = await centre.db
    .selectFrom('audit_entry')
    .select(['actor_type', 'permission', 'resource_type', 'request_id'])
    .where('instance_id', '=', Id)
    .execute();
  expect(entries.filter((entry) => entry.actor_type === 'ACCESS_KEY')).toMatchObject([
    { permission: 'connect:CreateInstance', resource_type: 'instance' },
  ]);
  expect(entries.filter((entry) => entry.actor_type === 'SYSTEM').length).toBeGreaterThan(15);
  expect(new Set(entries.map((entry) => entry.request_id)).size).toBe(1);
});

describe('the client token', () => {
  test('answers the same instance to the same request, however its members are ordered', async () => {
    const first = await create({ ClientToken: 'again', InstanceAlias: 'again', Tags: { a: '1', b: '2' } });
    const again = { Tags: { b: '2', a: '1' }, InstanceAlias: 'again', ClientToken: 'again' };
    expect(await create(again)).toEqual(first);
    expect(await refusalOf(create({ ...again, InboundCallsEnabled: false }))).toBe('InvalidRequestException');
    expect(await refusalOf(create({ ...again, InstanceAlias: 'another' }))).toBe('InvalidRequestException');
  });

  test('makes one instance of many requests at the same time', async () => {
    const input = { ClientToken: 'at once', InstanceAlias: 'at-once' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => create(input)));
    expect(new Set(answers.map(({ Id }) => Id)).size).toBe(1);
  });

  test('is for one Region, and for nothing when it is empty', async () => {
    const one = await create({ ClientToken: '', InstanceAlias: 'no-token-1' });
    const two = await create({ ClientToken: '', InstanceAlias: 'no-token-2' });
    expect(one.Id).not.toBe(two.Id);
  });
});

test('an alias is taken once, whatever its case and whoever asks at the same time', async () => {
  await create({ InstanceAlias: 'taken' });
  expect(await refusalOf(create({ InstanceAlias: 'TAKEN' }))).toBe('InvalidRequestException');
  const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => create({ InstanceAlias: 'race' })));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test.each([
  ['an alias with d- in front', { InstanceAlias: 'd-centre' }],
  ['a hyphen in front', { InstanceAlias: '-centre' }],
  ['a hyphen behind', { InstanceAlias: 'centre-' }],
  ['an alias with a dot', { InstanceAlias: 'a.b' }],
  ['an alias that is too long', { InstanceAlias: 'a'.repeat(46) }],
  ['an empty alias', { InstanceAlias: '' }],
  ['no alias', {}],
  ['no alias for SAML', { IdentityManagementType: 'SAML' }],
  ['an unknown way to sign in', { InstanceAlias: 'odd', IdentityManagementType: 'LDAP' }],
  ['a directory without use', { InstanceAlias: 'odd', DirectoryId: 'd-0123456789' }],
  ['no directory', { InstanceAlias: 'odd', IdentityManagementType: 'EXISTING_DIRECTORY' }],
  ['what is no directory', { IdentityManagementType: 'EXISTING_DIRECTORY', DirectoryId: 'd-01234567' }],
  ['a reserved tag', { InstanceAlias: 'odd', Tags: { 'aws:x': 'y' } }],
  ['a token that is too long', { InstanceAlias: 'odd', ClientToken: 'x'.repeat(501) }],
])('%s is refused as the model says, and makes nothing', async (_, input) => {
  expect(await refusalOf(create(input))).toBe('InvalidRequestException');
  const made = await centre.db.selectFrom('instance').select('id').where('alias', '=', 'odd').execute();
  expect(made).toEqual([]);
});

test('an instance with a directory needs no alias, one with SAML needs no directory', async () => {
  const directory = { IdentityManagementType: 'EXISTING_DIRECTORY', DirectoryId: 'd-926726f57a' };
  const first = await described((await create(directory)).Id);
  expect(first).toMatchObject({ IdentityManagementType: 'EXISTING_DIRECTORY' });
  expect(first).not.toHaveProperty('InstanceAlias');
  await create(directory);
  const saml = await described((await create({ IdentityManagementType: 'SAML', InstanceAlias: 'saml' })).Id);
  expect(saml).toMatchObject({ IdentityManagementType: 'SAML', InstanceAlias: 'saml' });
});

test('all but describing an instance and its sample history is for access keys only', async () => {
  const admin = await centre.signedIn(['Users.View', 'SecurityProfiles.Edit']);
  for (const { name } of instanceOperations) {
    const input = { ...valid, InstanceAlias: 'by-a-user', AttributeType: 'CONTACT_LENS', Value: 'true' };
    const isDescription = ['DescribeInstance', 'DescribeSampleHistory'].includes(name);
    const wanted = isDescription ? 'was not refused' : 'AccessDeniedException';
    expect(await refusalOf(centre.call(name, input, admin)), name).toBe(wanted);
  }
});
