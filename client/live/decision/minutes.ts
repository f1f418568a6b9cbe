import type { ScenarioRun } from '#contract/scenario.ts';

/** Spans a record can be made of when no scenario is told. Units: minutes. */
export const MINUTES = [30, 60, 180, 480];
const MINUTE_MS = 60_000;
/** A record is of one day at most. */
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The newest run on a wall of which a record can be made: what a rehearsal made up must still be there. Units: domain time, epoch ms. */
export const toldRun = (runs: readonly ScenarioRun[], wall: string, now: number): ScenarioRun | undefined =>
  runs.find((run) => run.wall === wall && run.phase !== 'removed' && now - run.startedAt < DAY_MS);

/** What the door is asked for. Units: domain time, epoch ms. */
export function spanOf(choice: string, run: ScenarioRun | undefined, now: number): Record<string, string> {
  const until = Math.floor(now);
  if (choice === 'run' && run) return { from: String(Math.max(run.startedAt, until - DAY_MS)), until: String(until), run: run.id };
  return { from: String(until - (Number(choice) || 60) * MINUTE_MS), until: String(until) };
}
