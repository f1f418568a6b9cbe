import type { ScenarioRun } from '#contract/scenario.ts';

/** How a scored course stands: `under-way` until it is over, `left` when it was broken off and nobody is written down. */
export type Verdict = 'under-way' | 'passed' | 'failed' | 'left';

/** Null for what is not scored. A course shown on real data scores nothing. */
export function verdictOf({ score, outOf, passAt, isRehearsal, phase, step, steps }: Pick<ScenarioRun, 'score' | 'outOf' | 'passAt' | 'isRehearsal' | 'phase' | 'step' | 'steps'>): Verdict | null {
  if (score === null || passAt === null || !outOf || !isRehearsal) return null;
  if (phase !== 'ended' && phase !== 'removed') return 'under-way';
  if (step < steps - 1) return 'left';
  return score >= passAt ? 'passed' : 'failed';
}
