import type { BatchSelection } from '../../api/types.ts';
import { countOf, formatNumber } from '../../components/words.ts';

/** By what a list names its people, the words for it, and how the column may be called that holds it. */
export const leaverKinds = [
  { value: 'Usernames', label: 'Logins', column: /^(user )?login( name)?$|^user ?name$/ },
  { value: 'Emails', label: 'E-mail addresses', column: /^(primary )?e ?mail( address)?$/ },
  { value: 'UserIds', label: 'User IDs', column: /^(user )?id$|^userid$/ },
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

/** A list as it was read. */
export interface LeaversList {
  readonly kind: LeaverKind;
  /** What is around them is for the server to read. */
  readonly entries: readonly string[];
  /** Where in a table they stood; null for a list that is none. */
  readonly column: string | null;
  /** How many repeat another one; they count once. */
  readonly repeated: number;
}

/**
 * Reads a text, pasted or from a file. One entry in each line; or a table, as spreadsheets make them: then the column whose
 * header says that it is of the kind, or one of another kind, which the list then is of; else the first.
 */
export function readLeavers(text: string, kind: LeaverKind): LeaversList {
  const table = tableIn(text);
  if (!table) return listOf(kind, linesOf(text), null);
  const [header = [], ...rows] = table;
  const kinds = [...leaverKinds].sort((a, b) => Number(b.value === kind) - Number(a.value === kind));
  for (const { value, column } of kinds) {
    const at = header.findIndex((cell) => column.test(plain(cell)));
    if (at >= 0) return listOf(value, cellsOf(rows, at), `the column ${header[at]?.trim()}`);
  }
  return listOf(kind, cellsOf(table, 0), `the first of ${header.length} columns`);
}

function listOf(kind: LeaverKind, entries: readonly string[], column: string | null): LeaversList {
  const different = new Set(entries.map((entry) => entry.trim()));
  return { kind, entries, column, repeated: entries.length - different.size };
}

/** Without what spreadsheets and people put around a column's name. */
const plain = (cell: string): string =>
  cell
    .replace(/^\uFEFF/, '')
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()
    .toLowerCase();

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
const cellsOf = (rows: readonly (readonly string[])[], at: number): string[] =>
  rows.map((row) => row[at] ?? '').filter((cell) => cell.trim() !== '');

const separators = ['\t', ';', ','] as const;

/** The cells of a table of several columns; null for a text that is none: one line alone may be names in a row. */
function tableIn(text: string): string[][] | null {
  const [first = ''] = linesOf(text);
  const separator = separators.find((one) => splitLine(first, one).length > 1);
  if (separator === undefined) return null;
  const rows = rowsOf(text, separator).filter((row) => row.some((cell) => cell.trim() !== ''));
  return rows.length > 1 ? rows : null;
}

const splitLine = (line: string, separator: string): string[] => rowsOf(line, separator)[0] ?? [];

/** RFC 4180, with any separator: a quoted cell may hold separators, line ends and doubled quotes. */
function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    rows.push([...row, cell]);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const one = text.charAt(at);
    if (quoted) {
      if (one !== '"') cell += one;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (one === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (one === separator) {
      row.push(cell);
      cell = '';
    } else if (one === '\n' || one === '\r') {
      if (one === '\r' && text.charAt(at + 1) === '\n') at += 1;
      endRow();
    } else cell += one;
  }
  endRow();
  return rows;
}

/** "12 entries, from the column Login; 2 repeat others and count once." */
export function listText({ entries, column, repeated }: LeaversList): string {
  const from = column === null ? '' : `, from ${column}`;
  const repeats = repeated === 1 ? 'repeats another and counts' : 'repeat others and count';
  const twice = repeated === 0 ? '' : `; ${formatNumber(repeated)} ${repeats} once`;
  return `${countOf(entries.length, 'entry', 'entries')}${from}${twice}.`;
}

/** Why there is nothing to go on with; null when there is. */
export function listRefusal(entries: readonly string[]): string | null {
  if (entries.length === 0) return 'Name at least one user, one in each line.';
  if (entries.length <= mostEntries) return null;
  return `These are ${countOf(entries.length, 'entry', 'entries')}; a batch takes ${formatNumber(mostEntries)} at most. Make several lists of it.`;
}

export const toListSelection = ({ kind, entries }: LeaversList): BatchSelection => ({ [kind]: entries });
