import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Centre, centreForFile, monday, openCentre } from '../../../../test/support/centre.ts';
import type { Caller } from '../../../operations/caller.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });

const describeUser = async (UserId: string) => (await centre.call('DescribeUser', { UserId })).User;
const adminPermissions = ['Users.Create', 'Users.Edit', 'Users.Delete', 'Users.View'] as const;

const addGroup = async (name: string) => {
  const id = randomUUID();
  const modified = { last_modified_time: centre.clock, last_modified_region: 'us-east-1' };
  const group = { id, instance_id: centre.instance.id, level: 1, name, ...modified };
  await centre.db.insertInto('hierarchy_group').values(group).execute();
  return id;
};

describe('the updates of a user', () => {
  test('replace one part each, note the time, and say in the audit what was and what is', async () => {
    const id = await centre.addUser({ email: 'old@example.com', firstName: 'Ann', lastName: 'Lee' });
    const group = await addGroup('South');
    const profile = await centre.addSecurityProfile(['BasicAgentAccess']);
    const routing = randomUUID();
    const { id: _id, ...basic } = await centre.db
      .selectFrom('routing_profile')
      .selectAll()
      .where('id', '=', centre.routingProfileId)
      .executeTakeFirstOrThrow();
    const media = JSON.stringify(basic.media_concurrencies);
    const other = { ...basic, id: routing, name: 'Other', media_concurrencies: media, tags: '{}', is_default: false };
    await centre.db.insertInto('routing_profile').values(other).execute();

    const steps: [operation: string, input: object, changes: Record<string, { Old: unknown; New: unknown }>][] = [
      [
        'UpdateUserIdentityInfo',
        { IdentityInfo: { FirstName: 'Anna', LastName: 'Lee' } },
        { FirstName: { Old: 'Ann', New: 'Anna' }, Email: { Old: 'old@example.com', New: null } },
      ],
      [
        'UpdateUserPhoneConfig',
        { PhoneConfig: { PhoneType: 'DESK_PHONE', DeskPhoneNumber: '+12065550100', AfterContactWorkTimeLimit: 30 } },
        {
          PhoneType: { Old: 'SOFT_PHONE', New: 'DESK_PHONE' },
          DeskPhoneNumber: { Old: null, New: '+12065550100' },
          AfterContactWorkTimeLimit: { Old: 0, New: 30 },
        },
      ],
      [
        'UpdateUserRoutingProfile',
        { RoutingProfileId: routing },
        { RoutingProfileId: { Old: centre.routingProfileId, New: routing } },
      ],
      [
        'UpdateUserSecurityProfiles',
        { SecurityProfileIds: [profile] },
        { SecurityProfileIds: { Old: [centre.securityProfiles.Agent], New: [profile] } },
      ],
      ['UpdateUserHierarchy', { HierarchyGroupId: group }, { HierarchyGroupId: { Old: null, New: group } }],
      ['UpdateUserHierarchy', {}, { HierarchyGroupId: { Old: group, New: null } }],
    ];
    for (const [operation, input, changes] of steps) {
      centre.clock = new Date(centre.clock.getTime() + 60_000);
      await centre.send(operation, { UserId: id, ...input });
      expect(await describeUser(id)).toMatchObject({ LastModifiedTime: centre.clock.getTime() / 1000 });
      expect((await centre.history(id)).at(-1)).toMatchObject({
        operation,
        change: 'UPDATED',
        details: { Changes: changes },
      });
      expect((await centre.history(id)).at(-1)?.details).toEqual({ Changes: changes });
    }
    expect(await describeUser(id)).toMatchObject({
      IdentityInfo: { FirstName: 'Anna', LastName: 'Lee' },
      PhoneConfig: { PhoneType: 'DESK_PHONE', DeskPhoneNumber: '+12065550100', AfterContactWorkTimeLimit: 30 },
      RoutingProfileId: routing,
      SecurityProfileIds: [profile],
    });
  });

  test('that change nothing write nothing', async () => {
    const id = await centre.addUser({ firstName: 'Ann', lastName: 'Lee' });
    const before = await describeUser(id);
    centre.clock = new Date(centre.clock.getTime() + 60_000);
    await centre.call('UpdateUserIdentityInfo', { UserId: id, IdentityInfo: { FirstName: 'Ann', LastName: 'Lee' } });
    await centre.call('UpdateUserHierarchy', { UserId: id });
    expect(await describeUser(id)).toEqual(before);
    expect(await centre.history(id)).toEqual([]);
  });

  test('of the phone hold for all channels and leave voice enhancement alone', async () => {
    const id = await centre.addUser({
      channelConfigs: {
        AutoAcceptConfigs: [{ Channel: 'CHAT', AutoAccept: true }],
        VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'NOISE_SUPPRESSION' }],
      },
    });
    await centre.call('UpdateUserPhoneConfig', { UserId: id, PhoneConfig: { PhoneType: 'SOFT_PHONE' } });
    expect(await describeUser(id)).toMatchObject({
      AutoAcceptConfigs: ['VOICE', 'CHAT', 'TASK', 'EMAIL'].map((Channel) => ({ Channel, AutoAccept: false })),
      VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'NOISE_SUPPRESSION' }],
    });
  });

  test('of the phone without a type keep the phone itself', async () => {
    const id = await centre.addUser({ phoneType: 'DESK_PHONE', deskPhoneNumber: '+12065550100' });
    await centre.call('UpdateUserPhoneConfig', { UserId: id, PhoneConfig: { AutoAccept: true } });
    expect(await describeUser(id)).toMatchObject({
      PhoneConfig: { PhoneType: 'DESK_PHONE', DeskPhoneNumber: '+12065550100', AutoAccept: true },
    });
  });

  test('of the phone take an empty number, as DescribeUser answers it for a soft phone', async () => {
    const id = await centre.addUser({ phoneType: 'DESK_PHONE', deskPhoneNumber: '+12065550100' });
    const update = (PhoneConfig: object) => centre.call('UpdateUserPhoneConfig', { UserId: id, PhoneConfig });
    await expect(update({ DeskPhoneNumber: '' })).rejects.toThrow(/desk phone needs its number/);
    await update({ PhoneType: 'SOFT_PHONE', DeskPhoneNumber: '' });
    expect(await describeUser(id)).toMatchObject({ PhoneConfig: { PhoneType: 'SOFT_PHONE', DeskPhoneNumber: '' } });
    expect((await centre.history(id)).at(-1)).toMatchObject({
      details: { Changes: { DeskPhoneNumber: { Old: '+12065550100', New: null } } },
    });
  });

  test.each([
    ['UpdateUserIdentityInfo', { IdentityInfo: { FirstName: 'A', LastName: 'B' } }],
    ['UpdateUserPhoneConfig', { PhoneConfig: { PhoneType: 'SOFT_PHONE' } }],
    ['UpdateUserRoutingProfile', () => ({ RoutingProfileId: centre.routingProfileId })],
    ['UpdateUserSecurityProfiles', () => ({ SecurityProfileIds: [centre.securityProfiles.Agent] })],
    ['UpdateUserHierarchy', {}],
    ['DescribeUser', {}],
  ])('%s says so when there is no such user', async (operation, given) => {
    const input = typeof given === 'function' ? given() : given;
    const unknown = randomUUID();
    await expect(centre.send(operation, { UserId: unknown, ...input })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: expect.stringContaining(unknown),
    });
    await expect(centre.send(operation, { UserId: 'somebody', ...input })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: '"somebody" is neither the id nor the ARN of a user.',
    });
  });

  test('need Users.Edit, and security profiles alone may also be given with Users.EditPermission', async () => {
    const id = await centre.addUser();
    const viewer = await centre.signedIn(['Users.View', 'Users.Create']);
    const assigner = await centre.signedIn(['Users.EditPermission']);
    const editor = await centre.signedIn(['Users.Edit']);
    const profiles = { UserId: id, SecurityProfileIds: [centre.securityProfiles.QualityAnalyst] };
    const names = { UserId: id, IdentityInfo: { FirstName: 'A', LastName: 'B' } };
    const denied = { code: 'AccessDeniedException' };
    await expect(centre.call('UpdateUserSecurityProfiles', profiles, viewer)).rejects.toMatchObject(denied);
    await expect(centre.call('UpdateUserIdentityInfo', names, viewer)).rejects.toMatchObject(denied);
    await expect(centre.call('UpdateUserIdentityInfo', names, assigner)).rejects.toMatchObject(denied);
    await centre.call('UpdateUserSecurityProfiles', profiles, assigner);
    centre.clock = new Date(centre.clock.getTime() + 60_000);
    await centre.call('UpdateUserIdentityInfo', names, editor);
    expect((await centre.history(id)).map((entry) => entry.permission)).toEqual(['Users.EditPermission', 'Users.Edit']);
  });

  test('of a linked directory leave its names alone', async () => {
    const directory = await openCentre({
      as: 'ACCESS_KEY',
      clock: monday,
      identityManagementType: 'EXISTING_DIRECTORY',
    });
    try {
      const UserId = await directory.addUser({ firstName: 'Ann', lastName: 'Lee' });
      const update = (IdentityInfo: object) => directory.call('UpdateUserIdentityInfo', { UserId, IdentityInfo });
      await update({ FirstName: 'Ann', LastName: 'Lee', SecondaryEmail: 'ann@example.com' });
      await expect(update({ FirstName: 'Anna', LastName: 'Lee' })).rejects.toMatchObject({
        code: 'InvalidRequestException',
      });
    } finally {
      await directory.close();
    }
  });
});

describe('the last user who can administer users', () => {
  /** An instance of its own: nobody else is an administrator there. */
  const withAdministrators = async (count: number, use: (on: Centre, admins: Caller[]) => Promise<void>) => {
    const on = await openCentre({ as: 'ACCESS_KEY', clock: monday, max: 10 });
    try {
      const admins: Caller[] = [];
      for (let made = 0; made < count; made += 1) admins.push(await on.signedIn(adminPermissions));
      await use(on, admins);
    } finally {
      await on.close();
    }
  };
  const idOf = (caller: Caller | undefined) => (caller?.kind === 'USER' ? caller.userId : '');
  const demote = (on: Centre, UserId: string, caller?: Caller) =>
    on.call('UpdateUserSecurityProfiles', { UserId, SecurityProfileIds: [on.securityProfiles.Agent] }, caller);

  test('keeps that, whoever is signed in', async () => {
    await withAdministrators(1, async (on, [admin]) => {
      const editor = await on.signedIn(['Users.Edit']);
      for (const caller of [admin, editor]) {
        await expect(demote(on, idOf(admin), caller)).rejects.toMatchObject({
          code: 'InvalidRequestException',
          message: expect.stringMatching(/last user who can administer users/),
        });
      }
      expect(await on.history(idOf(admin))).toEqual([]);
    });
  });

  test('may get other profiles that allow the same, and somebody else may be changed', async () => {
    await withAdministrators(1, async (on, [admin]) => {
      const agent = await on.addUser();
      await demote(on, agent, admin);
      const same = await on.addSecurityProfile(['Users.Create', 'Users.Edit']);
      const rest = await on.addSecurityProfile(['Users.Delete']);
      const profiles = { UserId: idOf(admin), SecurityProfileIds: [same, rest] };
      await on.call('UpdateUserSecurityProfiles', profiles, admin);
    });
  });

  test('is not somebody who cannot sign in', async () => {
    await withAdministrators(1, async (on, [admin]) => {
      await on.addUser({ passwordHash: null, securityProfileIds: [on.securityProfiles.Admin ?? ''] });
      await expect(demote(on, idOf(admin), admin)).rejects.toMatchObject({ code: 'InvalidRequestException' });
    });
  });

  test('is not protected from an access key', async () => {
    await withAdministrators(1, async (on, [admin]) => {
      await demote(on, idOf(admin));
    });
  });

  test('remains when two take it from each other at the same time', async () => {
    await withAdministrators(2, async (on, [one, two]) => {
      const results = await Promise.allSettled([demote(on, idOf(two), one), demote(on, idOf(one), two)]);
      expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });
  });
});
