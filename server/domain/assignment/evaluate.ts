import type { Static } from 'typebox';
import type { Provenance } from '#contract/base.ts';
import type { AssignmentValues } from '#contract/topics/record.ts';
import type { Forecast } from '#contract/topics/redStatus.ts';
import type { WorkingCalendar } from '../calendar/workingCalendar.ts';
import { type AssignmentRule, inForce } from '../indicator/catalogue.ts';
import type { Verdict } from '../indicator/verdict.ts';

/** An assignment (nhiệm vụ) as its source last told it. `at` is when it said so; without `startAt` the work begins then. */
export interface AssignmentReport {
  values: Static<typeof AssignmentValues>;
  at: number;
  provenance: Provenance;
}

/** Before this share of the time nobody is behind yet. */
const LOW_FROM_SHARE = 0.1;

/**
 * Status of an assignment by the rules in force: ĐỎ from the very moment its day or that of a milestone is over, or when it has
 * been blocked for too many working days; vàng when blocked or nearly due; low when its progress falls behind the time spent.
 */
export function evaluateAssignment({ values, at, provenance }: AssignmentReport, rules: readonly AssignmentRule[], calendar: WorkingCalendar, now: number): Verdict {
  const rule = inForce(rules, now);
  const progress = values.done ? 100 : (values.progress ?? 0);
  const base: Verdict = {
    level: 'green', reason: 'on-time', isLow: false, period: null, value: null, target: null, achievement: null, progress, dueAt: values.dueAt, trend: [],
    forecast: null, provenance, rule: rule?.id ?? '', asOf: at, turnedAt: null, nextCheckAt: null,
  };
  if (values.done) return { ...base, reason: 'done' };
  if (!rule) return { ...base, level: 'grey', reason: 'no-target' };

  const pace = paceOf(values, at, calendar, now, rule.low);
  const judged = [...deadlinesOf(values, at, rule, calendar), { ...pace.soon(rule.amberDays) }];
  const passed = judged.filter((one) => one.at <= now);
  const worst = passed.find(({ level }) => level === 'red') ?? passed.find(({ level }) => level === 'amber');
  const coming = [...judged.map((one) => one.at), ...pace.moments].filter((moment) => moment > now);
  return {
    ...base,
    level: worst?.level ?? 'green',
    reason: worst?.reason ?? 'on-time',
    isLow: pace.isLow,
    achievement: pace.achievement,
    forecast: pace.forecast,
    turnedAt: worst ? Math.max(worst.at, at) : null,
    nextCheckAt: coming.length > 0 ? Math.min(...coming) : null,
  };
}

interface Deadline {
  at: number;
  level: 'red' | 'amber';
  reason: Verdict['reason'];
}

/** Moments from which it is ĐỎ or vàng, the earliest ĐỎ first. */
function deadlinesOf(values: AssignmentReport['values'], at: number, rule: AssignmentRule, calendar: WorkingCalendar): Deadline[] {
  const missed = (values.milestones ?? []).filter(({ done }) => !done).map((one): Deadline => ({ at: one.dueAt, level: 'red', reason: 'milestone-overdue' }));
  const blocked: Deadline[] = values.blocked === undefined ? [] : [
    { at: calendar.addDays(at, rule.blockedRedDays), level: 'red', reason: 'blocked' },
    { at, level: 'amber', reason: 'blocked' },
  ];
  const all: Deadline[] = [{ at: values.dueAt, level: 'red', reason: 'overdue' }, ...missed, ...blocked];
  return all.sort((a, b) => a.at - b.at);
}

/** Progress against working time: what is asked by now, and when the answer changes. */
function paceOf({ startAt, dueAt, progress = 0 }: AssignmentReport['values'], at: number, calendar: WorkingCalendar, now: number, low: number) {
  const begin = Math.min(startAt ?? at, dueAt);
  const whole = calendar.timeBetween(begin, dueAt);
  const spent = calendar.timeBetween(begin, Math.min(now, dueAt));
  const share = whole > 0 ? spent / whole : 1;
  const achievement = share > 0 ? progress / 100 / share : null;
  /** Working time after which this progress is too little. */
  const asked = low > 0 ? progress / 100 / low : Infinity;
  const lowAfter = asked < LOW_FROM_SHARE ? Math.ceil(LOW_FROM_SHARE * whole) : Math.floor(asked * whole) + 1;
  const canBeLow = whole > 0 && lowAfter <= whole;
  return {
    achievement,
    isLow: canBeLow && spent >= lowAfter,
    moments: canBeLow ? [calendar.addTime(begin, lowAfter)] : [],
    forecast: forecastOf({ begin, spent, dueAt, progress }, calendar),
    soon: (days: number): Deadline => ({ at: whole > days * calendar.dayMs ? calendar.addTime(begin, whole - days * calendar.dayMs) : begin, level: 'amber', reason: 'due-soon' }),
  };
}

/** The day it would be done if it goes on as it has. */
function forecastOf({ begin, spent, dueAt, progress }: { begin: number; spent: number; dueAt: number; progress: number }, calendar: WorkingCalendar): Forecast | null {
  if (progress <= 0 || spent <= 0) return null;
  const doneAt = calendar.addTime(begin, Math.min((spent * 100) / progress, 3650 * calendar.dayMs));
  return { period: null, value: null, at: Math.round(doneAt), level: doneAt >= dueAt ? 'red' : 'green' };
}
