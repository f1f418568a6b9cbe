import { createHash } from 'node:crypto';
import type { Figure, FigureRow, ReportProvenance, Run } from '#contract/report.ts';
import type { Counted } from '../domain/ports/reports.ts';
import { canonicalJson } from '../domain/door/canonical.ts';
import rawForms from './figures.vi.json' with { type: 'json' };
import words from './words.vi.json' with { type: 'json' };

interface FigureForm {
  form: 'share' | 'count';
  /** No row means that nothing was sent, not that the count is 0. */
  needsRows?: boolean;
  label: string;
  /** What is counted, and of what; the figure follows after a colon, so that no noun stands behind its brackets. */
  phrase: string;
}
const FORMS = new Map(Object.entries(rawForms as Record<string, FigureForm>));

const integer = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A part of a figure is written like the whole: `indicator-values.health`. */
const formOf = (id: string) => FORMS.get(id.split('.')[0]!);

/** SHA-256 over the canonical form of anything. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** `229/414 (55,3 %)`, or the count alone when there is nothing to divide by. */
export function shareText(part: number, whole: number | null): string {
  if (whole === null) return integer.format(part);
  const share = whole === 0 ? '' : ` (${oneDigit.format((100 * part) / whole)} %)`;
  return `${integer.format(part)}/${integer.format(whole)}${share}`;
}

/** Where rows come from taken together; null when there are none. */
export function provenanceOfRows(rows: readonly { provenance: ReportProvenance }[]): ReportProvenance | null {
  const kinds = new Set(rows.map(({ provenance }) => provenance));
  return kinds.size > 1 ? 'mixed' : ([...kinds][0] ?? null);
}

/** What must stand in the same line as a figure that is not measured. */
export function markOf(provenance: ReportProvenance | null): string {
  if (provenance === null || provenance === 'real') return '';
  return ` (${{ simulated: words.simulated, mixed: words.mixed, manual: words.manual }[provenance]})`;
}

const sum = (rows: readonly FigureRow[], of: 'part' | 'whole') => rows.reduce((total, row) => total + row[of], 0);

/** A figure from the rows it counts. Fails: throws for a name without a form. */
export function figureOf(id: string, { rows, query }: Counted, asOf: number, before?: Counted): Figure {
  const form = formOf(id);
  if (!form) throw new Error(`figure ${id} has no form`);
  const of = form.form === 'share' ? sum(rows, 'whole') : null;
  const count = sum(rows, 'part');
  return {
    id, label: form.label, count, of, text: form.needsRows && rows.length === 0 ? words.none : shareText(count, of),
    before: before && !(form.needsRows && before.rows.length === 0) ? shareText(sum(before.rows, 'part'), form.form === 'share' ? sum(before.rows, 'whole') : null) : null,
    provenance: provenanceOfRows(rows), asOf, query, hash: hashOf(rows), rows: rows.length,
  };
}

/** A sentence around a figure: the figure, its mark and its place in the annex stand in one run. */
export function phraseOf(figure: Figure, place: number): Run[] {
  const before = figure.before === null ? '' : `; kỳ trước: ${figure.before}${markOf(figure.provenance)}`;
  return [{ text: `${formOf(figure.id)?.phrase ?? figure.label}: ` }, { text: `${figure.text}${markOf(figure.provenance)} [${place}]`, figure: figure.id }, { text: `${before}.` }];
}
