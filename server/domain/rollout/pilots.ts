import type { PilotPlan, PilotStanding } from '#contract/rollout.ts';

const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
const laterOf = (a: string, b: string) => (a > b ? a : b);

/**
 * How a pilot keeps what was first planned: a plan that is moved does not make a delay go away.
 * `on` is the day of asking; a pilot that never began counts its delay until the end of its baseline.
 */
export function standingOf(id: string, revisions: number, plan: PilotPlan, baseline: PilotPlan, on: string): PilotStanding {
  const hasBegun = plan.beganOn !== null && plan.beganOn <= on;
  const isOver = plan.endedOn !== null && plan.endedOn <= on;
  const until = on < baseline.plannedTo ? on : baseline.plannedTo;
  const lateStart = hasBegun ? Math.max(0, daysBetween(baseline.plannedFrom, plan.beganOn!)) : Math.max(0, daysBetween(baseline.plannedFrom, until));
  const overrun = isOver || on > baseline.plannedTo ? Math.max(0, daysBetween(baseline.plannedTo, isOver ? plan.endedOn! : on)) : 0;
  const lateDays = hasBegun ? Math.max(lateStart, overrun) : lateStart;
  const state = isOver ? 'ended' : hasBegun ? (lateDays > 0 ? 'late' : 'running') : on > baseline.plannedFrom ? 'not-started' : 'planned';
  return { id, state, isRed: lateDays > 0, lateDays, movedDays: daysBetween(baseline.plannedTo, laterOf(plan.plannedTo, plan.plannedFrom)), revisions, plan, baseline };
}

/** What is wrong with the dates of a plan, as the pointer of the first field; undefined when they follow each other. */
export function wrongDate({ plannedFrom, plannedTo, beganOn, endedOn }: PilotPlan): string | undefined {
  const days: [string, string | null][] = [['plannedFrom', plannedFrom], ['plannedTo', plannedTo], ['beganOn', beganOn], ['endedOn', endedOn]];
  const bad = days.find(([, day]) => day !== null && !isDay(day));
  if (bad) return `/body/${bad[0]}`;
  if (plannedTo < plannedFrom) return '/body/plannedTo';
  return endedOn !== null && (beganOn === null || endedOn < beganOn) ? '/body/endedOn' : undefined;
}

const isDay = (day: string) => !Number.isNaN(Date.parse(day)) && new Date(Date.parse(day)).toISOString().startsWith(day);
