import type { Obligation } from '#contract/red.ts';
import { dayOf } from './model.ts';

/** What falls due on one local day. Units: `at` epoch ms, somewhere in that day. */
export interface CalendarDay {
  on: string;
  at: number;
  items: Obligation[];
}

/** Obligations by local day, in the order they come. */
export const byDay = (items: readonly Obligation[]): CalendarDay[] => [...Map.groupBy(items, ({ dueAt }) => dayOf(dueAt))].map(([on, list]) => ({ on, at: list[0]!.dueAt, items: list }));
