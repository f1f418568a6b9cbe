import type { PeriodKind } from '#contract/red.ts';

const DAY_MS = 86_400_000;
/** Việt Nam keeps one offset all year. */
const OFFSET_MS = 7 * 3_600_000;
/** Monday 1969-12-29, from which weeks are counted. */
const FIRST_MONDAY_DAY = -3;

/** A period as a place on the line of its kind: the next period has the next index. */
export interface Period {
  kind: PeriodKind;
  index: number;
}

const FORMS: readonly { kind: PeriodKind; form: RegExp; index: (parts: number[]) => number | undefined }[] = [
  { kind: 'year', form: /^(\d{4})$/, index: ([year = 0]) => year },
  { kind: 'quarter', form: /^(\d{4})-Q([1-4])$/, index: ([year = 0, quarter = 1]) => year * 4 + quarter - 1 },
  { kind: 'month', form: /^(\d{4})-(\d{2})$/, index: ([year = 0, month = 0]) => (month >= 1 && month <= 12 ? year * 12 + month - 1 : undefined) },
  { kind: 'week', form: /^(\d{4})-W(\d{2})$/, index: ([year = 0, week = 0]) => weekIndex(year, week) },
  { kind: 'day', form: /^(\d{4})-(\d{2})-(\d{2})$/, index: ([year = 0, month = 0, day = 0]) => dayIndex(year, month, day) },
];

/** Reads `2026`, `2026-Q1`, `2026-03`, `2026-W05` or `2026-03-31`; undefined for a period that does not exist. */
export function periodOf(text: string): Period | undefined {
  for (const { kind, form, index } of FORMS) {
    const match = form.exec(text);
    if (!match) continue;
    const place = index(match.slice(1).map(Number));
    return place === undefined ? undefined : { kind, index: place };
  }
  return undefined;
}

/** Writes a period the way it is read. */
export function nameOf(kind: PeriodKind, index: number): string {
  if (kind === 'year') return String(index);
  if (kind === 'quarter') return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`;
  if (kind === 'month') return `${Math.floor(index / 12)}-${two((index % 12) + 1)}`;
  if (kind === 'day') return new Date(index * DAY_MS).toISOString().slice(0, 10);
  const year = new Date((index * 7 + FIRST_MONDAY_DAY + 3) * DAY_MS).getUTCFullYear();
  return `${year}-W${two(index - weekOne(year) + 1)}`;
}

/** First moment of a period. Units: epoch ms. */
export function startOf(kind: PeriodKind, index: number): number {
  if (kind === 'year') return Date.UTC(index, 0, 1) - OFFSET_MS;
  if (kind === 'quarter') return Date.UTC(Math.floor(index / 4), (index % 4) * 3, 1) - OFFSET_MS;
  if (kind === 'month') return Date.UTC(Math.floor(index / 12), index % 12, 1) - OFFSET_MS;
  return (kind === 'week' ? index * 7 + FIRST_MONDAY_DAY : index) * DAY_MS - OFFSET_MS;
}

/** First moment after a period. Units: epoch ms. */
export const endOf = (kind: PeriodKind, index: number): number => startOf(kind, index + 1);

/** Index of the period in which a moment lies. */
export function indexAt(kind: PeriodKind, at: number): number {
  const local = new Date(at + OFFSET_MS);
  if (kind === 'year') return local.getUTCFullYear();
  if (kind === 'quarter') return local.getUTCFullYear() * 4 + Math.floor(local.getUTCMonth() / 3);
  if (kind === 'month') return local.getUTCFullYear() * 12 + local.getUTCMonth();
  const day = Math.floor((at + OFFSET_MS) / DAY_MS);
  return kind === 'day' ? day : Math.floor((day - FIRST_MONDAY_DAY) / 7);
}

/** Index of the last period that ends in the same year, and which share of the year is over at the end of this one. */
export function placeInYear(kind: PeriodKind, index: number): { last: number; share: number } {
  if (kind === 'year') return { last: index, share: 1 };
  const year = new Date(endOf(kind, index) - 1 + OFFSET_MS).getUTCFullYear();
  const last = indexAt(kind, Date.UTC(year + 1, 0, 1) - OFFSET_MS - 1);
  const first = indexAt(kind, Date.UTC(year, 0, 1) - OFFSET_MS);
  return { last, share: Math.min(1, (index - first + 1) / (last - first + 1)) };
}

/** First moment of a day written yyyy-mm-dd. Units: epoch ms. */
export const dayStart = (on: string): number => Date.parse(`${on}T00:00:00Z`) - OFFSET_MS;

const two = (n: number) => String(n).padStart(2, '0');

function dayIndex(year: number, month: number, day: number): number | undefined {
  const at = Date.UTC(year, month - 1, day);
  return new Date(at).getUTCMonth() === month - 1 && day >= 1 ? at / DAY_MS : undefined;
}

/** ISO 8601: week 1 holds the fourth of January. */
const weekOne = (year: number) => Math.floor((Date.UTC(year, 0, 4) / DAY_MS - FIRST_MONDAY_DAY) / 7);

function weekIndex(year: number, week: number): number | undefined {
  const index = weekOne(year) + week - 1;
  return week >= 1 && index < weekOne(year + 1) ? index : undefined;
}
