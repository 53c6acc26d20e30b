import { expect, test } from 'vitest';
import { permissionIds } from '../../../src/access/permissions.ts';
import { missing, type PermissionId, permissionText } from './permissions.ts';

const holding =
  (...held: PermissionId[]) =>
  (permission: PermissionId) =>
    held.includes(permission);

test('everything that is needed has to be held, of a choice any one', () => {
  const needs = ['Users.View', ['Users.Edit', 'Users.EditPermission']] as const;
  expect(missing(needs, holding('Users.View', 'Users.EditPermission'))).toBeNull();
  expect(missing(needs, holding('Users.Edit'))).toBe('Users.View');
  expect(missing(needs, holding('Users.View'))).toBe('Users.Edit');
  expect(missing([], holding())).toBeNull();
});

test('a permission has the words of the permission page', () => {
  expect(permissionText('Users.Delete')).toBe('Users – Remove');
  expect(permissionText('TransferDestinations.View')).toBe('Quick connects – View');
  expect(permissionText('Users.EditPermission')).toBe('Users – Edit permission');
  expect(permissionText('AccessMetrics')).toBe('Access metrics – Access');
  expect(permissionText('AccessMetrics.AgentActivityAudit.Access')).toBe(
    'Access metrics – Agent activity audit – Access',
  );
});

test('every permission has a whole name, and one of its own', () => {
  const texts = permissionIds.map(permissionText);
  for (const text of texts) expect(text).toMatch(/^[A-Z]\S*( \S+)*$/);
  for (const text of texts) expect(text).not.toMatch(/–( –|$)/);
  expect(texts.filter((text, place) => texts.indexOf(text) !== place)).toEqual([]);
});

test('a permission that is misspelt does not compile', () => {
  // @ts-expect-error: it is Users.View
  expect(holding('User.View')('Users.View')).toBe(false);
});
