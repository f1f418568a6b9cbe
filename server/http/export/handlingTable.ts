import type { HandlingBoard, HandlingFigures } from '#contract/handling.ts';
import { said, type Cell, type Table } from './table.ts';
import words from './handling.vi.json' with { type: 'json' };

const MINUTE_MS = 60_000;
const minutes = (ms: number | null): Cell => (ms === null ? null : Math.round(ms / MINUTE_MS));
const percent = (share: number | null): Cell => (share === null ? null : Math.round(share * 1000) / 10);

function cellsOf(figures: HandlingFigures): Cell[] {
  const { total, open, overdue, overdueShare, acknowledgeMs, acceptMs, resolveMs, resolveP90Ms, reopened, rated, ratingMean, ageing, simulated } = figures;
  return [total, open, overdue, percent(overdueShare), minutes(acknowledgeMs), minutes(acceptMs), minutes(resolveMs), minutes(resolveP90Ms), reopened, rated, ratingMean === null ? null : Math.round(ratingMean * 10) / 10, ...ageing, simulated];
}

/** The board as a table: one row per group, the whole last, with the overdue share of the period before. */
export function handlingTableOf({ rows, whole, of, by }: HandlingBoard): Table {
  const line = (name: string, now: HandlingFigures, before: HandlingFigures | null): Cell[] => [name, ...cellsOf(now), percent(before?.overdueShare ?? null)];
  return {
    title: words.title[of],
    header: [words.group[by], ...words.columns],
    rows: [...rows.map(({ name, group, now, before }) => line(by === 'category' ? said(name) : name || group || words.none, now, before)), line(words.whole, whole.now, whole.before)],
  };
}
