import type { Static } from 'typebox';
import type { dossierTopic } from '#contract/topics/record.ts';

export type DossierRecord = Static<(typeof dossierTopic)['state']>;

export interface DossierSum {
  received: number;
  onTime: number;
  overdue: number;
}

export interface DossierBoard extends DossierSum {
  /** The unit with the lowest share on time first. */
  units: (DossierSum & { unit: string; share: number })[];
}

const DAY_MS = 86_400_000;
/** Days back from the newest one, where nobody says otherwise. */
export const USUAL_DAYS = 30;
/** Below this share on time a unit stands out. */
export const ON_TIME_LEAST = 0.9;

/** Share of the finished dossiers that kept their deadline. */
export const shareOf = ({ onTime, overdue }: DossierSum): number => (onTime + overdue === 0 ? 1 : onTime / (onTime + overdue));

/** Records of units within the last days, counted from the newest one. */
export function lastOf(records: readonly DossierRecord[], days: number): (DossierRecord & { unit: string })[] {
  const newest = records.reduce((last, { values }) => (values.day > last ? values.day : last), '');
  const from = newest === '' ? '' : new Date(Date.parse(newest) - (days - 1) * DAY_MS).toISOString().slice(0, 10);
  return records.filter((one): one is DossierRecord & { unit: string } => one.unit !== null && one.values.day >= from);
}

/** Dossiers of the last days, in all and by unit. */
export function dossiersOf(records: readonly DossierRecord[], days: number): DossierBoard {
  const units = new Map<string, DossierSum>();
  for (const { unit, values } of lastOf(records, days)) {
    const sum = units.get(unit) ?? { received: 0, onTime: 0, overdue: 0 };
    units.set(unit, { received: sum.received + values.received, onTime: sum.onTime + values.onTime, overdue: sum.overdue + values.overdue });
  }
  const rows = [...units].map(([unit, sum]) => ({ unit, ...sum, share: shareOf(sum) })).sort((a, b) => a.share - b.share || (a.unit < b.unit ? -1 : 1));
  const add = (field: keyof DossierSum) => rows.reduce((sum, row) => sum + row[field], 0);
  return { received: add('received'), onTime: add('onTime'), overdue: add('overdue'), units: rows };
}
