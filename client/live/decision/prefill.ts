import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { WallState } from '#contract/wall.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Asia/Ho_Chi_Minh keeps no summer time. */
const ZONE_AHEAD_MS = 7 * HOUR_MS;
const END_OF_DAY_MS = 17 * HOUR_MS;

/** What a decision starts from, so that giving it takes two clicks. */
export interface Prefill {
  unit: string;
  text: string;
  dueAt: number;
}

/** Five in the afternoon of the next day in Việt Nam. Units: domain time, epoch ms. */
export const tomorrowAt = (now: number): number => Math.floor((now + ZONE_AHEAD_MS) / DAY_MS) * DAY_MS + DAY_MS + END_OF_DAY_MS - ZONE_AHEAD_MS;

/** The unit and the words that what stands on the wall suggests: its alert, else the one a tile follows, else the unit longest in RED. */
export function prefillOf(state: Pick<WallState, 'composed' | 'tiles'> | null, alerts: readonly AlertState[], red: readonly RedStatusState[], now: number): Prefill {
  const dueAt = tomorrowAt(now);
  const focused = state?.tiles.find(({ widget, settings }) => widget === 'alert-focus' && settings?.['alert'] !== undefined)?.settings?.['alert'];
  const composed = alerts.find(({ id }) => id === (state?.composed?.alert ?? focused));
  if (composed) return { unit: composed.unit ?? composed.ward ?? '', text: composed.title, dueAt };
  const [worst] = red.filter(({ level }) => level === 'red').sort((a, b) => (a.redSince ?? Infinity) - (b.redSince ?? Infinity) || (a.id < b.id ? -1 : 1));
  return worst && state?.tiles.some(({ widget }) => widget.startsWith('red') || widget.startsWith('indicator')) ? { unit: worst.unit ?? '', text: worst.subject.title, dueAt } : { unit: '', text: '', dueAt };
}
