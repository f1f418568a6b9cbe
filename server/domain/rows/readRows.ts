import { readCsv } from './csvRows.ts';
import { valueAt } from './path.ts';
import type { ReadRows, Row, RowRefusal } from './rowRefusal.ts';
import words from './text.vi.json' with { type: 'json' };

/** Forms a source may have. */
export type RowFormat = 'csv' | 'json' | 'geojson' | 'ndjson';

/** Most records taken from one answer or one file. */
export const MOST_ROWS = 100_000;

/**
 * Reads the records of a text in its form. Texts are brought to NFC first, so that headers and tables compare.
 * Shape: `items` is the path of the list inside a JSON document. A GeoJSON feature gives its properties and `geometry`.
 * Fails: what can not be read is refused by line or record number; the rest enters.
 */
export function readRows(format: RowFormat, text: string, items = ''): ReadRows {
  const clean = text.replace(/^\ufeff/, '').normalize('NFC');
  const read = format === 'csv' ? readCsv(clean) : format === 'ndjson' ? readLines(clean) : readDocument(clean, format === 'geojson' ? 'features' : items, format);
  if (read.rows.length <= MOST_ROWS) return read;
  const tooMany: RowRefusal = { line: read.rows[MOST_ROWS]!.line, field: '', code: 'ROW_TOO_MANY', reason: words.tooMany.replace('{most}', String(MOST_ROWS)) };
  return { rows: read.rows.slice(0, MOST_ROWS), refused: [...read.refused, tooMany] };
}

function readLines(text: string): ReadRows {
  const refused: RowRefusal[] = [];
  const rows = text.split('\n').flatMap((lineText, index): Row[] => {
    if (lineText.trim() === '') return [];
    const read = readDocument(lineText, '', 'ndjson');
    refused.push(...read.refused.map((refusal) => ({ ...refusal, line: index + 1 })));
    return read.rows.map((row) => ({ ...row, line: index + 1 }));
  });
  return { rows, refused };
}

function readDocument(text: string, path: string, format: RowFormat): ReadRows {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 160) : '';
    return { rows: [], refused: [{ line: 0, field: '', code: 'ROW_JSON', reason: words.notJson.replace('{detail}', detail) }] };
  }
  const found = path === '' ? document : valueAt(document, path);
  if (path !== '' && !Array.isArray(found)) return { rows: [], refused: [{ line: 0, field: path, code: 'ROW_ITEMS', reason: words.noItems.replace('{path}', path) }] };
  const refused: RowRefusal[] = [];
  const rows = (Array.isArray(found) ? found : [found]).flatMap((record: unknown, index): Row[] => {
    const fields = format === 'geojson' ? featureFields(record) : isRecord(record) ? record : undefined;
    if (fields) return [{ line: index + 1, fields }];
    refused.push({ line: index + 1, field: '', code: 'ROW_OBJECT', reason: words.notObject });
    return [];
  });
  return { rows, refused };
}

function featureFields(feature: unknown): Record<string, unknown> | undefined {
  if (!isRecord(feature)) return undefined;
  const properties = isRecord(feature.properties) ? feature.properties : {};
  return { ...(feature.id === undefined ? {} : { id: feature.id }), ...properties, geometry: feature.geometry };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
