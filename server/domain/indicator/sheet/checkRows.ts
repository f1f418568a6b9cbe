import type { UnitNames } from '../../units/unitNames.ts';
import type { Catalogue, Indicator } from '../catalogue.ts';
import { nameOf } from '../period.ts';
import type { Cell, RowRemark, SheetField, SheetRow } from './cell.ts';
import { SHEET_FIELDS } from './cell.ts';
import type { Columns } from './columns.ts';
import { readSheetNumber } from './numberText.ts';
import { readSheetPeriod } from './periodText.ts';
import words from './text.vi.json' with { type: 'json' };

/** A row that can be taken in. */
export interface GoodRow {
  line: number;
  code: string;
  unit: string;
  period: string;
  value: number;
}

/** What one row came to: exactly one of a good row and a fault; notes may stand beside either. */
export interface CheckedRow {
  line: number;
  good: GoodRow | null;
  remarks: RowRemark[];
  /** An earlier row, so far good, that says otherwise: neither can be believed. */
  contradicts: RowRemark | null;
}

export interface RowCheckDeps {
  catalogue: Pick<Catalogue, 'indicators'>;
  names: UnitNames;
  columns: Columns;
  /** Units the sender may report for; null = all. */
  scope: ReadonlySet<string> | null;
  now: number;
}

type Word = Exclude<keyof typeof words, 'header'>;
const DAMAGED = /\ufffd|Ã[\u0080-\u00bf¡-¿]|áº|á»|Æ°|Ä\u0091|\?\?\?/u;

/** Checks rows one after another; it remembers what earlier rows said, so that a later one that repeats or contradicts is named with the line it meets. */
export function createRowCheck({ catalogue, names, columns, scope, now }: RowCheckDeps): (row: SheetRow) => CheckedRow {
  const seen = new Map<string, GoodRow>();
  const units = new Map<string, ReturnType<UnitNames['find']>>();
  const find = (written: string) => {
    const known = units.get(written) ?? names.find(written, scope);
    units.set(written, known);
    return known;
  };

  return ({ line, cells }) => {
    const remarks: RowRemark[] = [];
    const say = (isFault: boolean, code: Word, column: SheetField, filled: Record<string, string> = {}) => {
      remarks.push({ line, column, isFault, code, text: cellOf(column)?.text.slice(0, 80) ?? '', reason: fill(words[code], filled) });
      return undefined;
    };
    const cellOf = (field: SheetField): Cell | null => cells[columns[field]] ?? null;

    const indicatorOf = (cell: Cell) => {
      const indicator = catalogue.indicators.get(cell.text.trim()) ?? catalogue.indicators.get(cell.text.trim().toUpperCase());
      if (!indicator) return say(true, 'code-unknown', 'code');
      return indicator.formula ? say(true, 'code-derived', 'code') : indicator;
    };
    const unitOf = (cell: Cell) => {
      const found = find(cell.text);
      if (found.how === 'unknown') return say(true, 'unit-unknown', 'unit');
      if ('candidates' in found) return say(true, `unit-${found.how}`, 'unit', { candidates: found.candidates.slice(0, 6).map(({ fullName, code }) => `${fullName} (${code})`).join(', ') });
      if (scope && !scope.has(found.unit.code)) return say(true, 'unit-scope', 'unit');
      if (found.how === 'former') say(false, 'unit-old', 'unit', { name: found.unit.fullName, code: found.unit.code });
      return found.unit.code;
    };

    const sound = SHEET_FIELDS.map((field) => soundCell(cellOf(field), field, say));
    const [codeCell, unitCell, periodCell, valueCell] = sound;
    const indicator = codeCell && indicatorOf(codeCell);
    const unit = unitCell && unitOf(unitCell);
    const period = periodCell && indicator ? periodIn(periodCell, indicator, now, say) : undefined;
    const value = valueCell && indicator ? valueIn(valueCell, indicator, say) : undefined;
    if (remarks.some(({ isFault }) => isFault) || !indicator || unit === undefined || period === undefined || value === undefined) return { line, good: null, remarks, contradicts: null };

    const good: GoodRow = { line, code: indicator.code, unit, period, value };
    const key = `${good.code}/${unit}/${period}`;
    const first = seen.get(key);
    if (!first) seen.set(key, good);
    else if (first.value === value) say(false, 'duplicate', 'value', { line: String(first.line) });
    else say(true, 'conflict', 'value', { line: String(first.line), other: String(first.value) });
    const contradicts = first && first.value !== value ? { line: first.line, column: 'value' as const, isFault: true, code: 'conflict', text: String(first.value), reason: fill(words.conflict, { line: String(line), other: String(value) }) } : null;
    return { line, good: first ? null : good, remarks, contradicts };
  };
}

type Say = (isFault: boolean, code: Word, column: SheetField, filled?: Record<string, string>) => undefined;

/** A cell that can be read at all. */
function soundCell(cell: Cell | null, field: SheetField, say: Say): Cell | undefined {
  if (cell?.error !== undefined) return say(true, 'formula', field, { text: cell.error });
  if (!cell || cell.text.trim() === '') return say(true, 'missing', field);
  if (DAMAGED.test(cell.text)) return say(true, 'damaged', field);
  if (cell.merged !== undefined && field === 'value') return say(true, 'merged-value', field, { range: cell.merged });
  if (cell.merged !== undefined) say(false, 'merged', field, { range: cell.merged });
  return cell;
}

function periodIn(cell: Cell, indicator: { period: Parameters<typeof readSheetPeriod>[1]; periodAt(index: number): { startAt: number } }, now: number, say: Say): string | undefined {
  const read = readSheetPeriod(cell, indicator.period);
  if (!read) return say(true, 'period-form', 'period');
  const name = nameOf(read.kind, read.index);
  if (read.kind !== indicator.period) return say(true, 'period-kind', 'period', { period: name, kind: words[`kind-${indicator.period}`] });
  return indicator.periodAt(read.index).startAt > now ? say(true, 'period-future', 'period', { period: name }) : name;
}

function valueIn(cell: Cell, { unitOfMeasure, ofWhole }: Pick<Indicator, 'unitOfMeasure' | 'ofWhole'>, say: Say): number | undefined {
  const read = readSheetNumber(cell);
  if ('flaw' in read) return say(true, read.flaw, 'value', { whole: read.whole ?? '', decimal: read.decimal ?? '' });
  if (ofWhole && (read.value < 0 || read.value > 100)) return say(true, 'number-whole', 'value');
  if (!read.isPercent) return read.value;
  if (!unitOfMeasure.vi.includes('%')) return say(true, 'number-percent', 'value');
  say(false, 'percent-note', 'value', { value: String(read.value).replace('.', ',') });
  return read.value;
}

const fill = (template: string, filled: Record<string, string>): string => template.replaceAll(/\{(\w+)\}/g, (hole, name: string) => filled[name] ?? hole);
