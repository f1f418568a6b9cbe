import type { RuleSubject } from '#contract/alertRule.ts';

/** Classes of road a rule may watch, the busiest first. */
const ROADS = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary'] as const;

/** What a rule may be limited to, by what it watches; none where a code is written by hand. What a rule says already is kept, known or not. */
export function choicesOf(of: RuleSubject['of'], known: { sensors: Iterable<string>; services: Iterable<string> }, present: string): string[] {
  const offered: string[] = { sensor: [...new Set(known.sensors)].sort(), traffic: [...ROADS], feedback: [...known.services], indicator: [] as string[] }[of];
  return offered.length > 0 && present !== '' && !offered.includes(present) ? [...offered, present] : offered;
}
