import Type, { type Static } from 'typebox';
import { Closed, UnitCode } from '#contract/base.ts';
import { Bilingual, type DataSetAnswer, type PilotArea, type Share } from '#contract/red.ts';
import { remind } from './obligations.ts';

const DAY_MS = 86_400_000;
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** Figures of a letter as they are kept: counts and dates, never more than the letter says. */
export const DataSetFile = Closed({
  id: Type.String({ pattern: '^[a-z0-9-]+$' }),
  name: Type.String(),
  province: Closed({ code: UnitCode, name: Type.String() }),
  /** District-level units of the province in the time of the letter. */
  districts: Type.Array(Type.String(), { minItems: 1 }),
  from: Day,
  to: Day,
  source: Type.String(),
  shares: Type.Array(Closed({ id: Type.String(), label: Bilingual, count: Type.Integer({ minimum: 0 }), of: Type.Integer({ minimum: 1 }) })),
  pilots: Type.Array(Closed({ area: Type.String(), vendor: Type.String(), plannedFrom: Day, plannedTo: Day, beganOn: Type.Optional(Day), isStarted: Type.Optional(Type.Boolean()) })),
  obligations: Type.Array(Closed({ id: Type.String(), title: Type.String(), dueAt: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\+07:00$' }) })),
});
export type DataSet = Static<typeof DataSetFile>;

/** A share as the letters print it: `229/414 (55,3 %)`. Units: per cent with one decimal. */
export function shareText(count: number, of: number): { percent: number; text: string } {
  const percent = Math.round((count / of) * 1000) / 10;
  return { percent, text: `${count}/${of} (${percent.toFixed(1).replace('.', ',')} %)` };
}

/** The data set with its shares, its pilot areas and the letters' dates. */
export function answerOf(set: DataSet, now: number): DataSetAnswer {
  const { id, name, province, from, to, source } = set;
  return {
    id, name, province, from, to, source,
    shares: set.shares.map((share): Share => ({ ...share, ...shareText(share.count, share.of) })),
    pilots: set.pilots.map((pilot) => pilotOf(pilot, to)),
    obligations: remind(set.obligations.map(({ id: letter, title, dueAt }) => ({ id: letter, kind: 'letter' as const, title, unit: null, dueAt: Date.parse(dueAt), about: null, dataSet: name })), now),
  };
}

/** What the letter says of one area: begun late by so many days, not begun at all, or nothing. */
export function pilotOf({ isStarted, ...pilot }: DataSet['pilots'][number], asOf: string): PilotArea {
  const named = { area: pilot.area, vendor: pilot.vendor, plannedFrom: pilot.plannedFrom, plannedTo: pilot.plannedTo, beganOn: pilot.beganOn ?? null };
  if (pilot.beganOn !== undefined) {
    const lateDays = Math.max(0, daysBetween(pilot.plannedFrom, pilot.beganOn));
    const state = lateDays > 0 ? 'late' : 'on-time';
    return { ...named, state, lateDays, level: lateDays > 0 ? 'red' : 'green', text: lateDays > 0 ? { vi: `chậm ${lateDays} ngày`, en: `${lateDays} days late` } : { vi: 'đúng hạn', en: 'on time' } };
  }
  if (isStarted === false) {
    const until = asOf < pilot.plannedTo ? asOf : pilot.plannedTo;
    return { ...named, state: 'not-started', lateDays: daysBetween(pilot.plannedFrom, until), level: 'red', text: { vi: 'chưa triển khai', en: 'not begun' } };
  }
  return { ...named, state: 'unknown', lateDays: null, level: 'grey', text: { vi: 'văn bản không nêu', en: 'not said in the letter' } };
}

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
