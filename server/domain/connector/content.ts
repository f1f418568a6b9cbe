import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { ConnectorText } from '#contract/connector.ts';
import { decode } from '../rows/decode.ts';
import { valueAt } from '../rows/path.ts';
import { MOST_ROWS, readRows } from '../rows/readRows.ts';
import type { ReadRows, Row } from '../rows/rowRefusal.ts';
import { readWorkbook } from './workbook.ts';

type Form = Pick<ConnectorText, 'format' | 'items'>;

/** What one answer or file holds: its rows, and the document itself where the next page is named in it. */
export interface Content extends ReadRows {
  document: unknown;
}

const HTML = /^\s*(<!doctype\s+html|<html[\s>])/i;
const DETAIL = 200;
/** Fields in which services that answer 200 to everything say what went wrong. */
const COMPLAINTS = ['error.message', 'error', 'fault', 'errorMessage', 'error_description', 'message', 'msg', 'detail'];

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true, parseTagValue: false, parseAttributeValue: false, processEntities: true });

/**
 * Reads an answer or a file in its form, whole or not at all.
 * Fails: SOURCE_ERROR_PAGE, SOURCE_SOAP, SOURCE_CUT, SOURCE_UNREADABLE, SOURCE_NO_ITEMS, SOURCE_TOO_MANY.
 */
export async function readContent({ format, items }: Form, bytes: Uint8Array): Promise<Outcome<Content>> {
  if (bytes.length === 0) return refused('SOURCE_CUT', { detail: '0 byte' });
  if (format === 'xlsx') return readWorkbook(bytes, items);
  const { text } = decode(bytes);
  const clean = text.replace(/^\ufeff/, '');
  if (HTML.test(clean)) return refused('SOURCE_ERROR_PAGE', { detail: titleOf(clean) });
  if (format === 'xml') return readXml(clean, items);
  if (format === 'json' || format === 'geojson') return readJson(format, clean, items);
  return readTable(format, clean);
}

function readTable(format: 'csv' | 'ndjson', text: string): Outcome<Content> {
  const read = readRows(format, text);
  const last = read.refused.at(-1);
  const isOpen = !/\n\s*$/.test(text);
  const isCut = last !== undefined && isOpen && ['ROW_CELLS', 'ROW_QUOTE', 'ROW_JSON'].includes(last.code) && last.line >= (read.rows.at(-1)?.line ?? 0);
  if (isCut) return refused('SOURCE_CUT', { detail: `dòng ${last.line}: ${last.reason}`.slice(0, DETAIL) });
  return bounded({ ...read, document: null });
}

function readJson(format: 'json' | 'geojson', text: string, items: string): Outcome<Content> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, DETAIL) : '';
    return refused(/[}\]]\s*$/.test(text) ? 'SOURCE_UNREADABLE' : 'SOURCE_CUT', { detail });
  }
  const path = format === 'geojson' ? 'features' : items;
  if (path !== '' && !Array.isArray(valueAt(document, path))) return complaintOr(document, path);
  return bounded({ ...readRows(format, text, items), document });
}

function readXml(text: string, items: string): Outcome<Content> {
  if (/<!DOCTYPE/i.test(text)) return refused('SOURCE_UNREADABLE', { detail: 'DOCTYPE' });
  const sound = XMLValidator.validate(text);
  if (sound !== true) return refused(/>\s*$/.test(text) && !/not closed|unclosed|expected closing/i.test(sound.err.msg) ? 'SOURCE_UNREADABLE' : 'SOURCE_CUT', { detail: `${sound.err.msg} (dòng ${sound.err.line})`.slice(0, DETAIL) });
  const document: unknown = parser.parse(text);
  const fault = valueAt(document, 'Envelope.Body.Fault');
  if (fault !== undefined) return refused('SOURCE_SOAP', { detail: String(valueAt(fault, 'faultstring') ?? valueAt(fault, 'Reason.Text.#text') ?? valueAt(fault, 'Reason.Text') ?? '').slice(0, DETAIL) });
  const found = valueAt(document, items);
  if (found === undefined) {
    const parent = items.split('.').slice(0, -1).join('.');
    // An empty list has no element at all: its parent is there and holds nothing of the kind.
    return parent !== '' && valueAt(document, parent) !== undefined ? okay({ rows: [], refused: [], document }) : complaintOr(document, items);
  }
  const rows = (Array.isArray(found) ? found : [found]).map((record: unknown, index): Row => ({ line: index + 1, fields: isRecord(record) ? record : { '#text': record } }));
  return bounded({ rows, refused: [], document });
}

function complaintOr(document: unknown, path: string): Outcome<never> {
  const said = COMPLAINTS.map((name) => valueAt(document, name)).find((value) => typeof value === 'string' && value !== '');
  return said === undefined ? refused('SOURCE_NO_ITEMS', { detail: path }) : refused('SOURCE_ERROR_PAGE', { detail: String(said).slice(0, DETAIL) });
}

const bounded = (content: Content): Outcome<Content> => (content.rows.length > MOST_ROWS || content.refused.some(({ code }) => code === 'ROW_TOO_MANY') ? refused('SOURCE_TOO_MANY') : okay(content));
const titleOf = (html: string): string => (/<title>([^<]*)/i.exec(html)?.[1] ?? '').trim().slice(0, DETAIL);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
