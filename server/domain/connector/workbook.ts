import type { CellValue, Workbook } from 'exceljs';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { openWorkbook } from '../rows/openWorkbook.ts';
import { MOST_ROWS } from '../rows/readRows.ts';
import type { Row } from '../rows/rowRefusal.ts';

const END_OF_ZIP = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
/** A zip names its end within its last 64 KiB. */
const TAIL = 66_000;

/**
 * Rows of a sheet by the names of its first filled line. `sheet` empty = the first visible one. Dates become `yyyy-MM-ddTHH:mm:ss` as they are written in the cell, without a zone.
 * Fails: SOURCE_CUT for half a file, SOURCE_ERROR_PAGE, SOURCE_UNREADABLE, SOURCE_NO_ITEMS for a sheet that is not there.
 */
export async function readWorkbook(bytes: Uint8Array, sheet: string): Promise<Outcome<{ rows: Row[]; refused: []; document: null }>> {
  if (bytes[0] === 0x3c) return refused('SOURCE_ERROR_PAGE');
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return refused('SOURCE_UNREADABLE', { detail: 'XLSX' });
  if (!Buffer.from(bytes.subarray(Math.max(0, bytes.length - TAIL))).includes(END_OF_ZIP)) return refused('SOURCE_CUT', { detail: `${bytes.length} byte` });
  let book: Workbook;
  try {
    book = await openWorkbook(bytes);
  } catch (error) {
    return refused('SOURCE_UNREADABLE', { detail: String(error).slice(0, 200) });
  }
  const found = sheet === '' ? book.worksheets.find(({ state }) => state === 'visible') : book.getWorksheet(sheet);
  if (!found) return refused('SOURCE_NO_ITEMS', { detail: sheet });
  let header: string[] = [];
  const rows: Row[] = [];
  found.eachRow((row, line) => {
    const cells = Array.from({ length: row.cellCount }, (_, index) => textOf(row.getCell(index + 1).value));
    if (header.length === 0) header = cells.map(String);
    else rows.push({ line, fields: Object.fromEntries(header.flatMap((name, index) => (name === '' ? [] : [[name, cells[index] ?? '']]))) });
  });
  return rows.length > MOST_ROWS ? refused('SOURCE_TOO_MANY') : okay({ rows, refused: [], document: null });
}

function textOf(value: CellValue): string | number | boolean {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 19);
  if (typeof value === 'string') return value.normalize('NFC').trim();
  if (typeof value !== 'object') return value;
  if ('richText' in value) return value.richText.map(({ text }) => text).join('').normalize('NFC').trim();
  if ('result' in value) return textOf(value.result as CellValue);
  return 'text' in value ? textOf(value.text as CellValue) : '';
}
