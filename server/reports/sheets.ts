import { DateTime } from 'luxon';
import type { ReportDetail, FigureRow } from '#contract/report.ts';
import words from './words.vi.json' with { type: 'json' };

type Cell = string | number | null;

const PROVENANCE = { real: words.real, simulated: words.simulated, mixed: words.mixed, manual: words.manual } as const;
const timeText = (at: number | null) => (at === null ? null : DateTime.fromMillis(at, { zone: 'Asia/Ho_Chi_Minh' }).toFormat('dd/MM/yyyy HH:mm:ss'));
/** Text that a spreadsheet would run as a formula is marked as text. */
const harmless = (cell: Cell): Cell => (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

const figureRows = ({ figures }: ReportDetail): Cell[][] =>
  figures.map((figure, index) => [index + 1, figure.label, figure.text, figure.provenance === null ? words.none : PROVENANCE[figure.provenance], figure.query, figure.hash, timeText(figure.asOf), figure.before]);

function* dataRows({ figures }: ReportDetail, rows: Record<string, FigureRow[]>): Generator<Cell[]> {
  for (const { id, label } of figures) {
    for (const row of rows[id] ?? []) yield [label, row.id, row.unit, row.part, row.whole, timeText(row.at), row.text, PROVENANCE[row.provenance]];
  }
}

function csvCell(cell: Cell): string {
  const text = cell === null ? '' : String(harmless(cell));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The rows behind every figure, as CSV that Excel opens with its Vietnamese letters right. */
export function printCsv(report: ReportDetail, rows: Record<string, FigureRow[]>): Buffer {
  const lines = [words.dataHeader, ...dataRows(report, rows)].map((cells) => cells.map(csvCell).join(','));
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`);
}

/** Two sheets: the figures with query and hash, and the rows behind them. */
export async function printXlsx(report: ReportDetail, rows: Record<string, FigureRow[]>): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  const add = (name: string, header: string[], cells: Iterable<Cell[]>) => {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = header.map((text) => ({ header: text, width: Math.max(12, text.length + 10) }));
    sheet.getRow(1).font = { bold: true };
    for (const row of cells) sheet.addRow(row.map(harmless));
  };
  add(words.sheetFigures, [...words.annexHeader, words.before], figureRows(report));
  add(words.sheetRows, words.dataHeader, dataRows(report, rows));
  return Buffer.from(await book.xlsx.writeBuffer());
}
