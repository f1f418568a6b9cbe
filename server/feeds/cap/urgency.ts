import type { AlertKind } from '#contract/topics/alert.ts';
import type { Level } from '#contract/base.ts';
import { fold } from '../../../geo/fold.ts';
import kinds from './kinds.json' with { type: 'json' };

const LEVEL_BY_SEVERITY = new Map<string, Level>([['Extreme', 1], ['Severe', 2], ['Moderate', 3], ['Minor', 4], ['Unknown', 3]]);
const PRESSING = new Set(['Immediate', 'Expected']);
const SURE = new Set(['Observed', 'Likely']);

/** The three scales of CAP as one level: what is pressing and sure keeps its severity, a severe one that is here now is ĐỎ, what is past or doubtful falls by one. */
export function levelOf({ severity, urgency, certainty }: { severity: string; urgency: string; certainty: string }): Level | undefined {
  const level = LEVEL_BY_SEVERITY.get(severity);
  if (level === undefined) return undefined;
  if (level === 2 && urgency === 'Immediate' && certainty === 'Observed') return 1;
  const isDoubtful = urgency === 'Past' || certainty === 'Unlikely' || (!PRESSING.has(urgency) && !SURE.has(certainty));
  return isDoubtful ? (Math.min(4, level + 1) as Level) : level;
}

/** What an event is about: by its words in Vietnamese or English, else by its category. */
export function kindOf(event: string, categories: readonly string[]): AlertKind {
  const words = ` ${fold(event)} `;
  for (const [kind, marks] of kinds.words as [AlertKind, string[]][]) {
    if (marks.some((mark) => words.includes(` ${mark.trim()} `))) return kind;
  }
  const byCategory = kinds.categories as Record<string, AlertKind>;
  const category = categories.find((name) => Object.hasOwn(byCategory, name));
  return category === undefined ? 'environment' : byCategory[category]!;
}
