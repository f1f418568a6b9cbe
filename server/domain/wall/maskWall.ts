import type { ScheduledWall } from '#contract/wall.ts';
import type { Scope } from '../scope.ts';

/** What stands where a text was taken away. */
export const MASK = '•••';

/**
 * A wall as a party may see it. A wall belongs to the centre and names alerts of every unit; a party of some units gets its
 * arrangement, but of those alerts nothing that can be read.
 */
export function maskWall(scheduled: ScheduledWall, scope: Scope): ScheduledWall {
  if (scope.units === null) return scheduled;
  const { composed, waiting = [] } = scheduled.state;
  if (!composed && waiting.length === 0) return scheduled;
  const titles = [...(composed ? [composed.title] : []), ...waiting.map(({ title }) => title)].filter((title) => title.trim() !== '');
  return without(scheduled, titles) as ScheduledWall;
}

/** Settings of a tile that say where an alert is. */
const PLACES = new Set(['highlight', 'near']);

function without(value: unknown, titles: readonly string[]): unknown {
  if (typeof value === 'string') return titles.some((title) => value.includes(title)) ? MASK : value;
  if (Array.isArray(value)) return value.map((inner) => without(inner, titles));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !PLACES.has(key)).map(([key, inner]) => [key, without(inner, titles)]));
}
