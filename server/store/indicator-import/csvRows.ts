import { parse } from 'csv-parse/sync';
import type { SheetRow } from '../../domain/indicator/sheet/cell.ts';

const DELIMITERS = [';', '\t', ',', '|'];
/** Lines before the heading that a title may take. */
const TITLE_LINES = 20;

/** Rows of a CSV text; the delimiter is the one its first lines use most. Fails: throws for a quotation that never ends. */
export function csvRows(text: string): SheetRow[] {
  const top = text.split('\n', TITLE_LINES).join('\n');
  const delimiter = DELIMITERS.reduce((best, next) => (top.split(next).length > top.split(best).length ? next : best));
  const records = parse(text, { delimiter, bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true }) as unknown as { record: string[]; info: { lines: number } }[];
  return records.map(({ record, info }) => ({ line: info.lines, cells: record.map((written) => ({ text: written.normalize('NFC') })) }));
}
