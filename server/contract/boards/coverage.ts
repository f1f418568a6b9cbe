import type { Provenance } from '#contract/base.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';

/** A pair of indicators: of all machines there are, and of those that are watched. */
export interface Kind {
  label: string;
  all: string;
  watched: string;
}

/** Machines of the units where nobody says otherwise. */
export const USUAL: readonly Kind[] = [
  { label: 'Máy chủ', all: 'ATTT-01', watched: 'ATTT-02' },
  { label: 'Máy trạm', all: 'ATTT-03', watched: 'ATTT-04' },
];

/** How many of a kind are watched. `grown` since the oldest period that is known; null while there is only one. */
export interface Covered {
  watched: number;
  all: number;
  share: number;
  grown: number | null;
  since: string | null;
}

export interface Coverage {
  kinds: { label: string; covered: Covered | null }[];
  /** The unit with the smallest share first; `covered` stands in the order of the kinds. */
  units: { unit: string; covered: (Covered | null)[] }[];
}

/** A status of one of the pairs that has a value, with where the value comes from. */
export type CoverageStatus = RedStatusState & { unit: string; provenance: Provenance };

/** The statuses the board speaks of. */
export const statusesOf = (statuses: readonly RedStatusState[], kinds: readonly Kind[]): CoverageStatus[] =>
  statuses.filter((one): one is CoverageStatus => one.subject.topic === 'indicator' && one.unit !== null && one.provenance !== null && kinds.some(({ all, watched }) => [all, watched].includes(one.subject.code)));

const spokenOf = ({ trend }: RedStatusState) => trend.flatMap(({ period, value }) => (value === null ? [] : [{ period, value }])).sort((a, b) => a.period.localeCompare(b.period));

function coveredOf(all: RedStatusState | undefined, watched: RedStatusState | undefined): Covered | null {
  if (!all || !watched || all.value === null || watched.value === null) return null;
  const course = spokenOf(watched);
  const first = course.length > 1 ? course[0]! : null;
  return { watched: watched.value, all: all.value, share: all.value === 0 ? 0 : watched.value / all.value, grown: first && watched.value - first.value, since: first?.period ?? null };
}

function summed(parts: readonly (Covered | null)[]): Covered | null {
  const known = parts.filter((one) => one !== null);
  if (known.length === 0) return null;
  const add = (pick: (one: Covered) => number) => known.reduce((sum, one) => sum + pick(one), 0);
  const [watched, all] = [add((one) => one.watched), add((one) => one.all)];
  const grown = known.filter((one) => one.grown !== null);
  return { watched, all, share: all === 0 ? 0 : watched / all, grown: grown.length === 0 ? null : add((one) => one.grown ?? 0), since: grown.map(({ since }) => since!).sort()[0] ?? null };
}

/** What the indicators of a scene's pairs say together and unit by unit; a unit that told only one side of a pair is not guessed at. */
export function coverageOf(statuses: readonly RedStatusState[], kinds: readonly Kind[]): Coverage {
  const byUnit = Map.groupBy(statusesOf(statuses, kinds), ({ unit }) => unit);
  const units = [...byUnit].map(([unit, own]) => {
    const find = (code: string) => own.find(({ subject }) => subject.code === code);
    return { unit, covered: kinds.map(({ all, watched }) => coveredOf(find(all), find(watched))) };
  }).filter(({ covered }) => covered.some((one) => one !== null));
  const least = (covered: readonly (Covered | null)[]) => Math.min(...covered.flatMap((one) => (one ? [one.share] : [])));
  return {
    kinds: kinds.map(({ label }, place) => ({ label, covered: summed(units.map(({ covered }) => covered[place] ?? null)) })),
    units: units.sort((a, b) => least(a.covered) - least(b.covered) || a.unit.localeCompare(b.unit)),
  };
}
