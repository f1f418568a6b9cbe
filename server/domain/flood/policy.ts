import type { Level } from '#contract/base.ts';
import policy from './policy.json' with { type: 'json' };

/**
 * How many alerts a person can take, as data. `priorityTargets` leaves the rest to levels 3 and 4 together.
 * Source: EEMUA 191 (1 per 10 minutes manageable, more than 10 a flood until fewer than 5; priorities about 5/15/80 %).
 */
export interface FloodPolicy {
  version: number;
  windowMinutes: number;
  rowsPerWindow: number;
  /** Rows of a window that ordinary alerts never take. */
  keptForRed: number;
  /** A row takes no more members after this long without one. */
  quietMinutes: number;
  chatter: { count: number; withinSeconds: number; quietMinutes: number };
  flood: { beginsAbove: number; endsBelow: number };
  manageablePerWindow: number;
  staleHours: number;
  priorityTargets: Partial<Record<Level, number>>;
}

/** The flood policy in force. */
export const floodPolicy: FloodPolicy = policy;
