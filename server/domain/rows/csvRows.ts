import { parse } from 'csv-parse/sync';
import type { ReadRows, Row, RowRefusal } from './rowRefusal.ts';
import words from './text.vi.json' with { type: 'json' };

interface Record_ {
  record: string[];
  info: { lines: number };
}

const DELIMITERS = [',', ';', '\t', '|'];
const countOf = (text: string, part: string) => text.split(part).length - 1;

/**
 * Rows of a CSV text with a header line. The delimiter is the one the header uses most.
 * Fails: a row with another number of cells than the header, or with a broken quotation, is refused by its line.
 */
export function readCsv(text: string): ReadRows {
  const headerLine = text.slice(0, (text.search(/\r?\n/) + 1 || text.length + 1) - 1);
  const delimiter = DELIMITERS.reduce((best, next) => (countOf(headerLine, next) > countOf(headerLine, best) ? next : best));
  const refused: RowRefusal[] = [];
  const records = parse(text, {
    delimiter, info: true, trim: true, skip_empty_lines: true, relax_column_count: true, skip_records_with_error: true,
    on_skip: (error) => {
      refused.push({ line: Number(error?.lines ?? 0), field: '', code: 'ROW_QUOTE', reason: words.brokenQuote });
    },
  }) as unknown as Record_[];
  const header = records[0]?.record ?? [];
  const rows: Row[] = [];
  for (const { record, info } of records.slice(1)) {
    if (record.length === header.length) rows.push({ line: info.lines, fields: Object.fromEntries(header.map((name, i) => [name, record[i]])) });
    else refused.push({ line: info.lines, field: '', code: 'ROW_CELLS', reason: words.cells.replace('{has}', String(record.length)).replace('{needs}', String(header.length)) });
  }
  return { rows, refused };
}
