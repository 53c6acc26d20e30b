import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../../test/support/callers.ts';
import { centreForFile, monday } from '../../../../test/support/centre.ts';
import { arnOf } from '../../../operations/arn.ts';
import type { Caller } from '../../../operations/caller.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });
let UserId: string;

const entity = (id: string) => ({ EntityType: 'USER' as const, EntityArn: arnOf(centre.instance, 'agent', id) });
const items = (ids: readonly string[]) => ids.map((Id) => ({ Id }));
const call = (verb: 'Associate' | 'Disassociate', ids: readonly string[], caller?: Caller) =>
  centre.call(`${verb}SecurityProfiles`, { ...entity(UserId), SecurityProfiles: items(ids) }, caller);
const list = (input: object = {}, caller?: Caller) =>
  centre.call('ListEntitySecurityProfiles', { ...entity(UserId), ...input }, caller);
const has = async () => {
  const { User } = await centre.call('DescribeUser', { UserId });
  return User?.SecurityProfileIds ?? [];
};
const profiles = (count: number) =>
  Promise.all(Array.from({ length: count }, () => centre.addSecurityProfile(['BasicAgentAccess'])));

describe('the security profiles of a user', () => {
  test('are added to what is there, taken away, and noted', async () => {
    UserId = await centre.addUser();
    const agent = centre.securityProfiles.Agent ?? '';
    const [one = '', two = ''] = await profiles(2);
    expect(await call('Associate', [two, arnOf(centre.instance, 'security-profile', one), agent])).toEqual({});
    expect(await has()).toEqual([agent, two, one]);
    expect(await call('Disassociate', [agent])).toEqual({});
    expect(await has()).toEqual([two, one]);
    await call('Associate', [one]);
    await call('Disassociate', [agent]);
    expect(await centre.history(UserId)).toMatchObject([
      {
        operation: 'AssociateSecurityProfiles',
        details: { Changes: { SecurityProfileIds: { Old: [agent], New: [agent, two, one] } } },
      },
      { operation: 'DisassociateSecurityProfiles' },
    ]);
  });

  test('are listed once each over pages of any size', async () => {
    const ids = await profiles(9);
    UserId = await centre.addUser({ securityProfileIds: ids });
    for (const MaxResults of [1, 4, 9, 100]) {
      const pages = await allPages((NextToken) => list({ MaxResults, NextToken }));
      expect(pages.flatMap((page) => page.SecurityProfiles ?? [])).toEqual(items(ids.toSorted()));
    }
    for (const wrong of [{ MaxResults: 0 }, { MaxResults: 101 }, { NextToken: 'x' }]) {
      expect(await refusalOf(list(wrong))).toBe('InvalidParameterException');
    }
  });

  test('are one at least and ten at most', async () => {
    const ids = await profiles(11);
    UserId = await centre.addUser({ securityProfileIds: ids.slice(0, 9) });
    expect(await refusalOf(call('Associate', ids.slice(9)))).toBe('InvalidRequestException');
    await call('Associate', ids.slice(8, 10));
    expect(await refusalOf(call('Disassociate', ids.slice(0, 10)))).toBe('InvalidRequestException');
    await call('Disassociate', ids.slice(1, 10));
    expect(await has()).toEqual(ids.slice(0, 1));
    for (const wrong of [[], ids]) {
      expect(await refusalOf(call('Associate', wrong))).toBe('InvalidParameterException');
    }
  });

  test('exist, and belong to a user', async () => {
    UserId = await centre.addUser();
    for (const verb of ['Associate', 'Disassociate'] as const) {
      expect(await refusalOf(call(verb, [randomUUID()]))).toBe('ResourceNotFoundException');
      const operation = `${verb}SecurityProfiles`;
      const SecurityProfiles = items([centre.securityProfiles.Agent ?? '']);
      const others: [object, string][] = [
        [{ ...entity(UserId), EntityType: 'AI_AGENT', SecurityProfiles }, 'InvalidParameterException'],
        [{ ...entity(UserId), EntityType: 'QUEUE', SecurityProfiles }, 'InvalidParameterException'],
        [{ EntityType: 'USER', EntityArn: 'nonsense', SecurityProfiles }, 'InvalidParameterException'],
        [{ ...entity(UserId), SecurityProfiles: [{}] }, 'InvalidParameterException'],
        [{ ...entity(randomUUID()), SecurityProfiles }, 'ResourceNotFoundException'],
      ];
      for (const [input, code] of others) expect(await refusalOf(centre.send(operation, input))).toBe(code);
    }
    expect(await refusalOf(list({ EntityType: 'AI_AGENT' }))).toBe('InvalidParameterException');
    expect(await refusalOf(list(entity(randomUUID())))).toBe('ResourceNotFoundException');
  });

  test('are changed with Users.Edit or Users.EditPermission, and seen with Users.View too', async () => {
    UserId = await centre.addUser();
    const [id = ''] = await profiles(1);
    const viewer = await centre.signedIn(['Users.View', 'Users.Create', 'SecurityProfiles.Edit']);
    expect(await refusalOf(call('Associate', [id], viewer))).toBe('AccessDeniedException');
    expect(await refusalOf(call('Disassociate', [id], viewer))).toBe('AccessDeniedException');
    await list({}, viewer);
    for (const permission of ['Users.Edit', 'Users.EditPermission'] as const) {
      const editor = await centre.signedIn([permission]);
      await call('Associate', [id], editor);
      await call('Disassociate', [id], editor);
      await list({}, editor);
    }
    const nobody = await centre.signedIn(['SecurityProfiles.View']);
    expect(await refusalOf(list({}, nobody))).toBe('AccessDeniedException');
  });

  test('that make the last administrator stay, whoever is signed in takes them', async () => {
    const admin = await centre.signedIn(['Users.Create', 'Users.Edit', 'Users.Delete']);
    UserId = admin.userId;
    const [own = ''] = await has();
    await call('Associate', [centre.securityProfiles.Agent ?? ''], admin);
    expect(await refusalOf(call('Disassociate', [own], admin))).toBe('InvalidRequestException');
    await call('Disassociate', [own]);
  });
});

test('limits of a signed-in user hold for what these operations name', async () => {
  const [within, outside] = [
    await centre.addUser({ tags: { Team: 'Red' } }),
    await centre.addUser({ tags: { Team: 'Blue' } }),
  ];
  const editor = await centre.signedIn(['Users.Edit', 'Users.View', 'AccessMetrics']);
  const [profile] = await centre.db
    .selectFrom('user_security_profile')
    .select('security_profile_id as id')
    .where('user_id', '=', editor.userId)
    .execute();
  await centre.db
    .updateTable('security_profile')
    .set({ tag_restricted_resources: ['User'], allowed_access_control_tags: JSON.stringify({ Team: 'Red' }) })
    .where('id', '=', profile?.id ?? '')
    .execute();
  const SecurityProfiles = items([centre.securityProfiles.Agent ?? '']);
  const status = await centre.db.selectFrom('agent_status').select('id').executeTakeFirstOrThrow();
  for (const id of [within, outside]) {
    await centre.call('PutUserStatus', { UserId: id, AgentStatusId: status.id });
    for (const [operation, input] of [
      ['AssociateSecurityProfiles', { ...entity(id), SecurityProfiles }],
      ['ListEntitySecurityProfiles', entity(id)],
      ['ListUserProficiencies', { UserId: id }],
      ['AssociateUserProficiencies', { UserId: id, UserProficiencies: [] }],
      ['UpdateUserConfig', { UserId: id }],
      ['PutUserStatus', { UserId: id, AgentStatusId: status.id }],
      ['GetCurrentUserData', { Filters: { Agents: [id] } }],
    ] as const) {
      const expected = id === within ? 'was not refused' : 'AccessDeniedException';
      expect(await refusalOf(centre.send(operation, input, editor)), operation).toBe(expected);
    }
  }
  const Filters = { RoutingProfiles: [centre.routingProfileId] };
  const { UserDataList } = await centre.call('GetCurrentUserData', { Filters }, editor);
  expect(UserDataList?.map(({ User }) => User?.Id)).toEqual([within]);
});
