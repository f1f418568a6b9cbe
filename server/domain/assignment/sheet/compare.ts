import type { Provenance } from '#contract/base.ts';
import type { OfficeField, OfficeRow } from '#contract/assignmentImport.ts';
import type { OfficeAssignment } from './readSheet.ts';
import words from './words.vi.json' with { type: 'json' };

/** What stands here of an assignment. */
export interface KnownAssignment {
  source: string;
  unit: string | null;
  at: number;
  provenance: Provenance;
  values: Record<string, unknown>;
}

const COMPARED = ['title', 'directive', 'dueAt', 'startAt', 'progress', 'done', 'blocked'] as const satisfies readonly OfficeField[];

const moment = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit', day: '2-digit', month: '2-digit', year: 'numeric' });
const said = (field: OfficeField, value: unknown): string => {
  if (value === undefined || value === null || value === '') return words.none;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return (field === 'dueAt' || field === 'startAt' || field === 'at') && typeof value === 'number' ? moment.format(value) : String(value);
};
/** Not done and not said are the same, and so are no progress and none. */
const plain = (field: OfficeField, value: unknown): unknown => (field === 'done' ? value === true : field === 'progress' ? (value ?? 0) : (value ?? null));
/** A sheet writes whole seconds. */
const isSame = (field: OfficeField, a: unknown, b: unknown): boolean => {
  const [one, other] = [plain(field, a), plain(field, b)];
  return typeof one === 'number' && typeof other === 'number' && field.endsWith('At') ? Math.floor(one / 1000) === Math.floor(other / 1000) : one === other;
};

/** What a row would change of what stands here. */
export function changesOf({ unit, values }: OfficeAssignment, known: KnownAssignment): OfficeRow['changes'] {
  const fields = COMPARED.filter((field) => !isSame(field, values[field], known.values[field]));
  const changes = fields.map((field) => ({ field: field as OfficeField, from: said(field, known.values[field]), to: said(field, values[field]) }));
  return unit === known.unit ? changes : [...changes, { field: 'unit', from: known.unit ?? words.none, to: unit }];
}

/** Why a row must not replace what stands here: it tells of a time before it. Whole seconds, as sheets write them. */
export const staleReason = ({ at, isTold }: OfficeAssignment, known: KnownAssignment): string | undefined =>
  isTold && Math.floor(at / 1000) < Math.floor(known.at / 1000) ? words.older.replace('{time}', moment.format(known.at)) : undefined;
