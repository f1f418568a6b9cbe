import type { Obligation } from '#contract/red.ts';
import type { CaseState } from '#contract/topics/case.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { vietnamCalendar } from '../calendar/vietnam.ts';
import type { Indicator } from '../indicator/catalogue.ts';
import { reportDueAt } from '../indicator/evaluate.ts';
import { indexAt, periodOf, startOf } from '../indicator/period.ts';
import { casePolicy } from './policy.ts';
import texts from './obligations.vi.json' with { type: 'json' };

const DAY_MS = 86_400_000;
/** Units: ms local, Asia/Ho_Chi_Minh. */
const OFFSET_MS = 7 * 3_600_000;

/** Something due before it is told how loudly it reminds. */
export type Due = Omit<Obligation, 'stage' | 'isOverdue'>;

/** Late from the very moment on: 15:00:00 is late, 14:59:59 is not. */
export const isLate = (dueAt: number, now: number): boolean => now >= dueAt;

/** How loudly it reminds: 0 far, 1 and 2 near, 3 the last working day or just overdue, 4 overdue for long. */
export function reminderStage(dueAt: number, now: number): Obligation['stage'] {
  const { dayMs } = vietnamCalendar;
  const [first, second, last] = casePolicy.reminderWorkingDays;
  if (isLate(dueAt, now)) return vietnamCalendar.timeBetween(dueAt, now) >= casePolicy.longOverdueWorkingDays * dayMs ? 4 : 3;
  if (dueAt - now > 3 * first * DAY_MS) return 0;
  const left = vietnamCalendar.timeBetween(now, dueAt) / dayMs;
  return left <= last ? 3 : left <= second ? 2 : left <= first ? 1 : 0;
}

/** Obligations with their reminders, in order of time. */
export function remind(dues: readonly Due[], now: number): Obligation[] {
  return dues.map((due) => ({ ...due, stage: reminderStage(due.dueAt, now), isOverdue: isLate(due.dueAt, now) })).sort((a, b) => a.dueAt - b.dueAt || a.id.localeCompare(b.id));
}

/** Reports that fall due in a time: the weekly one and the monthly RED report. */
export function reportsDue(from: number, to: number): Due[] {
  const dues: Due[] = [];
  for (let day = Math.floor((from + OFFSET_MS) / DAY_MS); day * DAY_MS - OFFSET_MS <= to; day += 1) {
    const date = new Date(day * DAY_MS);
    const on = date.toISOString().slice(0, 10);
    const { weeklyReport, monthlyReport } = casePolicy;
    if ((date.getUTCDay() || 7) === weeklyReport.weekday) dues.push(reportDue('weekly-report', on, weeklyReport.time));
    if (date.getUTCDate() === monthlyReport.day) dues.push(reportDue('monthly-report', on, monthlyReport.time));
  }
  return dues.filter(({ dueAt }) => dueAt >= from && dueAt <= to);
}

/** What open cases owe: their plan, their milestones, answers to their obstacles. */
export function caseDues(cases: readonly CaseState[]): Due[] {
  return cases.filter(({ state }) => state !== 'closed').flatMap((one): Due[] => {
    const about = one.id;
    const needsPlan = one.state === 'opened' || one.state === 'acknowledged' || one.state === 'planned';
    return [
      ...(needsPlan ? [due('case-plan', `${one.id}.plan`, `${texts['case-plan']}: ${one.title}`, one.unit, one.dueAt, about)] : []),
      ...one.milestones.filter(({ keptAt }) => keptAt === null).map((step) => due('milestone', `${one.id}.${step.id}`, step.title, one.unit, step.dueAt, about)),
      ...one.obstacles.filter(({ answeredAt }) => answeredAt === null).map((asked) => due('obstacle', `${one.id}.${asked.id}`, asked.text, asked.unit, asked.dueAt, about)),
    ];
  });
}

/** Handling requests that are not carried out. */
export function requestDues(requests: readonly HandlingRequestState[]): Due[] {
  return requests
    .filter(({ step, about }) => step !== 'carried-out' && step !== 'verified' && step !== 'returned' && about?.topic !== 'case')
    .map(({ id, title, unit, dueAt }) => due('handling-request', id, title, unit, dueAt, id));
}

/** Assignments that are not done, and the next value each indicator owes. */
export function statusDues(statuses: readonly RedStatusState[], indicators: ReadonlyMap<string, Indicator>): Due[] {
  return statuses.flatMap((status): Due[] => {
    const { subject, dueAt, id, unit } = status;
    if (subject.topic === 'assignment') return dueAt !== null && status.reason !== 'done' ? [due('assignment', id, subject.title, unit, dueAt, id)] : [];
    const indicator = indicators.get(subject.code);
    const newest = status.period === null ? undefined : periodOf(status.period);
    if (!indicator || !newest) return [];
    return [due('indicator-value', `${id}.value`, `${texts['indicator-value']}: ${subject.title}`, unit, reportDueAt(indicator, newest.index + 1), id)];
  });
}

/** The local day a moment lies in. Units: epoch ms, `from` ≤ t < `to`. */
export function dayOf(at: number): { from: number; to: number } {
  const from = startOf('day', indexAt('day', at));
  return { from, to: from + DAY_MS };
}

const due = (kind: Due['kind'], id: string, title: string, unit: string | null, dueAt: number, about: string | null): Due => ({ id, kind, title, unit, dueAt, about, dataSet: null });

const reportDue = (kind: 'weekly-report' | 'monthly-report', on: string, time: string) =>
  due(kind, `${kind}-${on}`, texts[kind], null, Date.parse(`${on}T${time}:00+07:00`), null);
