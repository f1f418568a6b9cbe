import type { Outcome } from '#contract/faults.ts';
import type { GoalsAnswer, GoalTarget, SetTarget } from '#contract/goal.ts';
import type { Scope } from '../scope.ts';

/** Goals, what they are measured by, and who answers for them. */
export interface GoalsPort {
  tree(scope: Scope): Promise<Outcome<GoalsAnswer>>;
  /** Fails: NOT_FOUND for an unknown goal, INGEST_UNIT. */
  charge(goal: string, unit: string | null, scope: Scope): Promise<Outcome<GoalsAnswer>>;
  /** Puts a target in force and judges its indicator anew. Fails: NOT_FOUND for an unknown indicator, INGEST_UNIT, REQUEST_BODY for an end before its beginning. */
  set(target: SetTarget, scope: Scope): Promise<Outcome<GoalTarget>>;
  /** Takes a target back; the one below it holds again. Fails: NOT_FOUND. */
  withdraw(id: string, scope: Scope): Promise<Outcome<GoalsAnswer>>;
}
