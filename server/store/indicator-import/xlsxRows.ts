import type { Cell as SheetCell, CellValue } from 'exceljs';
import type { Cell, SheetRow } from '../../domain/indicator/sheet/cell.ts';
import { openWorkbook } from '../../domain/rows/openWorkbook.ts';

/** Rows of the first visible sheet of a workbook. Fails: throws when it is no workbook or holds no sheet. */
export async function xlsxRows(bytes: Uint8Array): Promise<SheetRow[]> {
  const book = await openWorkbook(bytes);
  const sheet = book.worksheets.find(({ state }) => state === 'visible');
  if (!sheet) throw new Error('no sheet');
  const merges = mergesOf((sheet.model as unknown as { merges?: string[] }).merges ?? []);
  const rows: SheetRow[] = [];
  sheet.eachRow((row, line) => {
    const cells: (Cell | null)[] = [];
    row.eachCell((cell, column) => {
      cells[column - 1] = cellOf(cell, merges);
    });
    rows.push({ line, cells: Array.from(cells, (cell) => cell ?? null) });
  });
  return rows;
}

/** Ranges by the address of their first cell. */
const mergesOf = (ranges: readonly string[]) => new Map(ranges.map((range) => [range.split(':')[0]!, range]));

function cellOf(cell: SheetCell, merges: ReadonlyMap<string, string>): Cell | null {
  const read = valueOf(cell.value, cell.numFmt);
  if (!read || !cell.isMerged) return read;
  const merged = merges.get(cell.master.address);
  return merged === undefined ? read : { ...read, merged };
}

function valueOf(value: CellValue, format: string | undefined): Cell | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return { text: String(value), number: value, ...(format?.includes('%') ? { isPercent: true } : {}) };
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : { text: value.toISOString().slice(0, 10), on: value.toISOString().slice(0, 10) };
  if (typeof value !== 'object') return { text: String(value).normalize('NFC') };
  if ('error' in value) return { text: value.error, error: value.error };
  if ('richText' in value) return { text: value.richText.map(({ text }) => text).join('').normalize('NFC') };
  if ('text' in value) return valueOf(value.text as CellValue, format);
  return 'result' in value ? valueOf(value.result as CellValue, format) : null;
}
