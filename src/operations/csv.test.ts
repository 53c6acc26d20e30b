import { expect, test } from 'vitest';
import { csvAnswer, csvFile } from './csv.ts';

async function written(cells: readonly string[]): Promise<string> {
  let text = '';
  for await (const chunk of csvFile(
    ['h'],
    (row: readonly string[]) => row,
    async () => ({ items: [cells], last: null }),
  )) {
    text += chunk;
  }
  return text.slice('\uFEFFh\r\n'.length);
}

test('a cell that a spreadsheet would run is made text, in East Asian width too', async () => {
  for (const start of ['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
    expect(await written([`${start}SUM(A1)`])).toBe(`'${start}SUM(A1)\r\n`);
  }
  expect(await written(['\tSUM(A1)'])).toContain("'\tSUM(A1)");
  for (const before of [';', ' ', '\u00a0', '\u200b', '\u2060'])
    expect(await written([`${before}=1`])).toContain(`'${before}=1`);
  expect(await written(['-'])).toBe('-\r\n');
  expect(await written(['Ana = Lopez'])).toBe('Ana = Lopez\r\n');
});

test('commas, quotes and line ends are quoted', async () => {
  expect(await written(['Lopez, Ana', 'the "best"', 'two\nlines', 'plain'])).toBe(
    '"Lopez, Ana","the ""best""","two\nlines",plain\r\n',
  );
});

test('pages follow each other until there is no last one, whatever a page has lost', async () => {
  const pages = [
    { items: ['a', 'b'], last: 2 },
    { items: [], last: 4 },
    { items: ['e'], last: null },
  ];
  const asked: (number | null)[] = [];
  let text = '';
  const chunks = csvFile(
    ['h'],
    (item: string) => [item],
    async (after: number | null) => {
      asked.push(after);
      return pages[asked.length - 1] ?? { items: [], last: null };
    },
  );
  for await (const chunk of chunks) text += chunk;
  expect(text).toBe('\uFEFFh\r\na\r\nb\r\ne\r\n');
  expect(asked).toEqual([null, 2, 4]);
});

test('a file is named after what it holds and the day on which it was made', () => {
  const made = csvAnswer('agent-activity', new Date('2026-11-02T23:59:59Z'), (async function* () {})());
  expect(made).toMatchObject({ fileName: 'agent-activity-2026-11-02.csv', contentType: 'text/csv; charset=utf-8' });
});
