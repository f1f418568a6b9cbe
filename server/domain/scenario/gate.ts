import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { Preflight, ScenarioWaiver } from '#contract/scenario.ts';
import { passes } from '../policy.ts';

/** Needs whose declared data quality is not met and that no step can show otherwise. */
export const shortNeeds = ({ needs }: Pick<Preflight, 'needs'>): Preflight['needs'] => needs.filter(({ short, hasFallback }) => short !== undefined && !hasFallback);

/**
 * Whether a scenario may begin: with data good enough, or because who leads says so and why; what was waived is then kept with the run.
 * Fails: SCENARIO_QUALITY with what falls short, AUTH_FORBIDDEN for a waiver by anybody else, STATE_REASON.
 */
export function gateOf(found: Pick<Preflight, 'needs'>, asked: { reason: string } | undefined, actor: Principal, at: number): Outcome<ScenarioWaiver | null> {
  const short = shortNeeds(found).flatMap(({ name, short: rows = [] }) => rows.map(({ id, scores }) => ({ need: name, id, scores })));
  if (short.length === 0) return okay(null);
  if (!asked) return refused('SCENARIO_QUALITY', { detail: short.map(({ id, scores }) => `${id}: ${scores.join(', ')}`).join('; ') });
  if (!passes('lead', actor)) return refused('AUTH_FORBIDDEN', { pointer: '/waiver' });
  const reason = asked.reason.trim();
  return reason === '' ? refused('STATE_REASON', { pointer: '/waiver/reason' }) : okay({ by: actor.name, at, reason, short });
}
