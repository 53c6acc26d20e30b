/** What a list is as a file: its header, and the cells of a row. */
export interface Csv<Row> {
  readonly header: readonly string[];
  readonly cells: (row: Row) => readonly string[];
}

/**
 * A spreadsheet runs a cell that begins like this, in East Asian width too; an apostrophe in front makes it text. The
 * server's results.csv has the same rule.
 */
export const safeCell = (value: string): string => (/^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value);

/** One line of RFC 4180, without its end. */
export function csvLine(cells: readonly string[]): string {
  return cells
    .map(safeCell)
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

/** With the mark by which Excel knows UTF-8. */
export const toCsv = <Row>({ header, cells }: Csv<Row>, rows: readonly Row[]): string =>
  `\uFEFF${[header, ...rows.map(cells)].map((line) => `${csvLine(line)}\r\n`).join('')}`;

export function saveFile(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
