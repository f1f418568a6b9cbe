import type { PeriodKind } from '#contract/red.ts';
import { fold } from '../../../../geo/fold.ts';
import { dayStart, indexAt, nameOf, periodOf, type Period } from '../period.ts';
import type { Cell } from './cell.ts';

const ROMAN: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 };
const two = (text: string) => text.padStart(2, '0');

interface Form {
  form: RegExp;
  read: (parts: readonly string[]) => string | undefined;
}

/** Days, then shorter ways of writing; over folded text, where `/`, `-` and `.` have become spaces. */
const FORMS: readonly Form[] = [
  { form: /^(\d{1,2}) (\d{1,2}) (\d{4})$/, read: ([day = '', month = '', year = '']) => `${year}-${two(month)}-${two(day)}` },
  { form: /^(\d{4}) (\d{1,2}) (\d{1,2})(?: 0+){0,3}$/, read: ([year = '', month = '', day = '']) => `${year}-${two(month)}-${two(day)}` },
  { form: /^(?:thang|t)? ?(\d{1,2}) (?:nam )?(\d{4})$/, read: ([month = '', year = '']) => `${year}-${two(month)}` },
  { form: /^(\d{4}) (\d{1,2})$/, read: ([year = '', month = '']) => `${year}-${two(month)}` },
  { form: /^(?:quy|q) ?(i{1,3}|iv|[1-4]) (?:nam )?(\d{4})$/, read: ([quarter = '', year = '']) => `${year}-Q${ROMAN[quarter] ?? quarter}` },
  { form: /^(\d{4}) q([1-4])$/, read: ([year = '', quarter = '']) => `${year}-Q${quarter}` },
  { form: /^(?:tuan|w) ?(\d{1,2}) (?:nam )?(\d{4})$/, read: ([week = '', year = '']) => `${year}-W${two(week)}` },
  { form: /^(\d{4}) w(\d{1,2})$/, read: ([year = '', week = '']) => `${year}-W${two(week)}` },
  { form: /^(?:nam )?(\d{4})$/, read: ([year = '']) => year },
];
/** Days that a spreadsheet counts from 1899-12-30, for the years 1982 to 2063: what a date looks like when its format was lost. */
const SERIAL = { first: 30_000, last: 60_000, origin: Date.UTC(1899, 11, 30) };
const DAY_MS = 86_400_000;

/** Reads the period of a cell: a date, `31/10/2026`, `2026-10-31`, `31.10.2026`, `10/2026`, `tháng 10 năm 2026`, `quý III/2026`, `2026`. A day stands for the period of `kind` it lies in. Undefined when it can not be read. */
export function readSheetPeriod(cell: Cell, kind: PeriodKind): Period | undefined {
  const read = cell.on ?? serialDay(cell) ?? nameIn(fold(cell.text));
  const period = read === undefined ? undefined : periodOf(read);
  if (period?.kind !== 'day' || kind === 'day') return period;
  return { kind, index: indexAt(kind, dayStart(nameOf('day', period.index))) };
}

function serialDay({ number }: Cell): string | undefined {
  if (number === undefined || number < SERIAL.first || number > SERIAL.last) return undefined;
  return new Date(SERIAL.origin + Math.floor(number) * DAY_MS).toISOString().slice(0, 10);
}

function nameIn(text: string): string | undefined {
  for (const { form, read } of FORMS) {
    const match = form.exec(text);
    if (match) return read(match.slice(1));
  }
  return undefined;
}
