import { expect, test } from 'vitest';
import { listRefusal, listText, readLeavers, textOf, toListSelection } from './leavers-list.ts';

const entriesIn = (text: string) => readLeavers(text, 'Usernames').entries;

test('an entry is a line, however lines end, and an empty line is none', () => {
  expect(entriesIn('ada\r\nbob\n\n \t\rcy ')).toEqual(['ada', 'bob', 'cy ']);
  expect(entriesIn(' \n\n')).toEqual([]);
});

test('a table is read by the column whose header says that it is of the kind', () => {
  const table = '\uFEFFFirst name,User login,E-Mail\r\n"Lopez, Ana",ana,ana@x.org\r\nBob,bob,\r\n\r\n';
  expect(readLeavers(table, 'Usernames')).toMatchObject({
    kind: 'Usernames',
    entries: ['ana', 'bob'],
    column: 'the column User login',
  });
  expect(readLeavers(table, 'Emails')).toMatchObject({
    kind: 'Emails',
    entries: ['ana@x.org'],
    column: 'the column E-Mail',
  });
  for (const header of ['login', 'Username', 'user_name', 'User Login']) {
    expect(readLeavers(`x\t${header}\n1\tana`, 'Usernames').entries, header).toEqual(['ana']);
  }
});

test('a table that has only a column of another kind is a list of that kind', () => {
  expect(readLeavers('Name of person;Email address\nAna;ana@x.org', 'Usernames')).toMatchObject({
    kind: 'Emails',
    entries: ['ana@x.org'],
  });
  expect(readLeavers('Team;user id\nA;7', 'Emails')).toMatchObject({ kind: 'UserIds', entries: ['7'] });
});

test('a table whose header says nothing is read by its first column, all of it', () => {
  expect(readLeavers('ana;Sales\nbob;Claims', 'Usernames')).toMatchObject({
    entries: ['ana', 'bob'],
    column: 'the first of 2 columns',
  });
});

test('a cell in quotes may hold what parts cells, lines and quotes', () => {
  expect(entriesIn('note,login\n"one, ""two""\nthree",ana\n, bob')).toEqual(['ana', ' bob']);
});

test('one line alone is no table, nor is a list in which a later line has a separator', () => {
  expect(entriesIn('Lopez, Ana')).toEqual(['Lopez, Ana']);
  expect(entriesIn('ana\nb\tc')).toEqual(['ana', 'b\tc']);
});

test('how many entries there are is said, where they come from, and that repeated ones count once', () => {
  const text = (list: string) => listText(readLeavers(list, 'Usernames'));
  expect(text('ana')).toBe('1 entry.');
  expect(text('login,x\nana,1\nana ,2\nbob,3')).toBe(
    '3 entries, from the column login; 1 repeats another and counts once.',
  );
  expect(text('ana\nana\nana')).toBe('3 entries; 2 repeat others and count once.');
});

test('a list has 1 to 100,000 entries', () => {
  expect(listRefusal([])).toContain('at least one');
  expect(listRefusal(['a'])).toBeNull();
  expect(listRefusal(Array.from({ length: 100_000 }, String))).toBeNull();
  expect(listRefusal(Array.from({ length: 100_001 }, String))).toContain('These are 100,001 entries');
});

test('a list is selected by what it names', () => {
  expect(toListSelection(readLeavers('a@x', 'Emails'))).toEqual({ Emails: ['a@x'] });
});

test('a file is read as what it is, and what is no text is none', () => {
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
  expect(textOf(Buffer.from('\uFEFFada\nzoë'))).toBe('ada\nzoë');
  expect(textOf(utf16('ada\r\nzoë'))).toBe('ada\r\nzoë');
  expect(textOf(utf16('ada').swap16())).toBe('ada');
  expect(textOf(Buffer.from('PK\x03\x04\0\0'))).toBeNull();
});
