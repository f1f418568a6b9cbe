import type { Provenance } from '#contract/base.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { Settings } from './settings.ts';

/** A status of a unit that is RED, with where its value comes from. */
export type RedRow = RedStatusState & { unit: string; provenance: Provenance };

export interface RedUnit {
  unit: string;
  count: number;
  /** The moment its oldest red turned RED. */
  since: number;
  /** One of its reds is made up: said in the unit's own line. */
  isSimulated: boolean;
}

/** What is RED under the rules in force. A status of no data cannot be red, one of nobody is not on the board. */
export function redRows(statuses: readonly RedStatusState[], { codes }: Settings): RedRow[] {
  return statuses.filter((one): one is RedRow => one.level === 'red' && one.unit !== null && one.provenance !== null && (codes === undefined || codes.includes(one.subject.code)));
}

/** Units by number of reds, then by the longest time in RED. */
export function redUnits(rows: readonly RedRow[]): RedUnit[] {
  const units = new Map<string, RedUnit>();
  for (const { unit, redSince, since, provenance } of rows) {
    const known = units.get(unit) ?? { unit, count: 0, since: Infinity, isSimulated: false };
    units.set(unit, { unit, count: known.count + 1, since: Math.min(known.since, redSince ?? since), isSimulated: known.isSimulated || provenance === 'simulated' });
  }
  return [...units.values()].sort((a, b) => b.count - a.count || a.since - b.since || a.unit.localeCompare(b.unit));
}

const DAY_MS = 86_400_000;
/** Whole days since a moment. */
export const daysSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / DAY_MS));
