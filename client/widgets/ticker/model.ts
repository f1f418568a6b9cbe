import type { AlertState } from '#contract/topics/alert.ts';
import type { Settings } from './settings.ts';

/** How long one line stands. Units: ms. */
export const LINE_MS = 8000;
const OVER = new Set<AlertState['state']>(['resolved', 'verified', 'closed']);

/** The room's own lines, then the titles of the open alerts of P1 and P2, the most urgent first. */
export function linesOf(alerts: readonly AlertState[], { lines = [], alerts: withAlerts = true }: Settings): string[] {
  const open = alerts.filter(({ state, level, duplicateOf }) => level <= 2 && !OVER.has(state) && duplicateOf === null).sort((a, b) => a.level - b.level || b.raisedAt - a.raisedAt);
  return [...lines, ...(withAlerts ? open.map(({ level, title }) => `P${level} · ${title}`) : [])];
}

/** The line that stands at a moment of server time: a pure function, so every output shows the same one. */
export const lineAt = (lines: readonly string[], serverAt: number): number => (lines.length === 0 ? 0 : Math.floor(serverAt / LINE_MS) % lines.length);
