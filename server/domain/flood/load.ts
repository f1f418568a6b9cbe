import type { AlertLoad } from '#contract/alertBook.ts';
import type { Level } from '#contract/base.ts';
import type { FloodAlert } from './rows.ts';
import { floodPolicy, type FloodPolicy } from './policy.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LEVELS: readonly Level[] = [1, 2, 3, 4];
const OPEN_STATES: ReadonlySet<string> = new Set(['raised', 'acknowledged', 'assigned', 'in-progress']);

type Tally = AlertLoad['topTen'][number];

/** Load of the alerts raised from one moment to another. `alerts` may reach further back: stale ones are found among all. */
export function loadOf(alerts: readonly FloodAlert[], { from, to }: { from: number; to: number }, policy: FloodPolicy = floodPolicy): AlertLoad {
  const raised = alerts.filter(({ raisedAt }) => raisedAt >= from && raisedAt < to);
  const windowMs = policy.windowMinutes * MINUTE_MS;
  const windows = Array.from({ length: Math.max(1, Math.ceil((to - from) / windowMs)) }, (_, index) => ({ at: from + index * windowMs, count: 0 }));
  for (const { raisedAt } of raised) windows[Math.floor((raisedAt - from) / windowMs)]!.count += 1;
  const mean = raised.length / windows.length;
  const { flood, manageablePerWindow } = policy;
  return {
    from, to,
    total: raised.length,
    meanPerTenMinutes: mean,
    peakPerTenMinutes: Math.max(...windows.map(({ count }) => count)),
    verdict: mean > flood.beginsAbove ? 'flood' : mean > manageablePerWindow ? 'demanding' : 'manageable',
    floodMs: floodWindows(windows.map(({ count }) => count), flood) * windowMs,
    perTenMinutes: windows,
    stale: alerts.filter(({ state, raisedAt }) => OPEN_STATES.has(state) && to - raisedAt > policy.staleHours * HOUR_MS).map(({ id }) => id),
    chattering: talliesOf(raised).filter(({ times }) => isChattering(times, policy.chatter)).map(({ tally }) => tally),
    topTen: talliesOf(raised).map(({ tally }) => tally).slice(0, 10),
    priorities: LEVELS.map((level) => {
      const count = raised.filter((alert) => alert.level === level).length;
      return { level, count, share: raised.length === 0 ? 0 : count / raised.length, target: policy.priorityTargets[level] ?? null };
    }),
  };
}

/** A flood lasts from the first window above the upper mark until one below the lower. */
function floodWindows(counts: readonly number[], { beginsAbove, endsBelow }: FloodPolicy['flood']): number {
  let isFlood = false;
  let windows = 0;
  for (const count of counts) {
    isFlood = isFlood ? count >= endsBelow : count > beginsAbove;
    if (isFlood) windows += 1;
  }
  return windows;
}

function talliesOf(alerts: readonly FloodAlert[]): { tally: Tally; times: number[] }[] {
  const tallies = new Map<string, { tally: Tally; times: number[] }>();
  for (const { source, kind, ward, raisedAt } of alerts) {
    const name = `${source} ${kind} ${ward ?? ''}`;
    const known = tallies.get(name) ?? { tally: { source, kind, ward, count: 0 }, times: [] };
    known.tally.count += 1;
    known.times.push(raisedAt);
    tallies.set(name, known);
  }
  return [...tallies.values()].sort((a, b) => b.tally.count - a.tally.count);
}

function isChattering(times: readonly number[], { count, withinSeconds }: FloodPolicy['chatter']): boolean {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted.some((at, index) => (sorted[index + count - 1] ?? Infinity) - at <= withinSeconds * 1000);
}
