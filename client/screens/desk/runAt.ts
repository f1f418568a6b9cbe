import type { ProcedureRun, RunStep } from '#contract/procedure.ts';

const SECOND_MS = 1000;

/** A procedure as it stood at a moment of the past, told by whole seconds; undefined before it was started. */
export function runAt(run: ProcedureRun, moment: number): ProcedureRun | undefined {
  const isBy = (at: number | null): boolean => at !== null && at < moment + SECOND_MS;
  if (!isBy(run.startedAt)) return undefined;
  const isUndone = (step: RunStep): boolean => step.state === 'open' || (step.at !== null && !isBy(step.at));
  const open = run.steps.find(isUndone)?.id;
  const after = open === undefined ? run.steps.length : run.steps.findIndex(({ id }) => id === open);
  return {
    ...run,
    endedAt: isBy(run.endedAt) ? run.endedAt : null,
    steps: run.steps.map((step, order) => (order < after ? step : { ...step, state: order === after ? 'open' : 'waiting', dueAt: order === after ? step.dueAt : null, at: null, by: null, note: null, answer: null, media: [] })),
  };
}
