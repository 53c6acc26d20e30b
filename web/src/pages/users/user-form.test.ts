import { expect, test } from 'vitest';
import { tagChanges, tagErrors } from '../../components/tag-rows.ts';
import { saveChanges, type UserChange, userChanges } from './user-changes.ts';
import { emptyUser, passwordError, toCreateUser, type UserFormValues, userErrors } from './user-form.ts';

const good: UserFormValues = {
  ...emptyUser,
  firstName: 'Ana',
  lastName: 'Lopez',
  login: 'alopez',
  password: 'Sunflower7',
  email: 'ana@example.com',
  routingProfileId: 'r',
  securityProfileIds: ['s'],
};
const errorsOf = (change: Partial<UserFormValues>) =>
  Object.keys(userErrors({ ...good, ...change }, 'CREATE', 'CONNECT_MANAGED'));

test('a complete form has no errors, an empty one says what is missing', () => {
  expect(errorsOf({})).toEqual([]);
  expect(Object.keys(userErrors(emptyUser, 'CREATE', 'CONNECT_MANAGED'))).toEqual([
    'firstName',
    'lastName',
    'login',
    'password',
    'email',
    'routingProfileId',
    'securityProfileIds',
  ]);
});

test('a password has 8 to 64 characters, each kind of letter and a digit, and no space', () => {
  for (const bad of ['', 'Short1', 'sunflower7', 'SUNFLOWER7', 'Sunflower', 'Sun flower7', `Aa1${'x'.repeat(62)}`]) {
    expect(passwordError(bad), bad).toBeDefined();
  }
  expect(passwordError('Sunflower7')).toBeUndefined();
});

test('an @ in a login needs a whole address around it', () => {
  expect(errorsOf({ login: 'ana@example' })).toEqual(['login']);
  expect(errorsOf({ login: 'ana@example.com' })).toEqual([]);
});

test('with SAML a login may be of the form alias@id@id', () => {
  const login = 'alopez@00D5e000001abcd@0055e00000XyzAB';
  expect(errorsOf({ login })).toEqual(['login']);
  expect(userErrors({ ...good, login, password: '', email: '' }, 'CREATE', 'SAML')).toEqual({});
  expect(Object.keys(userErrors({ ...good, login: 'a@b@', email: '' }, 'CREATE', 'SAML'))).toEqual(['login']);
});

test('phone numbers are E.164, and a desk phone needs one', () => {
  expect(errorsOf({ mobile: '0170 123' })).toEqual(['mobile']);
  expect(errorsOf({ mobile: '+491701234567' })).toEqual([]);
  expect(errorsOf({ phoneType: 'DESK_PHONE' })).toEqual(['deskPhoneNumber']);
  expect(errorsOf({ phoneType: 'DESK_PHONE', deskPhoneNumber: '+12065550100' })).toEqual([]);
});

test('the after contact work timeout is whole seconds up to 24 days', () => {
  for (const bad of ['', ' ', '-1', '1.5', '2000001', 'ten'])
    expect(errorsOf({ acwTimeout: bad })).toEqual(['acwTimeout']);
  expect(errorsOf({ acwTimeout: '0' })).toEqual([]);
});

test('users who sign in elsewhere have no password here', () => {
  expect(userErrors({ ...good, password: '', email: '' }, 'CREATE', 'SAML')).toEqual({});
  expect(toCreateUser(good, 'SAML')).not.toHaveProperty('Password');
});

test('names are sent composed and without spaces around them', () => {
  expect(toCreateUser({ ...good, firstName: ' Zoe\u0308 ' }, 'CONNECT_MANAGED').IdentityInfo?.FirstName).toBe(
    'Zo\u00eb',
  );
});

test('tag keys are unique, short, and not reserved', () => {
  const errors = tagErrors([
    { key: 'Team', value: 'A' },
    { key: 'Team', value: 'B' },
    { key: 'aws:x', value: '' },
    { key: '', value: '' },
    { key: 'a*b', value: 'x'.repeat(257) },
  ]);
  expect(errors.map((row) => Boolean(row.key))).toEqual([false, true, true, true, true]);
  expect(errors[4]?.value).toBeDefined();
});

test('only tags that differ are written', () => {
  const before = [
    { key: 'Team', value: 'A' },
    { key: 'Site', value: 'Madrid' },
  ];
  expect(tagChanges(before, [{ key: 'Team', value: 'B' }])).toEqual({ set: { Team: 'B' }, remove: ['Site'] });
  expect(tagChanges(before, before)).toEqual({ set: {}, remove: [] });
});

test('an edit calls the operations of what has changed, and no other', () => {
  const parts = userChanges({ id: 'u', arn: 'arn' }, good, { ...good, lastName: 'Ruiz', acwTimeout: '30' });
  expect(parts.map((change) => change.part)).toEqual(['name and contact details', 'agent settings']);
  expect(userChanges({ id: 'u', arn: 'arn' }, good, good)).toEqual([]);
});

test('what was saved before a refusal counts as saved, what comes after it is not tried', async () => {
  const tried: string[] = [];
  const change = (part: string, fields: UserChange['fields'], refuses = false): UserChange => ({
    part,
    fields,
    save: async () => {
      tried.push(part);
      if (refuses) throw new Error('refused');
    },
  });
  const after = { ...good, lastName: 'Ruiz', routingProfileId: 'r2', acwTimeout: '30' };
  const result = await saveChanges(
    [
      change('names', ['lastName']),
      change('routing profile', ['routingProfileId'], true),
      change('settings', ['acwTimeout']),
    ],
    good,
    after,
  );
  expect(tried).toEqual(['names', 'routing profile']);
  expect(result.saved).toEqual(['names']);
  expect(result.failed?.part).toBe('routing profile');
  expect(result.baseline).toEqual({ ...good, lastName: 'Ruiz' });
});
