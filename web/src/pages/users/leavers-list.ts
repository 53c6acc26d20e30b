import type { BatchSelection } from '../../api/types.ts';
import { countOf, formatNumber } from '../../components/words.ts';

/** By what a list names its people, and the words for it. */
export const leaverKinds = [
  { value: 'Usernames', label: 'Logins' },
  { value: 'Emails', label: 'E-mail addresses' },
  { value: 'UserIds', label: 'User IDs' },
] as const;
export type LeaverKind = (typeof leaverKinds)[number]['value'];

/** As the server has it. */
const mostEntries = 100_000;
/** More is no list of names. */
export const largestFile = 8_000_000;

/** The text of a file, as Excel writes it too (UTF-16 with its mark); null for what is no text. */
export function textOf(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  return text.includes('\0') ? null : text;
}

/** The entries of a text, one in each line. What is around them is for the server to read; lines with nothing are none. */
export function entriesIn(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
}

/** Why there is nothing to go on with; null when there is. */
export function listRefusal(entries: readonly string[]): string | null {
  if (entries.length === 0) return 'Name at least one user, one in each line.';
  if (entries.length <= mostEntries) return null;
  return `These are ${countOf(entries.length, 'entry', 'entries')}; a batch takes ${formatNumber(mostEntries)} at most. Make several lists of it.`;
}

export const toListSelection = (kind: LeaverKind, entries: readonly string[]): BatchSelection => ({ [kind]: entries });
