import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLines } from '../../../src/features/user-batches/results-file.ts';
import { csvLine, safeCell } from './csv.ts';

test('a cell that a spreadsheet would run is made text', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r']) expect(safeCell(`${start}SUM(A1)`)).toBe(`'${start}SUM(A1)`);
  expect(safeCell('Ana = Lopez')).toBe('Ana = Lopez');
});

test('commas, quotes and line ends are quoted', () => {
  expect(csvLine(['Lopez, Ana', 'the "best"', 'two\nlines', 'plain'])).toBe(
    '"Lopez, Ana","the ""best""","two\nlines",plain',
  );
});

test('a line is what the server makes of the same cells', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '"', ',', "'"),
  );
  const cell = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), (cells) => {
      expect(`${csvLine(cells)}\r\n`).toBe(csvLines([cells]));
    }),
  );
});
