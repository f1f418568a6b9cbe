import type { Level } from '#contract/base.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import tones from './tones.json';

/** How one priority sounds: notes of a pitch and a length, and how long until it is heard again. Units: Hz, ms. */
export interface Tone {
  repeatMs: number;
  notes: readonly (readonly [hz: number, ms: number])[];
  gain: number;
}

export type ToneName = Level | 'test';

/** Quiet until a moment, for a reason. Times: epoch ms of the server. */
export interface Silence {
  at: number;
  until: number;
  reason: string;
}

/** What sounds now: the highest priority nobody has taken over, and when its newest alert came. */
export interface Alarm {
  level: Level;
  newestAt: number;
  count: number;
}

export const toneOf = (name: ToneName): Tone => (tones as unknown as Record<string, Tone>)[String(name)]!;

/** Longest quiet a person may ask for. Units: ms. */
export const LONGEST_SILENCE_MS = 30 * 60_000;
export const HOUR_MS = 3_600_000;

type Heard = Pick<AlertState, 'state' | 'status' | 'level' | 'shelvedUntil' | 'duplicateOf' | 'receivedAt'>;

/** The alarm of a list of alerts, or null when somebody has every one of them. */
export function alarmOf(alerts: readonly Heard[], now: number): Alarm | null {
  let alarm: Alarm | null = null;
  for (const { state, status, level, shelvedUntil, duplicateOf, receivedAt } of alerts) {
    const isWaiting = state === 'raised' && status === 'active' && duplicateOf === null && (shelvedUntil ?? 0) <= now;
    if (!isWaiting) continue;
    if (alarm === null || level < alarm.level) alarm = { level, newestAt: receivedAt, count: 1 };
    else if (level === alarm.level) alarm = { level, newestAt: Math.max(alarm.newestAt, receivedAt), count: alarm.count + 1 };
  }
  return alarm;
}

/** Whether a silence still holds: it ends at its time, and at once when a ĐỎ alert comes after it. */
export function isSilent(silence: Silence | null, alarm: Alarm | null, now: number): boolean {
  if (silence === null || now >= silence.until) return false;
  return !(alarm?.level === 1 && alarm.newestAt > silence.at);
}

/** Whether the tone is due: at once for a higher priority, else after the wait of its own. Units: ms. */
export function isDue(level: Level, last: { level: Level; atMs: number } | null, nowMs: number): boolean {
  return last === null || level < last.level || nowMs - last.atMs >= toneOf(level).repeatMs;
}

/** Which of the screens of a room sounds: the one that has been open longest. */
export function isFirst(mine: string, screens: readonly { screen: string; at: number }[]): boolean {
  const [first] = [...screens].sort((a, b) => a.at - b.at || a.screen.localeCompare(b.screen));
  return first === undefined || first.screen === mine;
}

/** Whether the hour of the last test is over. */
export const isTestDue = (testedAt: number, now: number): boolean => Math.floor(now / HOUR_MS) > Math.floor(testedAt / HOUR_MS);
