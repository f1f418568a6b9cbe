import type { Static } from 'typebox';
import { OFFICE_FIELDS, type OfficeField } from '#contract/assignmentImport.ts';
import type { Responsible } from '#contract/topics/case.ts';
import type { AssignmentValues } from '#contract/topics/record.ts';
import { fold } from '../../../../geo/fold.ts';
import { readMoment } from '../../rows/readMoment.ts';
import type { UnitNames } from '../../units/unitNames.ts';
import synonyms from './columns.vi.json' with { type: 'json' };
import words from './words.vi.json' with { type: 'json' };

/** A date without a time is due at the end of its working day. Units: ms. */
const END_OF_DAY_MS = 17 * 3_600_000;

/** Which head fills which field. */
export type OfficeColumns = Partial<Record<OfficeField, string>>;

/** An assignment as a row says it. `isTold`: the row itself says when it was true. */
export interface OfficeAssignment {
  ref: string;
  unit: string;
  at: number;
  isTold: boolean;
  /** The person as the sheet writes it; empty when it names none. */
  responsible: string;
  values: Static<typeof AssignmentValues>;
}

/** A row that was read, or the first thing wrong with it and in which field. */
export type OfficeRead = { assignment: OfficeAssignment } | { field: OfficeField; reason: string };

export interface OfficeDesk {
  names: UnitNames;
  /** Units that the person may write; null = all. */
  scope: ReadonlySet<string> | null;
  now: number;
}

/** Finds the column of each field by its head; marks, case and what stands in brackets do not matter. */
export function findColumns(heads: readonly string[]): OfficeColumns {
  const free = new Map(heads.map((head) => [fold(head.replace(/\(.*?\)/g, '')).trim(), head]));
  const columns: OfficeColumns = {};
  for (const field of OFFICE_FIELDS) {
    const key = synonyms[field].find((word) => free.has(word));
    if (key === undefined) continue;
    columns[field] = free.get(key)!;
    free.delete(key);
  }
  return columns;
}

/** Reads one row. A row without a code of its own is named by its content and unit. */
export function readOfficeRow(cells: Readonly<Record<string, string>>, columns: OfficeColumns, { names, scope, now }: OfficeDesk): OfficeRead {
  const cell = (field: OfficeField): string => {
    const head = columns[field];
    return head === undefined ? '' : (cells[head] ?? '').normalize('NFC').trim().replace(/^'(?=[=+\-@])/, '');
  };
  const wrong = (field: OfficeField, word: keyof typeof words, text = ''): OfficeRead => ({ field, reason: String(words[word]).replace('{text}', text.slice(0, 80)) });
  const damaged = OFFICE_FIELDS.find((field) => cell(field).includes('\ufffd'));
  if (damaged) return wrong(damaged, 'damaged');
  const title = cell('title');
  if (title === '') return wrong('title', 'noTitle');

  const written = cell('unit');
  if (written === '') return wrong('unit', 'noUnit');
  const found = names.find(written, scope);
  if (found.how === 'unknown') return wrong('unit', 'unknownUnit', written);
  if (!('unit' in found)) return { field: 'unit', reason: words[found.how === 'split' ? 'splitUnit' : 'severalUnits'].replace('{text}', written.slice(0, 80)).replace('{names}', found.candidates.slice(0, 4).map(({ fullName, code }) => `${fullName} (${code})`).join(', ')) };
  const unit = found.unit.code;
  if (scope !== null && !scope.has(unit)) return wrong('unit', 'foreignUnit', written);

  if (cell('dueAt') === '') return wrong('dueAt', 'noDue');
  const moments: Partial<Record<OfficeField, number>> = {};
  for (const field of ['startAt', 'dueAt', 'at'] as const) {
    if (cell(field) === '') continue;
    const at = readMoment(cell(field));
    if (at === undefined) return wrong(field, 'moment', cell(field));
    moments[field] = at;
  }
  const due = moments.dueAt!;
  const dueAt = /\d[:h]\d/.test(cell('dueAt')) ? due : due + END_OF_DAY_MS;
  if (moments.startAt !== undefined && dueAt < moments.startAt) return wrong('dueAt', 'order');

  const progress = cell('progress') === '' ? undefined : /^(100|\d{1,2})([.,]0+)?\s*%?$/.exec(cell('progress'))?.[1];
  if (cell('progress') !== '' && progress === undefined) return wrong('progress', 'progress', cell('progress'));
  const done = doneOf(cell('done'));
  if (done === 'unclear') return wrong('done', 'done', cell('done'));
  const blocked = cell('blocked');
  const directive = cell('directive');
  return {
    assignment: {
      ref: cell('ref').slice(0, 120) || `${unit}/${fold(title).replaceAll(' ', '-').slice(0, 100)}`,
      unit,
      at: Math.min(moments.at ?? now, now),
      isTold: moments.at !== undefined,
      responsible: cell('responsible').slice(0, 200),
      values: {
        title: title.slice(0, 300),
        ...(directive === '' ? {} : { directive: directive.slice(0, 120) }),
        dueAt,
        ...(progress === undefined ? {} : { progress: Number(progress) }),
        ...(done === undefined ? {} : { done }),
        ...(moments.startAt === undefined ? {} : { startAt: moments.startAt }),
        ...(blocked === '' ? {} : { blocked: blocked.slice(0, 1000) }),
      },
    },
  };
}

/** The person of the unit that a sheet means, by name or by position and name; undefined when it is nobody or not clear. */
export function personMeant(written: string, unit: string, people: readonly Responsible[]): Responsible | undefined {
  const asked = fold(written);
  const meant = people.filter((one) => one.unit === unit && (fold(one.name) === asked || fold(`${one.position}, ${one.name}`) === asked));
  return meant.length === 1 ? meant[0] : undefined;
}

function doneOf(written: string): boolean | undefined | 'unclear' {
  const said = fold(written);
  if (said === '') return undefined;
  if (words.yesWords.includes(said)) return true;
  return words.noWords.includes(said) ? false : 'unclear';
}
