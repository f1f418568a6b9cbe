import { fold, foldName } from '../../../geo/fold.ts';

/** A unit of an earlier time as the units of today that took its place. Units: days in force, `until` is the day after the last. */
export interface FormerUnit {
  id: string;
  name: string;
  province: string;
  units: readonly string[];
}

/** The first day of two levels without districts. */
export const TWO_LEVELS_FROM = '2025-07-01';

/** Which organisation a day belongs to. */
export type Era = 'districts' | 'two-levels';
export const eraOn = (day: string): Era => (day < TWO_LEVELS_FROM ? 'districts' : 'two-levels');

/** Shares a whole number out by weight without losing or making any: the largest remainders get what is left over. Equal remainders go to the earlier. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum <= 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const order = exact.map((value, place) => ({ place, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest || a.place - b.place);
  let left = total - shares.reduce((all, share) => all + share, 0);
  for (const { place } of order) {
    if (left <= 0) break;
    shares[place]! += 1;
    left -= 1;
  }
  return shares;
}

/** The total of one unit of a time. `isEstimate`: a part of it was shared out because today's unit lies in several of that time. */
export interface TimedTotal {
  id: string;
  name: string;
  total: number;
  isEstimate: boolean;
}

/**
 * Totals counted by today's units as they stood among the units of an earlier time. What lies in several is shared out evenly;
 * what lies in none is told apart. The sum never changes.
 */
export function regroup(totals: ReadonlyMap<string, number>, former: readonly FormerUnit[]): { rows: TimedTotal[]; unplaced: number } {
  const rows = new Map(former.map(({ id, name }) => [id, { id, name, total: 0, isEstimate: false }]));
  let unplaced = 0;
  for (const [code, total] of totals) {
    const holders = former.filter(({ units }) => units.includes(code));
    if (holders.length === 0) {
      unplaced += total;
      continue;
    }
    const shares = apportion(total, holders.map(() => 1));
    for (const [place, { id }] of holders.entries()) {
      const row = rows.get(id)!;
      row.total += shares[place]!;
      row.isEstimate ||= holders.length > 1 && total > 0;
    }
  }
  return { rows: [...rows.values()].sort((a, b) => b.total - a.total || a.name.localeCompare(b.name, 'vi')), unplaced };
}

/** Finds a district or city of before by its bare name: "Cư M'gar" is "huyện Cư M'gar". */
export function formerNamed(former: readonly FormerUnit[], province: string, name: string): FormerUnit | undefined {
  const wanted = fold(name);
  return former.find((one) => one.province === province && (foldName(one.name) === wanted || fold(one.name) === wanted));
}
