import type { NoticeWish } from '#contract/notice.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZONE_MS = 7 * HOUR_MS;

/** When a message may leave: now, or for what can wait at the end of the quiet hours it falls into. Units: epoch ms. */
export function dueAt(at: number, quiet: NoticeWish['quiet'], isUrgent: boolean): number {
  if (isUrgent || quiet === null || quiet.from === quiet.to) return at;
  const day = Math.floor((at + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
  const hour = (at - day) / HOUR_MS;
  const isOverMidnight = quiet.from > quiet.to;
  const isQuiet = isOverMidnight ? hour >= quiet.from || hour < quiet.to : hour >= quiet.from && hour < quiet.to;
  if (!isQuiet) return at;
  const end = day + quiet.to * HOUR_MS;
  return end > at ? end : end + DAY_MS;
}
