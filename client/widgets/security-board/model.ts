import type { Static } from 'typebox';
import type { Level } from '#contract/base.ts';
import type { securityEventTopic } from '#contract/topics/record.ts';

export type SecurityRecord = Static<(typeof securityEventTopic)['state']>;

const DAY_MS = 86_400_000;

/** Events of the last day up to a severity: the gravest first, then the newest, with how many there are of each. */
export function eventsOf(records: readonly SecurityRecord[], now: number, most: number): { events: SecurityRecord[]; counts: { level: Level; count: number }[] } {
  const events = records.filter(({ at, values }) => at > now - DAY_MS && values.severity <= most).sort((a, b) => a.values.severity - b.values.severity || b.at - a.at);
  const counts = ([1, 2, 3, 4] as const).filter((level) => level <= most).map((level) => ({ level, count: events.filter(({ values }) => values.severity === level).length }));
  return { events, counts };
}
