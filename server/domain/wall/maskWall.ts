import type { PastWall, WallLogLine } from '#contract/past.ts';
import type { ScheduledWall, WallState } from '#contract/wall.ts';
import type { Scope } from '../scope.ts';

/** What stands where a text was taken away. */
export const MASK = '•••';

/**
 * A wall as a party may see it. A wall belongs to the centre and names alerts of every unit; a party of some units gets its
 * arrangement, but of those alerts nothing that can be read.
 */
export function maskWall(scheduled: ScheduledWall, scope: Scope): ScheduledWall {
  const titles = titlesOn(scheduled.state, scope);
  return titles.length === 0 ? scheduled : (without(scheduled, titles) as ScheduledWall);
}

/** A line of a wall's log as a party may see it: reasons name alerts and people of every unit, so a party of some units gets none. */
export function maskLogLine<L extends WallLogLine>(line: L, scope: Scope): L {
  return scope.units === null || line.why === '' ? line : { ...line, why: MASK };
}

/** What a wall showed, as a party may see it. */
export function maskPastWall(past: PastWall, scope: Scope): PastWall {
  const titles = titlesOn(past.state, scope);
  return maskLogLine(titles.length === 0 ? past : (without(past, titles) as PastWall), scope);
}

function titlesOn({ composed, waiting = [] }: WallState, scope: Scope): string[] {
  if (scope.units === null) return [];
  return [...(composed ? [composed.title] : []), ...waiting.map(({ title }) => title)].filter((title) => title.trim() !== '');
}

/** Settings of a tile that say where an alert is. */
const PLACES = new Set(['highlight', 'near']);

function without(value: unknown, titles: readonly string[]): unknown {
  if (typeof value === 'string') return titles.some((title) => value.includes(title)) ? MASK : value;
  if (Array.isArray(value)) return value.map((inner) => without(inner, titles));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !PLACES.has(key)).map(([key, inner]) => [key, without(inner, titles)]));
}
