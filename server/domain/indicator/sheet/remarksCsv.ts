import type { RowRemark } from './cell.ts';
import words from './text.vi.json' with { type: 'json' };

/** Begins a cell that a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Remarks as a file for whoever corrects the sheet. Shape: CSV, UTF-8 with byte order mark, one remark per line. */
export function remarksCsv(remarks: readonly RowRemark[]): string {
  const rows = remarks.map(({ line, column, isFault, text, reason }) => [line > 0 ? String(line) : '', column === null ? '' : words[`column-${column}`], words[isFault ? 'kind-fault' : 'kind-note'], text, reason]);
  return `\ufeff${[words.header, ...rows].map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
