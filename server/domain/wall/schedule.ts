import type { RuleEvent } from '#contract/wallRule.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Asia/Ho_Chi_Minh keeps no summer time. Units: ms ahead of UTC. */
const ZONE_AHEAD_MS = 7 * 60 * MINUTE;

/** Whether the time of the week lies after `from` and not after `to`. Units: domain time, epoch ms. */
export function isDueBetween({ days, at }: Extract<RuleEvent, { event: 'schedule' }>, from: number, to: number): boolean {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const firstDay = Math.floor((from + ZONE_AHEAD_MS) / DAY);
  const lastDay = Math.floor((to + ZONE_AHEAD_MS) / DAY);
  for (let day = firstDay; day <= lastDay; day++) {
    const moment = day * DAY + (hours * 60 + minutes) * MINUTE - ZONE_AHEAD_MS;
    const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
    if (moment > from && moment <= to && days.includes(weekday)) return true;
  }
  return false;
}
