import { isIP } from 'node:net';

/** What the Host header may say; null: anything, for a server that cannot know by which names it is reached. */
export type HostNames = ReadonlySet<string> | null;

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}

/** Other addresses than loopback are reached by names of the network's making, unless a public one is set. */
export function hostNames(config: {
  readonly host: string;
  readonly publicUrl: string | null;
  readonly allowedHosts: readonly string[];
}): HostNames {
  const { host, publicUrl, allowedHosts } = config;
  if (!isLoopback(host) && publicUrl === null && allowedHosts.length === 0) return null;
  return new Set([host.toLowerCase(), ...(publicUrl === null ? [] : [new URL(publicUrl).hostname]), ...allowedHosts]);
}

/**
 * Whether a browser that sends this Host was on a page of this server. A stranger can have a name of theirs lead to
 * 127.0.0.1 while somebody looks at their page, which may then read what this server answers (DNS rebinding); what they
 * cannot have is an address as a name, or `localhost`. Not every client sends a Host, but every browser does.
 */
export function isOwnHost(names: HostNames, header: string | undefined): boolean {
  if (names === null || header === undefined) return true;
  const name = /^(\[[\da-f:.]+\]|[^:[\]]*)(?::\d*)?$/i.exec(header.trim())?.[1]?.toLowerCase().replace(/\.$/, '');
  if (name === undefined) return false;
  const address = name.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) !== 0 || name === 'localhost' || name.endsWith('.localhost') || names.has(name);
}
