import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { clientNetwork, remoteAddress, trustedProxies } from './remote-address.ts';

const request = (socket: string | undefined, forwarded?: string) =>
  ({ socket: { remoteAddress: socket }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe('the address of a client', () => {
  test('is the other end of the connection, whatever the headers say, unless a proxy is trusted', () => {
    const nobody = trustedProxies([]);
    expect(remoteAddress(request('127.0.0.1', '203.0.113.9'), nobody)).toBe('127.0.0.1');
    expect(remoteAddress(request('::ffff:192.0.2.7', '203.0.113.9'), nobody)).toBe('192.0.2.7');
    expect(remoteAddress(request(undefined), nobody)).toBe('unknown');
    expect(remoteAddress(request('192.0.2.7', '203.0.113.9'), trustedProxies(['10.0.0.0/8']))).toBe('192.0.2.7');
  });

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, 10.1.2.3, fd00::7', '203.0.113.9'],
    ['10.1.2.3', '10.1.2.3'],
    ['203.0.113.9:4711', '203.0.113.9'],
    ['[2001:DB8::0:1]:4711', '2001:db8::1'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['fe80::1%eth0', 'fe80::1'],
    ['203.0.113.9, <script>', '10.0.0.1'],
    ['unknown', '10.0.0.1'],
    ['', '10.0.0.1'],
    [undefined, '10.0.0.1'],
  ])('behind a trusted proxy is the last of X-Forwarded-For that is none: %j', (forwarded, address) => {
    expect(remoteAddress(request('10.0.0.1', forwarded), trustedProxies(['10.0.0.0/8', 'fd00::/8']))).toBe(address);
  });

  test('counts as its network, of which a client with IPv6 may choose the second half', () => {
    expect(clientNetwork('203.0.113.9')).toBe('203.0.113.9');
    expect(clientNetwork('2001:db8:1:2:aaaa:bbbb:cccc:dddd')).toBe('2001:db8:1:2::/64');
    expect(clientNetwork('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(clientNetwork('::1')).toBe('0:0:0:0::/64');
    expect(clientNetwork('unknown')).toBe('unknown');
  });
});

test.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::/129'])('%s names no proxy', (entry) => {
  expect(() => trustedProxies([entry])).toThrow();
});
