const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Việt Nam keeps no summer time. Units: ms ahead of UTC. */
const ZONE_AHEAD_MS = 7 * 3_600_000;

/** A piece of work that is not done yet. Units: epoch ms. */
export interface LateWork {
  unit?: string | null;
  dueAt?: number;
}

/** What a board of late work said at a moment: how many are late, since when, and at whom, the most first. */
export interface LateBoard {
  overdue: number;
  total: number;
  /** Of these, late already a week before. */
  before: number;
  units: [code: string, overdue: number][];
}

/** Work of nobody stands under the empty code. */
export function lateOf(work: readonly LateWork[], at: number): LateBoard {
  const late = work.filter(({ dueAt = Infinity }) => dueAt < at);
  const units = [...Map.groupBy(late, ({ unit }) => unit ?? '')].map(([code, { length }]): [string, number] => [code, length]);
  return { overdue: late.length, total: work.length, before: late.filter(({ dueAt = 0 }) => dueAt < at - WEEK_MS).length, units: units.sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])) };
}

/** The next time of the week that lies ahead: 1 = Monday, as `hh:mm` by the clock of Việt Nam. */
export function weeklyAt({ day, at }: { day: number; at: string }, now: number): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const today = Math.floor((now + ZONE_AHEAD_MS) / DAY_MS);
  const moment = (today + ((day - (((today + 3) % 7) + 1) + 7) % 7)) * DAY_MS + (hours * 60 + minutes) * 60_000 - ZONE_AHEAD_MS;
  return moment < now ? moment + WEEK_MS : moment;
}
