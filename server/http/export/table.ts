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

/** How a cell is written; a word list takes its words from a list of its own, where a code means something else than elsewhere. */
type Form = 'text' | 'word' | 'level' | 'time' | 'number' | 'yes' | 'unit' | 'service' | 'source' | WordList;
type WordList = 'case-state' | 'source-state' | 'wall-act' | 'document';
/** Names of what cells hold by code: units, sources. */
export interface Namers {
  unit(code: string): string;
  source(id: string): string;
}
const AS_IT_IS: Namers = { unit: (code) => code, source: (id) => id };
type ColumnRow = [path: string, heading: string, form: Form];

const SHEETS = new Map(Object.entries(columnsByExport));

export const EXPORTS: readonly string[] = [...SHEETS.keys()];

/** The Vietnamese word of a code, or the code itself. */
export const said = (name: string): string => (Object.hasOwn(words, name) ? words[name as keyof typeof words] : name);

/** The word of a code in one list, or the code itself. */
const saidIn = (list: WordList, name: string): string => (Object.hasOwn(words, `${list}-${name}`) ? said(`${list}-${name}`) : name);

/** Moment as staff write it, in the time of Việt Nam. */
export const localTime = (at: number): string => DateTime.fromMillis(at, { zone: 'Asia/Ho_Chi_Minh' }).toFormat('dd/MM/yyyy HH:mm:ss');

function valueAt(item: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as Record<string, unknown>)[name] : null), item);
}

function cellOf(value: unknown, form: Form, namers: Namers): Cell {
  if (value === null || value === undefined) return null;
  if (form === 'time') return typeof value === 'number' ? localTime(value) : null;
  if (form === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : null;
  if (form === 'yes') return said(value === true ? 'yes' : 'no');
  if (form === 'unit') return namers.unit(String(value));
  if (form === 'source') return sourceOf(String(value), namers);
  if (form === 'service') return feedbackServiceOf(String(value))?.name ?? String(value);
  if (form === 'text') return String(value);
  return form === 'word' || form === 'level' ? said(String(value)) : saidIn(form, String(value));
}

const sourceOf = (id: string, namers: Namers): string => (Object.hasOwn(words, `source-${id}`) ? said(`source-${id}`) : namers.source(id));

/** Items of a collection as a table with Vietnamese headings; a unit or source nobody can name keeps its code. */
export function tableOf(what: string, items: readonly unknown[], isTruncated: boolean, namers: Namers = AS_IT_IS): Table {
  const sheet = SHEETS.get(what);
  if (!sheet) throw new Error(`there is no export named ${what}`);
  const columns = sheet.columns as ColumnRow[];
  const rows = items.map((item) => columns.map(([path, , form]) => cellOf(valueAt(item, path), form, namers)));
  if (isTruncated) rows.push([words.truncated.replace('{count}', String(items.length))]);
  return { title: sheet.title, header: columns.map(([, heading]) => heading), rows };
}

/** Text that a spreadsheet would run as a formula is marked as text. */
export const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
