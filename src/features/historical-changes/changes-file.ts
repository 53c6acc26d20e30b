import { csvLines } from '../../operations/csv.ts';
import type { Entry, EntryKey } from './entry-view.ts';

const header = [
  'Time',
  'Actor',
  'Actor type',
  'Actor ID',
  'Action',
  'Operation',
  'Door',
  'Permission',
  'Resource type',
  'Resource name',
  'Resource ID',
  'Member',
  'Old value',
  'New value',
  'User batch ID',
  'Request ID',
];

/** So that a page of entries with the greatest values is some megabytes. */
const pageSize = 100;

/**
 * Entries as RFC 4180 text, a line for each member that changed, page by page. It begins with a byte order mark, for
 * Excel; see `resultsFile`.
 */
export async function* changesFile(
  pages: (after: EntryKey | null, limit: number) => Promise<readonly Entry[]>,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLines([header])}`;
  for (let after: EntryKey | null = null; ; ) {
    const page = await pages(after, pageSize);
    if (page.length > 0) yield csvLines(page.flatMap(linesOf));
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last;
  }
}

function linesOf(entry: Entry): string[][] {
  const values = entry.values.length > 0 ? entry.values : [{ member: '' }];
  return values.map((value) => [
    entry.time.toISOString(),
    entry.actorName ?? '',
    entry.actorType,
    entry.actorId,
    entry.action,
    entry.operation,
    entry.door,
    entry.permission,
    entry.resourceType,
    entry.resourceName,
    entry.resourceId,
    value.member,
    'Old' in value ? textOf(value.Old) : '',
    'New' in value ? textOf(value.New) : '',
    entry.userBatchId ?? '',
    entry.requestId,
  ]);
}

/** As people read it: text as it is, none as nothing, everything else as JSON. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
