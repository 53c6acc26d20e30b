import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.ts';

test('A password is verified against its own hash only', async () => {
  const hash = await hashPassword('Grüße-aus-7-Bergen');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(hash, 'Grüße-aus-7-Bergen')).toBe(true);
  expect(await verifyPassword(hash, 'Grüße-aus-7-bergen')).toBe(false);
});

test('The same password hashed twice gives two hashes', async () => {
  expect(await hashPassword('Secret-123')).not.toBe(await hashPassword('Secret-123'));
});

test('What is no hash verifies nothing', async () => {
  expect(await verifyPassword('not a hash', 'Secret-123')).toBe(false);
});
