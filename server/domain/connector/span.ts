import type { ConnectorWay } from '#contract/connector.ts';
import { hasRange } from './holes.ts';

const DEFAULT_HOURS = 24;
const HOUR_MS = 3_600_000;

/** Where a question begins and ends. Units: epoch ms. */
export interface Span {
  since: number;
  until: number;
}

/** Everything, as files and brokers have it. */
const ALL: Span = { since: 0, until: Number.MAX_SAFE_INTEGER };

/** The time cursor of a way, undefined where everything is asked for each time. */
export const cursorOf = (way: ConnectorWay): { overlapS: number; firstHours: number } | undefined => (way.kind === 'http' || way.kind === 'sql' ? way.since : undefined);

/** What is asked for next: from a little before the newest row taken, or from some hours back. */
export function spanOf(way: ConnectorWay, newestAt: number | null, now: number): Span {
  if (way.kind !== 'http' && way.kind !== 'sql') return ALL;
  const cursor = cursorOf(way);
  const since = newestAt !== null && cursor ? newestAt - cursor.overlapS * 1000 : now - (cursor?.firstHours ?? DEFAULT_HOURS) * HOUR_MS;
  return { since, until: now };
}

/** Whether a span of the past can be asked for. */
export function canFill(way: ConnectorWay): boolean {
  if (way.kind === 'http') return hasRange(way);
  return way.kind === 'sql' ? way.since !== undefined : way.kind === 'sftp' || way.kind === 'folder';
}
