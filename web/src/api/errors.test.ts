import { expect, test } from 'vitest';
import { ApiError, unreachable } from './client.ts';
import { explain, fieldOf, inWords } from './errors.ts';

const fields = { Username: 'login', Email: 'email', SecurityProfileIds: 'securityProfiles' } as const;

test('a refusal keeps the words of the server', () => {
  const said = explain(
    new ApiError(404, 'ResourceNotFoundException', 'There is no user with the id 7 in this instance.'),
  );
  expect(said.message).toBe('There is no user with the id 7 in this instance.');
  expect(said.retry).toBe(false);
});

test('a server that cannot be reached, and one that fails, may be tried again', () => {
  expect(explain(new ApiError(0, unreachable, 'x')).retry).toBe(true);
  expect(explain(new ApiError(500, 'InternalServiceException', 'x')).retry).toBe(true);
});

test('an error of our own says nothing of its inside', () => {
  expect(explain(new TypeError('x is undefined')).message).not.toContain('undefined');
});

test('a message that begins with a member goes to its field, also inside a structure or a list', () => {
  expect(fieldOf(new ApiError(400, 'InvalidParameterException', 'Email must be an address.'), fields)).toBe('email');
  expect(fieldOf(new ApiError(400, 'InvalidParameterException', 'IdentityInfo.Email must be …'), fields)).toBe('email');
  expect(fieldOf(new ApiError(400, 'InvalidParameterException', 'SecurityProfileIds[2] must be …'), fields)).toBe(
    'securityProfiles',
  );
});

test('a duplicate is the name that is taken', () => {
  expect(fieldOf(new ApiError(409, 'DuplicateResourceException', 'There is a user x already.'), fields)).toBe('login');
});

test('anything else belongs to no field', () => {
  expect(fieldOf(new ApiError(429, 'LimitExceededException', 'The instance is full.'), fields)).toBeNull();
});

test('members are said in the words of the form', () => {
  for (const [said, words] of [
    ['Username must not begin or end with a space.', 'Login must not begin or end with a space.'],
    [
      'IdentityInfo.Email must be left out: this instance uses SAML.',
      'Email must be left out: this instance uses SAML.',
    ],
    [
      'Entry 5 of Emails is "x", which is not an e-mail address.',
      'Entry 5 of the list is "x", which is not an e-mail address.',
    ],
    ['SecurityProfileIds[0] must have 1 to 500 characters.', 'Security profiles must have 1 to 500 characters.'],
    ['A desk phone needs its number: give DeskPhoneNumber.', 'A desk phone needs its number: give desk phone number.'],
    ['There is no user with the id 7 in this instance.', 'There is no user with the id 7 in this instance.'],
  ] as const) {
    expect(inWords(said)).toBe(words);
  }
});
