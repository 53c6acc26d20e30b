import { encodeToken } from '../../src/operations/paging.ts';
import type { WrongValue } from './wrong-values.ts';

/** What may not stand in the place of a NextToken; callers cannot make one, so these are of those who try. */
export function wrongTokensFor(token: string): WrongValue[] {
  const wrong: WrongValue[] = [
    ['a token that is none', 'not-a-token'],
    ['half a token', token.slice(0, token.length / 2)],
    ['a token of another list', encodeToken('no such list', ['a', 'b'])],
    ['100,000 characters', 'a'.repeat(100_000)],
  ];
  const parts = partsOf(token);
  if (!parts) return wrong;
  const [kind, ...key] = parts;
  const forged = (what: string, changed: readonly unknown[]): WrongValue => [
    `a forged token: ${what}`,
    Buffer.from(JSON.stringify([kind, ...changed])).toString('base64url'),
  ];
  wrong.push(forged('an empty key', []), forged('too long a key', [...key, 'a']));
  for (const [index, part] of key.entries()) {
    const put = (value: unknown) => key.map((old, at) => (at === index ? value : old));
    const values =
      typeof part === 'number' ? ['x', 1.5, null, true, -1, Number.MAX_SAFE_INTEGER] : [7, null, {}, [], 'a NUL \0'];
    for (const value of values) wrong.push(forged(`${JSON.stringify(value)} as part ${index + 1}`, put(value)));
    if (/^\d{4}-\d\d-\d\dT/.test(String(part))) {
      for (const time of [
        '2026-02-30T00:00:00.000Z',
        '0000-01-01T00:00:00.000Z',
        '+010000-01-01T00:00:00.000Z',
        'now',
      ]) {
        wrong.push(forged(`${time} as part ${index + 1}`, put(time)));
      }
    }
    if (/^[0-9a-f-]{36}$/.test(String(part))) wrong.push(forged(`no id as part ${index + 1}`, put('no id')));
  }
  return wrong;
}

/** The parts of a token as this server makes them. */
function partsOf(token: string): unknown[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : null;
  } catch {
    return null;
  }
}
