import type { Decision } from '#contract/decision.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Scenario } from '#contract/scenario.ts';
import type { Scope } from '../scope.ts';
import type { ReportFile } from './reports.ts';

/** Decisions taken in front of a wall. */
export interface DecisionsPort {
  /** Oldest first. Fails: STORE_UNAVAILABLE. */
  between(wall: string, from: number, until: number, scope: Scope): Promise<Outcome<Decision[]>>;
}

/** What rehearsals told. */
export interface RehearsalsPort {
  /** The scenario of a rehearsal as it ran; undefined once what it made up was removed. Fails: STORE_UNAVAILABLE. */
  scenario(run: string): Promise<Outcome<Scenario | undefined>>;
}

export type BriefingFormat = 'html' | 'pdf';

/** What a briefing is made of. Units: domain time, epoch ms. */
export interface BriefingWish {
  wall: string;
  from: number;
  until: number;
  /** A run of a scenario: only what the wall showed of it between these moments. */
  run?: string | undefined;
  language: 'vi' | 'en';
  format: BriefingFormat;
}

/** A meeting in front of a wall as one file. Fails: WALL_UNKNOWN; NOT_FOUND when the wall showed nothing then; STORE_UNAVAILABLE. */
export interface BriefingPort {
  make(wish: BriefingWish, scope: Scope): Promise<Outcome<ReportFile>>;
}
