import type { AlertState } from '#contract/topics/alert.ts';
import type { ProcedureRun, ProcedureText, RunStep } from '#contract/procedure.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { leadsTo } from './check.ts';

const MINUTE_MS = 60_000;

/** What a person says when a step is done. */
export interface Tick {
  step: string;
  by: string;
  at: number;
  note?: string | undefined;
  answer?: string | undefined;
  media?: readonly string[] | undefined;
}

/** Begins a procedure on an alert: its first step is open, the others wait. */
export function startRun(text: ProcedureText & { version: number }, begin: { id: string; alert: string; by: string; at: number }): ProcedureRun {
  const steps = text.steps.map((step): RunStep => ({ ...step, state: 'waiting', dueAt: null, at: null, by: null, note: null, answer: null, media: [] }));
  const run: ProcedureRun = {
    id: begin.id, alert: begin.alert, code: text.code, version: text.version, title: text.title,
    startedAt: begin.at, startedBy: begin.by, endedAt: null, steps,
  };
  return openStep(run, 0, begin.at);
}

/** Marks the open step as done and opens the one it leads to. The same again: the same run. Fails: PROCEDURE_STEP, PROCEDURE_EVIDENCE. */
export function tickStep(run: ProcedureRun, tick: Tick): Outcome<ProcedureRun> {
  const index = run.steps.findIndex(({ id }) => id === tick.step);
  const step = run.steps[index];
  const note = tick.note?.trim() || null;
  if (step?.state === 'done' && step.note === note && step.answer === (tick.answer ?? null)) return okay(run);
  if (step?.state !== 'open') return refused('PROCEDURE_STEP', { pointer: '/step' });
  const choice = step.branch?.answers.findIndex(({ answer }) => answer === tick.answer);
  if (choice !== undefined && choice < 0) return refused('PROCEDURE_EVIDENCE', { pointer: '/answer' });
  if (step.evidence === 'note' && note === null) return refused('PROCEDURE_EVIDENCE', { pointer: '/note' });
  if (step.evidence === 'photo' && !tick.media?.length) return refused('PROCEDURE_EVIDENCE', { pointer: '/media' });
  const done: RunStep = { ...step, state: 'done', at: tick.at, by: tick.by, note, answer: tick.answer ?? null, media: [...(tick.media ?? [])] };
  const next = leadsTo(run.steps, index)[choice ?? 0] ?? index + 1;
  return okay(advance(run, index, done, next, tick.at));
}

/** Leaves the open step out, with a reason that stays. Fails: PROCEDURE_STEP, STATE_REASON. */
export function skipStep(run: ProcedureRun, skip: { step: string; by: string; at: number; reason: string }): Outcome<ProcedureRun> {
  const index = run.steps.findIndex(({ id }) => id === skip.step);
  const step = run.steps[index];
  const reason = skip.reason.trim();
  if (reason === '') return refused('STATE_REASON', { pointer: '/reason' });
  if (step?.state === 'skipped' && step.note === reason) return okay(run);
  if (step?.state !== 'open') return refused('PROCEDURE_STEP', { pointer: '/step' });
  return okay(advance(run, index, { ...step, state: 'skipped', at: skip.at, by: skip.by, note: reason }, index + 1, skip.at));
}

/** How far a run is, as its alert shows it. Steps a branch passed by count for nothing. */
export function progressOf(run: ProcedureRun): NonNullable<AlertState['procedure']> {
  const count = (state: RunStep['state']) => run.steps.filter((step) => step.state === state).length;
  return { run: run.id, code: run.code, version: run.version, done: count('done'), skipped: count('skipped'), total: run.steps.length - count('passed') };
}

function advance(run: ProcedureRun, index: number, step: RunStep, next: number, at: number): ProcedureRun {
  const steps = run.steps.map((each, place): RunStep => {
    if (place === index) return step;
    return place > index && place < next ? { ...each, state: 'passed' } : each;
  });
  return openStep({ ...run, steps }, next, at);
}

function openStep(run: ProcedureRun, index: number, at: number): ProcedureRun {
  const step = run.steps[index];
  if (!step) return { ...run, endedAt: at };
  const open: RunStep = { ...step, state: 'open', dueAt: at + step.withinMinutes * MINUTE_MS };
  return { ...run, steps: run.steps.map((each, place) => (place === index ? open : each)) };
}
