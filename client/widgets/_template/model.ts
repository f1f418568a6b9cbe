import type { AlertState } from '#contract/topics/alert.ts';
import type { Settings } from './settings.ts';

/** How many alerts have the level, or all of them. */
export const countOf = (alerts: readonly AlertState[], { level }: Settings): number => alerts.filter((alert) => level === undefined || alert.level === level).length;
