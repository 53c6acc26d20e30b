import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLines } from '../../../../src/features/user-batches/results-file.ts';
import { csvLine, safeCell, toCsv } from './user-csv.ts';

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

test('a user is one line, with lists parted by a bar', () => {
  const text = toCsv([
    {
      Id: 'id-1',
      Arn: 'arn',
      Username: 'ana',
      FirstName: 'Ana',
      LastName: 'Lopez',
      PhoneType: 'DESK_PHONE',
      DeskPhoneNumber: '+12065550100',
      RoutingProfile: { Id: 'r', Name: 'Billing' },
      SecurityProfiles: [
        { Id: 's1', Name: 'Agent' },
        { Id: 's2', Name: 'QualityAnalyst' },
      ],
      HierarchyPath: [
        { Id: 'h1', Name: 'Europe' },
        { Id: 'h2', Name: 'Madrid' },
      ],
      Tags: { Team: 'A', Site: 'Madrid' },
      QuickConnectCount: 2,
      LastModifiedTime: 0,
    },
  ]);
  const lines = text.split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toBe(
    "Ana,Lopez,ana,Madrid,Billing,Agent|QualityAnalyst,Europe|Madrid,desk,'+12065550100,Team:A|Site:Madrid,2,id-1",
  );
});
