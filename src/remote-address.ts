import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Addresses of the proxies whose X-Forwarded-For is believed. */
export type TrustedProxies = Pick<BlockList, 'check' | 'rules'>;

/** @throws Error for an entry that is neither an address nor a network such as 10.0.0.0/8 */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits, ...rest] = entry.split('/');
    const family = familyOf(address);
    if (!family || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) throw new Error(entry);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/**
 * Where a request comes from: the other end of the connection. Only when that is a trusted proxy does X-Forwarded-For
 * count, read from its end, where the proxies write, for as long as what stands there is a trusted proxy itself. What
 * is no address is not believed and goes nowhere.
 */
export function remoteAddress(request: Pick<IncomingMessage, 'socket' | 'headers'>, trusted: TrustedProxies): string {
  let address = plain(request.socket.remoteAddress ?? '') ?? 'unknown';
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
  while (forwarded.length > 0 && isTrusted(address, trusted)) {
    const before = plain(forwarded.pop() ?? '');
    if (before === null) break;
    address = before;
  }
  return address;
}

/**
 * What one client can be told by: an IPv4 address, or the 64 bits of an IPv6 address that its network is known by, for
 * the other 64 are the client's own to choose.
 */
export function clientNetwork(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = [...left, ...new Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

function isTrusted(address: string, trusted: TrustedProxies): boolean {
  const family = familyOf(address);
  return family !== null && trusted.check(address, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  if (version === 0) return null;
  return version === 4 ? 'ipv4' : 'ipv6';
}

/** Without port, brackets, zone and the wrapping of IPv4 in IPv6, in one spelling; null for what is no address. */
function plain(text: string): string | null {
  const trimmed = text.trim();
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(trimmed)?.[1] ?? trimmed.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  const address = (bare.split('%', 1)[0] ?? '').toLowerCase();
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6) return null;
  const shortest = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(shortest) ?? [];
  if (high === undefined || low === undefined) return shortest;
  const bits = Number.parseInt(high, 16) * 0x1_0000 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.');
}
