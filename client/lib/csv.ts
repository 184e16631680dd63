import { harmlessCell } from '../../core/domain/file-words.ts';

/** So that Excel and WPS read UTF-8. */
const BOM = '\uFEFF';

/** Rows as a file for a spreadsheet: RFC 4180, every cell quoted, so that nothing in one begins another. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) =>
    row.map((cell) => `"${harmlessCell(cell).replaceAll('"', '""')}"`).join(','),
  );
  return `${BOM}${lines.map((line) => `${line}\r\n`).join('')}`;
}
