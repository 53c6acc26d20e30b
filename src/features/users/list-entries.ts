import { referenceIn } from '../../operations/arn.ts';
import { OperationError } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';

/** By what a list names its people, and the member of a request that holds such a list. */
export const listMembers = { IDS: 'UserIds', USERNAMES: 'Usernames', EMAILS: 'Emails' } as const;
export type ListKind = keyof typeof listMembers;

/**
 * What stands for nobody, and why: deleted before, never here, not to be read as what it should be, or fitting several.
 * Whoever does not reach every user is not told whether somebody was ever here, so there it is left out.
 */
export type Finding = 'DELETED_BEFORE' | 'NEVER_EXISTED' | 'UNREADABLE' | 'AMBIGUOUS';

/** Why an entry stands for nobody, for good: nothing that happens later makes it somebody. */
export interface EntryFailure {
  readonly finding: Finding | null;
  readonly code: 'InvalidParameterException' | 'ResourceNotFoundException' | 'AMBIGUOUS';
  readonly reason: string;
}

/** An entry of a list. One that can be read says an id, a login or an e-mail address. */
export type ListEntry =
  | { readonly text: string; readonly failure: null }
  | { readonly text: string; readonly failure: EntryFailure };

const longest = { USERNAMES: 100, EMAILS: 265 } as const;
/** Of what cannot be read, so much is kept for people to find it again. */
const keptCharacters = 200;

/**
 * Reads an entry of a list as people make them, with spreadsheets and scripts.
 * @param position in the list, from 1: what cannot be read has nothing else to be found by
 */
export function readEntry(kind: ListKind, given: string, position: number, instance: Instance): ListEntry {
  const text = withoutWrapping(given, kind);
  const entry = `Entry ${position} of ${listMembers[kind]}`;
  const unreadable = (reason: string): ListEntry => ({
    text: clip(text),
    failure: { finding: 'UNREADABLE', code: 'InvalidParameterException', reason: `${entry} ${reason}` },
  });
  if (text === '') return unreadable('is blank.');
  if (kind === 'IDS') return readId(text, entry, instance);
  if (/[\p{Cc}\p{Surrogate}]/u.test(text)) {
    return unreadable(
      'has a tab, a line break, half a character or another control character inside: give one user in each entry.',
    );
  }
  if ([...text].length > longest[kind]) {
    return unreadable(`has ${[...text].length} characters, and ${longest[kind]} is the most that there may be.`);
  }
  if (kind === 'EMAILS' && !/^[^\s@<>]+@[^\s@<>]+$/.test(text)) {
    return unreadable(`is "${clip(text)}", which is not an e-mail address.`);
  }
  // What `addressIn` left as it was: several people as a mail program copies them, and no login.
  if (kind === 'USERNAMES' && /[<>]/.test(text) && text.includes('@')) {
    return unreadable(`is "${clip(text)}", which is not one login: give one user in each entry.`);
  }
  return { text, failure: null };
}

function readId(text: string, entry: string, instance: Instance): ListEntry {
  try {
    return { text: referenceIn(text, 'agent', instance).id, failure: null };
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    // An ARN says where its user is: whoever gives that of another place does not mean anybody here.
    const failure: EntryFailure =
      error.code === 'ResourceNotFoundException'
        ? {
            finding: 'NEVER_EXISTED',
            code: error.code,
            reason: `${entry} is the ARN of a user of another instance, Region or account, so nobody here is meant.`,
          }
        : {
            finding: 'UNREADABLE',
            code: 'InvalidParameterException',
            reason: `${entry} is "${clip(text)}", which is neither the id nor the ARN of a user.`,
          };
    return { text: clip(text), failure };
  }
}

const closing: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['„', '“'],
  ['‘', '’'],
  ['«', '»'],
]);

/**
 * Without what is no part of a name: white space, control and invisible characters around it (the end of a Windows line,
 * a byte order mark), one pair of quotes as CSV and query tools put them, and the apostrophe by which CSV files, ours
 * too, keep a spreadsheet from running a cell.
 */
export function withoutWrapping(given: string, kind: ListKind): string {
  const text = withoutQuotes(given);
  return kind === 'IDS' ? text : addressIn(text);
}

/**
 * Mail programs write addresses as `<a@b>`, `Ann <a@b>` and `mailto:a@b`. No login or address has angle brackets or such
 * a beginning, so only one thing can be meant, unless what stands before is or holds an address too: they copy several
 * people as one text, of whom none may be dropped.
 */
function addressIn(text: string): string {
  const bracket = text.endsWith('>') ? text.lastIndexOf('<') : -1;
  const inner = bracket < 0 ? text : text.slice(bracket + 1, -1);
  const address = /^mailto:/i.test(inner) ? inner.slice('mailto:'.length) : inner;
  const before = text.slice(0, Math.max(bracket, 0));
  return address.includes('@') && !/[@<>;]/.test(before) ? trimmed(address) : text;
}

function withoutQuotes(given: string): string {
  // Nobody sees soft hyphens and zero-width characters, and no login has any.
  const bare = trimmed(given.normalize('NFC').replace(/\p{Cf}/gu, ''));
  const [first = ''] = bare;
  if (bare.length > 1 && closing.get(first) === bare.at(-1)) {
    const inner = bare.slice(1, -1);
    return trimmed(first === '"' ? inner.replaceAll('""', '"') : inner);
  }
  return /^'[=+\-@＝＋－＠]/.test(bare) ? bare.slice(1) : bare;
}

/** A NUL is no end of a line: who sends one sends no list of people. */
const nothing = /(?!\0)[\s\p{Cc}\p{Cf}]/u;

/** By a loop, for an expression that looks for the end would begin anew at every space inside. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && nothing.test(text.charAt(start))) start += 1;
  while (end > start && nothing.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** What cannot be stored or sent is a mark. */
export const clip = (text: string): string => {
  const characters = [...text.slice(0, 2 * keptCharacters + 2).replace(/[\0\p{Surrogate}]/gu, '\uFFFD')];
  const all = text.length <= 2 * keptCharacters + 2 && characters.length <= keptCharacters;
  return all ? characters.join('') : `${characters.slice(0, keptCharacters).join('')}…`;
};
