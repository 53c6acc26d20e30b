import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { centreForFile, monday, openCentre } from '../../../../test/support/centre.ts';
import { inTransaction } from '../../../database/transaction.ts';
import { findSession, insertSession } from '../../sessions/store.ts';
import { verifyPassword } from '../passwords.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });

const Password = 'New-Password-1';
const hashOf = async (id: string) =>
  (await centre.db.selectFrom('users').select('password_hash').where('id', '=', id).executeTakeFirst())?.password_hash;

test('A reset password is the new one, and the user is signed out everywhere', async () => {
  const id = await centre.addUser();
  const other = await centre.addUser();
  const sessionOf = (user: string) =>
    inTransaction(centre.db, (tx) => insertSession(tx, { id: user, instanceId: centre.instance.id }, centre.clock));
  const [ended, kept] = [await sessionOf(id), await sessionOf(other)];
  const editor = await centre.signedIn(['Users.Edit']);
  expect(await centre.call('ResetUserPassword', { UserId: id, Password }, editor)).toEqual({});
  expect(await verifyPassword((await hashOf(id)) ?? '', Password)).toBe(true);
  expect(await findSession(centre.db, ended.token, centre.clock)).toBeNull();
  expect(await findSession(centre.db, kept.token, centre.clock)).not.toBeNull();
  const audit = await centre.history(id);
  expect(audit).toMatchObject([{ operation: 'ResetUserPassword', permission: 'Users.Edit' }]);
  expect(JSON.stringify(audit)).not.toContain(Password);
});

test('A reset needs Users.Edit, a good password and a user', async () => {
  const id = await centre.addUser();
  const creator = await centre.signedIn(['Users.Create', 'Users.View']);
  await expect(centre.call('ResetUserPassword', { UserId: id, Password }, creator)).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
  await expect(centre.call('ResetUserPassword', { UserId: id, Password: 'weak' })).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: expect.not.stringContaining('weak'),
  });
  await expect(centre.call('ResetUserPassword', { UserId: randomUUID(), Password })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
  expect(await hashOf(id)).toBe('no password has this hash');
});

test('Where an identity provider signs people in, there is no password to reset', async () => {
  const saml = await openCentre({ as: 'ACCESS_KEY', clock: monday, identityManagementType: 'SAML' });
  try {
    const UserId = await saml.addUser({ passwordHash: null });
    await expect(saml.call('ResetUserPassword', { UserId, Password })).rejects.toMatchObject({
      code: 'InvalidRequestException',
    });
  } finally {
    await saml.close();
  }
});
