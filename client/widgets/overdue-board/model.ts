import type { Provenance } from '#contract/base.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { barredLinePx, linePx, rowsIn } from '../../ui/room.ts';
import type { Settings } from './settings.ts';

/** A piece of work that is not done yet. */
export interface OpenWork {
  unit: string | null;
  dueAt: number;
  provenance: Provenance;
}

export interface OverdueBoard {
  overdue: number;
  /** Of these, late already a week ago. */
  sinceLastWeek: number;
  total: number;
  units: { code: string; overdue: number; total: number }[];
}

const DONE = new Set<HandlingRequestState['step']>(['carried-out', 'verified', 'returned']);
const OPEN = new Set<FeedbackState['state']>(['received', 'assigned', 'in-progress']);

/** Handling requests not carried out and reports without a result; each is counted once. */
export function workOf(requests: readonly HandlingRequestState[], feedback: readonly FeedbackState[], { about }: Settings): OpenWork[] {
  const asked = about === 'feedback' ? [] : requests.filter((request) => !DONE.has(request.step));
  const reports = about === 'handling-request' ? [] : feedback.filter((report) => OPEN.has(report.state) && report.requestId === null && report.duplicateOf === null);
  return [...asked, ...reports].map(({ unit, dueAt, provenance }) => ({ unit, dueAt, provenance }));
}

const WEEK_MS = 7 * 86_400_000;

/** What is past its deadline, by unit: the unit with the most first. Work of nobody stands under the empty code. */
export function boardOf(work: readonly OpenWork[], now: number): OverdueBoard {
  const units = new Map<string, { code: string; overdue: number; total: number }>();
  for (const { unit, dueAt } of work) {
    const code = unit ?? '';
    const row = units.get(code) ?? { code, overdue: 0, total: 0 };
    units.set(code, row);
    row.total++;
    if (dueAt < now) row.overdue++;
  }
  return {
    overdue: work.filter((one) => one.dueAt < now).length,
    sinceLastWeek: work.filter((one) => one.dueAt < now - WEEK_MS).length,
    total: work.length,
    units: [...units.values()].filter((row) => row.overdue > 0).sort((a, b) => b.overdue - a.overdue || a.code.localeCompare(b.code)),
  };
}

/** Units that have room under the sum and the two lines that explain it. Units: pixels. */
export const unitsIn = (heightPx: number, arcMinutePx: number): number => rowsIn(heightPx - linePx(36, arcMinutePx) - linePx(16, arcMinutePx) * 2, barredLinePx(20, arcMinutePx));
