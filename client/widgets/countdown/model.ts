import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { Settings } from './settings.ts';

export interface Deadline {
  at: number;
  label: string;
  unit: string | null;
}

const DONE = new Set<HandlingRequestState['step']>(['carried-out', 'verified', 'returned']);

/** The deadline that comes next: the scene's own, else the nearest of the requests not carried out. */
export function nextDeadline(requests: readonly HandlingRequestState[], { at, weekly, label }: Settings, now: number): Deadline | undefined {
  if (weekly) return { at: nextWeekly(weekly, now), label: label ?? '', unit: null };
  if (at !== undefined) return { at, label: label ?? '', unit: null };
  const ahead = requests.filter((request) => !DONE.has(request.step) && request.dueAt > now).sort((a, b) => a.dueAt - b.dueAt);
  const [next] = ahead;
  return next && { at: next.dueAt, label: next.title, unit: next.unit };
}

const DAY_MS = 86_400_000;
/** Việt Nam keeps no summer time. Units: ms ahead of UTC. */
const ZONE_AHEAD_MS = 7 * 3_600_000;

/** The next time of the week that lies ahead, or is now. */
export function nextWeekly({ day, at }: NonNullable<Settings['weekly']>, now: number): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const today = Math.floor((now + ZONE_AHEAD_MS) / DAY_MS);
  const weekday = ((today + 3) % 7) + 1;
  const moment = (today + ((day - weekday + 7) % 7)) * DAY_MS + (hours * 60 + minutes) * 60_000 - ZONE_AHEAD_MS;
  return moment < now ? moment + 7 * DAY_MS : moment;
}
