import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { admitSignIn, hashPassword, hashPlaces, signInPlaces, verifyPassword } from './passwords.ts';

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

test('Passwords are hashed a few at a time, and leave threads to files', async () => {
  let hashed = 0;
  const hashes = Array.from({ length: 24 }, (_, index) =>
    hashPassword(`Secret-${index}`).then(() => {
      hashed += 1;
    }),
  );
  await readFile(new URL(import.meta.url));
  // Behind 24 hashes in the threads' own queue it would have waited for nearly all of them.
  expect(hashed).toBeLessThan(20);
  await Promise.all(hashes);
});

test('When too many are waiting, the next one is refused, and known callers have places that strangers have not', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const strangers = Array.from({ length: signInPlaces }, () => admitSignIn(() => gate));
  expect(await admitSignIn(async () => 'in')).toBeNull();
  const known = Array.from({ length: hashPlaces - signInPlaces }, () => hashPassword('Secret-123'));
  await expect(hashPassword('Secret-123')).rejects.toMatchObject({ code: 'ThrottlingException' });
  release();
  await Promise.all([...strangers, ...known]);
  expect(await hashPassword('Secret-123')).toMatch(/^\$argon2id/);
});
