import type { Static } from 'typebox';
import type { AssignmentValues } from '#contract/topics/record.ts';
import { evaluateAssignment } from '../../domain/assignment/evaluate.ts';
import { vietnamCalendar } from '../../domain/calendar/vietnam.ts';
import type { RecordState } from '../../domain/door/revise/record.ts';
import type { Catalogue } from '../../domain/indicator/catalogue.ts';
import { evaluateIndicator } from '../../domain/indicator/evaluate.ts';
import type { Queryable } from '../engine/engine.ts';
import { recordTables } from '../topics/record.ts';
import type { Assessed } from './assess.ts';
import { readSeries, type Series, seriesKey } from './values.ts';

/** Ref of the status of an indicator at a unit. */
export const indicatorRef = ({ code, unit }: Series): string => `indicator/${code}/${unit}`;
/** Ref of the status of an assignment. */
export const assignmentRef = (id: string): string => `assignment/${id}`;

/** Judges indicators at units by their values in force. */
export async function judgeIndicators(db: Queryable, series: readonly Series[], { indicators }: Catalogue, now: number): Promise<Assessed[]> {
  const unique = [...new Map(series.map((one) => [seriesKey(one), one])).values()];
  const points = await readSeries(db, unique);
  return unique.flatMap((one): Assessed[] => {
    const indicator = indicators.get(one.code);
    if (!indicator) return [];
    return [{
      ref: indicatorRef(one),
      subject: { topic: 'indicator', code: one.code, title: indicator.name.vi },
      unit: one.unit,
      ward: null,
      verdict: evaluateIndicator(indicator, one.unit, points.get(seriesKey(one)) ?? [], now),
    }];
  });
}

/** Judges assignments as their source last told them. */
export function judgeAssignments(states: readonly RecordState[], { assignmentRules }: Catalogue, now: number): Assessed[] {
  const newest = new Map(states.map((state) => [state.id, state]));
  return [...newest.values()].map(({ id, unit, ward, at, provenance, values }) => {
    const told = values as Static<typeof AssignmentValues>;
    return {
      ref: assignmentRef(id),
      subject: { topic: 'assignment' as const, code: id, title: told.title },
      unit,
      ward,
      verdict: evaluateAssignment({ values: told, at, provenance }, assignmentRules, vietnamCalendar, now),
    };
  });
}

/** Judges again what has a status already, by refs. */
export async function judgeRefs(db: Queryable, refs: readonly string[], catalogue: Catalogue, now: number): Promise<Assessed[]> {
  const series: Series[] = [];
  const ids: string[] = [];
  for (const ref of refs) {
    const [topic, code = '', unit = ''] = ref.split('/');
    if (topic === 'indicator') series.push({ code, unit });
    else ids.push(code);
  }
  const states = (await recordTables.assignment.read(db, ids)).map(({ state }) => state);
  return [...(await judgeIndicators(db, series, catalogue, now)), ...judgeAssignments(states, catalogue, now)];
}
