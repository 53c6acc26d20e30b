import { expect, test } from 'vitest';
import { hostNames, isOwnHost } from './host-names.ts';

const names = hostNames({ host: '127.0.0.1', publicUrl: 'https://contact.example:8443/x', allowedHosts: ['desk'] });

test.each([
  'localhost',
  'LOCALHOST:8080',
  'connect.localhost:8080',
  '127.0.0.1',
  '127.0.0.1:8080',
  '[::1]:8080',
  '192.0.2.7:8080',
  'contact.example',
  'contact.example.:80',
  'desk:8080',
  undefined,
])('%s is a name of this server', (host) => {
  expect(isOwnHost(names, host)).toBe(true);
});

test.each([
  'evil.example',
  'localhost.evil.example',
  'evil-localhost',
  '127.0.0.1.evil.example',
  '127.0.0.1@evil.example',
  'contact.example.evil.example',
  'evil.example:127.0.0.1',
  '[::1].evil.example',
  '[::1',
  '',
  'x'.repeat(10_000),
])('%s is none', (host) => {
  expect(isOwnHost(names, host)).toBe(false);
});
