import type { Outcome } from '#contract/faults.ts';
import type { Scene } from '#contract/wall.ts';
import type { Preflight, Scenario, ScenarioFault, ScenarioRun, ScenarioSummary, TrainingRecord } from '#contract/scenario.ts';

/** Scenarios, their runs, and who learned from them. */
export interface ScenariosPort {
  list(): ScenarioSummary[];
  /** Stages and scenes a step may show. */
  stages(): Scene[];
  get(id: string): Scenario | undefined;
  /** The file as people edit it: one file holds the whole scenario. Fails: SCENARIO_UNKNOWN. */
  file(id: string): Outcome<string>;
  /** Files that could not be taken, and what in the others names something that is not there. */
  faults(): Promise<ScenarioFault[]>;
  /** What would be empty if it were shown now. Fails: SCENARIO_UNKNOWN, WALL_UNKNOWN. */
  preflight(id: string, wall: string): Promise<Outcome<Preflight>>;
  /** Newest first. */
  runs(): Promise<Outcome<ScenarioRun[]>>;
  run(id: string): Promise<Outcome<ScenarioRun>>;
  /** Rehearsals whose things are still there. */
  rehearsals(): readonly string[];
  /** Newest first, with a mark on those of `reader`. */
  trainings(reader: string): Promise<Outcome<TrainingRecord[]>>;
}
