import { isDeepStrictEqual } from 'node:util';

/**
 * For the audit of an update: each member that is given and differs, with both values; null when all is so already.
 * What `wanted` leaves undefined was not asked for.
 */
export function differences<T extends Readonly<Record<string, unknown>>>(
  before: T,
  wanted: { readonly [K in keyof T]?: T[K] | undefined },
): Record<string, { Old: unknown; New: unknown }> | null {
  const changed = Object.entries(wanted).filter(
    ([member, value]) => value !== undefined && !isDeepStrictEqual(before[member], value),
  );
  if (changed.length === 0) return null;
  return Object.fromEntries(changed.map(([member, value]) => [member, { Old: before[member] ?? null, New: value }]));
}
