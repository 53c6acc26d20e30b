import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { centreForFile, monday } from '../../../test/support/centre.ts';
import type { PermissionId } from '../../access/permissions.ts';
import { administratorsAmong, hasOtherAdministrator } from './administrators.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });
const everybody: { id: string; administers: boolean }[] = [];
beforeAll(async () => {
  const profile = (...permissions: PermissionId[]) => centre.addSecurityProfile(permissions);
  const [create, edit, remove] = [
    await profile('Users.Create'),
    await profile('Users.Edit'),
    await profile('Users.Delete'),
  ];
  const most = await profile('Users.Create', 'Users.Edit', 'Users.View');
  const all = await profile('Users.Create', 'Users.Edit', 'Users.Delete');
  for (const [securityProfileIds, passwordHash, administers] of [
    [[all], 'hash', true],
    [[create, edit, remove], 'hash', true],
    [[most, remove], 'hash', true],
    [[all], null, false],
    [[most], 'hash', false],
    [[create, edit], 'hash', false],
    [[remove], 'hash', false],
    [[centre.securityProfiles.Agent ?? ''], 'hash', false],
  ] as const) {
    everybody.push({ id: await centre.addUser({ securityProfileIds, passwordHash }), administers });
  }
});

test('Whoever holds all three permissions and can sign in administers users; that somebody remains agrees with it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(everybody), async (some) => {
      const ids = some.map((user) => user.id);
      const administrators = some.filter((user) => user.administers).map((user) => user.id);
      expect(await administratorsAmong(centre.db, centre.instance, 'USERS', ids)).toEqual(new Set(administrators));
      const remaining = everybody.filter((user) => user.administers && !some.includes(user));
      expect(await hasOtherAdministrator(centre.db, centre.instance, 'USERS', ids)).toBe(remaining.length > 0);
    }),
    { numRuns: 60 },
  );
});

test('Where people sign in elsewhere, nobody needs a password to administer', async () => {
  const saml = { ...centre.instance, identityManagementType: 'SAML' as const };
  const ids = everybody.map((user) => user.id);
  expect((await administratorsAmong(centre.db, saml, 'USERS', ids)).size).toBe(4);
});

test('Another instance has administrators of its own', async () => {
  const other = { ...centre.instance, id: '00000000-0000-4000-8000-000000000000' };
  const ids = everybody.map((user) => user.id);
  expect(await administratorsAmong(centre.db, other, 'USERS', ids)).toEqual(new Set());
  expect(await hasOtherAdministrator(centre.db, other, 'USERS', [])).toBe(false);
});
