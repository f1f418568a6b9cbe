import { DateTime } from 'luxon';
import { feedbackServiceOf } from '../../domain/feedback/services.ts';
import columnsByExport from './columns.json' with { type: 'json' };
import words from './words.vi.json' with { type: 'json' };

/** A cell as a person reads it: text, number or nothing. */
export type Cell = string | number | null;

export interface Table {
  title: string;
  header: string[];
  rows: Cell[][];
}

type Form = 'text' | 'word' | 'level' | 'time' | 'number' | 'yes' | 'unit' | 'service';
type UnitName = (code: string) => string;
type ColumnRow = [path: string, heading: string, form: Form];

const SHEETS = new Map(Object.entries(columnsByExport));

export const EXPORTS: readonly string[] = [...SHEETS.keys()];

const said = (name: string): string => (Object.hasOwn(words, name) ? words[name as keyof typeof words] : name);

/** Moment as staff write it, in the time of Việt Nam. */
export const localTime = (at: number): string => DateTime.fromMillis(at, { zone: 'Asia/Ho_Chi_Minh' }).toFormat('dd/MM/yyyy HH:mm:ss');

function valueAt(item: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as Record<string, unknown>)[name] : null), item);
}

function cellOf(value: unknown, form: Form, unitName: UnitName): Cell {
  if (value === null || value === undefined) return null;
  if (form === 'time') return typeof value === 'number' ? localTime(value) : null;
  if (form === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : null;
  if (form === 'yes') return said(value === true ? 'yes' : 'no');
  if (form === 'unit') return unitName(String(value));
  if (form === 'service') return feedbackServiceOf(String(value))?.name ?? String(value);
  return form === 'text' ? String(value) : said(String(value));
}

/** Items of a collection as a table with Vietnamese headings; a unit nobody can name keeps its code. */
export function tableOf(what: string, items: readonly unknown[], isTruncated: boolean, unitName: UnitName = (code) => code): Table {
  const sheet = SHEETS.get(what);
  if (!sheet) throw new Error(`there is no export named ${what}`);
  const columns = sheet.columns as ColumnRow[];
  const rows = items.map((item) => columns.map(([path, , form]) => cellOf(valueAt(item, path), form, unitName)));
  if (isTruncated) rows.push([words.truncated.replace('{count}', String(items.length))]);
  return { title: sheet.title, header: columns.map(([, heading]) => heading), rows };
}

/** Text that a spreadsheet would run as a formula is marked as text. */
export const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
