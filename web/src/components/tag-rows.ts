/** One tag as it is typed. */
export interface TagRow {
  readonly key: string;
  readonly value: string;
}

export const mostTags = 50;

const keyForm = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** What is wrong with each row; both undefined when nothing is. */
export function tagErrors(rows: readonly TagRow[]): { key?: string; value?: string }[] {
  return rows.map(({ key, value }, index) => ({
    ...withKey(keyError(key, rows.slice(0, index))),
    ...(value.length > 256 ? { value: 'At most 256 characters.' } : {}),
  }));
}

const withKey = (key: string | undefined) => (key === undefined ? {} : { key });

function keyError(key: string, before: readonly TagRow[]): string | undefined {
  if (key.trim() === '') return 'Enter a key, or remove the tag.';
  if (key.length > 128) return 'At most 128 characters.';
  if (/^aws:/i.test(key)) return 'Keys that begin with aws: are reserved.';
  if (!keyForm.test(key)) return 'Use letters, digits, spaces and _ . : / = + - @ only.';
  return before.some((row) => row.key === key) ? 'This key is there already.' : undefined;
}

export const toTags = (rows: readonly TagRow[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ key, value }) => [key, value]));

/** What TagResource and UntagResource have to be told. */
export function tagChanges(before: readonly TagRow[], after: readonly TagRow[]) {
  const old = toTags(before);
  const next = toTags(after);
  return {
    set: Object.fromEntries(Object.entries(next).filter(([key, value]) => old[key] !== value)),
    remove: Object.keys(old).filter((key) => !(key in next)),
  };
}
