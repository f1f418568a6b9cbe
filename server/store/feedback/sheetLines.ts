import type { CellValue } from 'exceljs';
import type { SheetLine } from '../../domain/feedback/sheet/readSheet.ts';
import { decode } from '../../domain/rows/decode.ts';
import { readRows } from '../../domain/rows/readRows.ts';
import { openWorkbook } from '../../domain/rows/openWorkbook.ts';

const MOST_LINES = 20_000;

/** A sheet by its heads. */
export interface Sheet {
  columns: string[];
  lines: SheetLine[];
}

function textOf(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 16);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return textOf(value.text as CellValue);
  return 'result' in value ? textOf(value.result as CellValue) : '';
}

async function workbookLines(bytes: Uint8Array): Promise<Sheet> {
  const book = await openWorkbook(bytes);
  const sheet = book.worksheets.find(({ state }) => state === 'visible');
  const rows: { line: number; cells: string[] }[] = [];
  sheet?.eachRow((row, line) => {
    const cells: string[] = [];
    row.eachCell((cell, column) => (cells[column - 1] = textOf(cell.value).normalize('NFC').trim()));
    rows.push({ line, cells: Array.from(cells, (cell) => cell ?? '') });
  });
  const head = rows.findIndex(({ cells }) => cells.filter((cell) => cell !== '').length >= 2);
  const columns = rows[head]?.cells ?? [];
  return { columns: columns.filter((column) => column !== ''), lines: rows.slice(head + 1, head + 1 + MOST_LINES).map(({ line, cells }) => ({ line, cells: Object.fromEntries(columns.flatMap((column, index) => (column === '' ? [] : [[column, cells[index] ?? '']]))) })) };
}

function textLines(bytes: Uint8Array): Sheet {
  const { rows } = readRows('csv', decode(bytes).text);
  const columns = Object.keys(rows[0]?.fields ?? {});
  return { columns, lines: rows.slice(0, MOST_LINES).map(({ line, fields }) => ({ line, cells: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value === null || value === undefined ? '' : String(value)])) })) };
}

/** Lines of a workbook (by its first bytes) or of comma-separated text. Fails: throws when it is neither. */
export async function sheetLines(bytes: Uint8Array): Promise<Sheet> {
  const sheet = bytes[0] === 0x50 && bytes[1] === 0x4b ? await workbookLines(bytes) : textLines(bytes);
  if (sheet.columns.length < 2 || sheet.lines.length === 0) throw new Error('no table');
  return sheet;
}
