import type { RowRefusal } from '../../domain/rows/rowRefusal.ts';
import words from './text.vi.json' with { type: 'json' };

/** Begins a cell that a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** What became of a file, for its owner to open in a spreadsheet. Shape: CSV, UTF-8 with byte order mark, one refused row per line. */
export function reportOf(refused: readonly RowRefusal[]): string {
  const lines = [words.header, ...refused.map(({ line, field, code, reason }) => [line > 0 ? String(line) : '', field, code, reason])];
  return `\ufeff${lines.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
