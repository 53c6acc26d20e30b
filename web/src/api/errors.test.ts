import { expect, test } from 'vitest';
import { ApiError, unreachable } from './client.ts';
import { explain, fieldOf } from './errors.ts';

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
