import type { CampaignState } from '#contract/topics/campaign.ts';

const HOUR_MS = 3_600_000;
/** Points kept; the first, from which the line falls, is never given up. */
const MOST_POINTS = 400;

/** One thing of a campaign as it was counted. */
export interface CampaignThing {
  thing: string;
  unit: string | null;
  doneAt: number | null;
}

/** What each unit had and has left, the most left first. */
export function unitsOf(things: readonly CampaignThing[]): CampaignState['units'] {
  return [...Map.groupBy(things, ({ unit }) => unit)]
    .map(([unit, own]) => ({ unit, total: own.length, left: own.filter(({ doneAt }) => doneAt === null).length }))
    .sort((a, b) => b.left - a.left || b.total - a.total || (a.unit ?? '').localeCompare(b.unit ?? ''));
}

/** The line after a count: within an hour the last point moves, but never the first. */
export function burnTo(line: CampaignState['burnDown'], left: number, at: number): CampaignState['burnDown'] {
  const last = line.at(-1);
  if (last?.left === left) return line;
  const isMoved = line.length > 1 && last !== undefined && at - last.at < HOUR_MS;
  return [...(isMoved ? line.slice(0, -1) : line), { at, left }].toSpliced(1, Math.max(0, line.length - MOST_POINTS));
}

/** The campaign after a count, the same object when nothing moved. From its deadline on it is ended and never changes again. */
export function countedCampaign(state: CampaignState, things: readonly CampaignThing[], now: number): CampaignState {
  if (state.state === 'ended') return state;
  const isOver = now >= state.dueAt;
  const left = things.filter(({ doneAt }) => doneAt === null).length;
  if (left === state.left && !isOver) return state;
  const at = Math.min(now, state.dueAt);
  return { ...state, state: isOver ? 'ended' : 'open', left, units: unitsOf(things), burnDown: burnTo(state.burnDown, left, at), updatedAt: now };
}

/** How many would be left by now if the same number fell every day. */
export function plannedLeft({ total, startedAt, dueAt }: Pick<CampaignState, 'total' | 'startedAt' | 'dueAt'>, at: number): number {
  return Math.round(total * Math.min(1, Math.max(0, (dueAt - at) / (dueAt - startedAt))));
}
