import type { FigureRow, ReportDetail } from '#contract/report.ts';
import type { ReportFile, ReportFormat } from '../domain/ports/reports.ts';
import { printDocx } from './docx.ts';
import { readFonts, type FontFaces } from './fonts.ts';
import { paperOf } from './paper.ts';
import { printPdf } from './pdf.ts';
import { printCsv, printXlsx } from './sheets.ts';

const TYPES: Record<ReportFormat, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** Prints reports; the font is read once, when the first paper is asked for. */
export function createReportFiles() {
  let fonts: Promise<FontFaces> | undefined;
  const faces = () => (fonts ??= readFonts());
  const bodyOf = async (report: ReportDetail, rows: Record<string, FigureRow[]>, format: ReportFormat): Promise<Buffer> => {
    if (format === 'pdf') return printPdf(paperOf(report), await faces());
    if (format === 'docx') return printDocx(paperOf(report), await faces());
    return format === 'xlsx' ? printXlsx(report, rows) : printCsv(report, rows);
  };
  return {
    async print(report: ReportDetail, rows: Record<string, FigureRow[]>, format: ReportFormat): Promise<ReportFile> {
      return { name: `${report.kind}-${report.id}.${format}`, contentType: TYPES[format], body: await bodyOf(report, rows, format) };
    },
  };
}
