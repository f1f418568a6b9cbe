import { harmless, type Cell, type Table } from './table.ts';

const BOM = '\uFEFF';
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A file to hand out. */
export interface ExportFile {
  contentType: string;
  body: Buffer;
}

/**
 * How a CSV is written. `plain`: commas and decimal points (RFC 4180), for programs. `vi`: semicolons and decimal commas, as a
 * spreadsheet set to Vietnamese reads numbers when the file is opened by a double click.
 */
export type CsvForm = 'plain' | 'vi';
const SIGNS = { plain: { between: ',', decimal: '.' }, vi: { between: ';', decimal: ',' } } as const;

function csvCell(cell: Cell, form: CsvForm): string {
  const { between, decimal } = SIGNS[form];
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell).replace('.', decimal);
  const text = harmless(cell);
  return text.includes(between) || /["\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Separated values that a spreadsheet opens with its Vietnamese letters right. */
export function csvOf(table: Table, form: CsvForm = 'plain'): ExportFile {
  const lines = [table.header, ...table.rows].map((row) => row.map((cell) => csvCell(cell, form)).join(SIGNS[form].between));
  return { contentType: 'text/csv; charset=utf-8', body: Buffer.from(`${BOM}${lines.join('\r\n')}\r\n`) };
}

/** A workbook of one sheet; its writer is loaded when the first one is asked for. */
export async function xlsxOf(table: Table): Promise<ExportFile> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(table.title, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = table.header.map((header) => ({ header, width: Math.max(12, Math.min(40, header.length + 6)) }));
  sheet.getRow(1).font = { bold: true };
  for (const row of table.rows) sheet.addRow(row.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell)));
  return { contentType: XLSX_TYPE, body: Buffer.from(await book.xlsx.writeBuffer()) };
}

/** Features at their positions, with everything else as properties. */
export function geoJsonOf(items: readonly unknown[], isTruncated: boolean): ExportFile {
  const features = items.map((item) => {
    const { position = null, area = null, ...properties } = item as { position?: unknown; area?: unknown; id?: unknown };
    return { type: 'Feature', id: properties.id, geometry: area ?? (position === null ? null : { type: 'Point', coordinates: position }), properties };
  });
  return { contentType: 'application/geo+json; charset=utf-8', body: Buffer.from(JSON.stringify({ type: 'FeatureCollection', truncated: isTruncated, features })) };
}
