import type { Bilingual } from '#contract/red.ts';
import type { Principal, Role } from '#contract/roles.ts';
import { vietnamCalendar } from '../calendar/vietnam.ts';
import written from './ladder.json' with { type: 'json' };

/** One rung: who stands on it and how long they have to answer. Units: working days. */
export interface Rung {
  level: number;
  name: Bilingual;
  roles: readonly Role[];
  answerWorkingDays: number;
}

/** The ladder above a unit, lowest first: configuration, as it differs per province. */
export const LADDER: readonly Rung[] = written as Rung[];

/** A rung that was reached. `why` is what was said on the way up; null when it climbed for want of an answer. Units: epoch ms. */
export interface Step {
  level: number;
  reachedAt: number;
  dueAt: number;
  why: string | null;
}

/** The rung of a level. */
export const rungOf = (level: number): Rung | undefined => LADDER.find((one) => one.level === level);

/** The next step up from where it stands; undefined on top of the ladder. */
export function nextStep(steps: readonly Step[], now: number, why: string | null): Step | undefined {
  const below = steps.at(-1)?.level ?? 0;
  const rung = LADDER.find(({ level }) => level > below);
  return rung && { level: rung.level, reachedAt: now, dueAt: vietnamCalendar.addDays(now, rung.answerWorkingDays), why };
}

/** Whether it goes up by itself: the rung it stands on let its time pass and there is one above. */
export const climbs = (steps: readonly Step[], now: number): boolean => {
  const last = steps.at(-1);
  return last !== undefined && now >= last.dueAt && LADDER.some(({ level }) => level > last.level);
};

/** Who may decide: whoever stands on the rung it reached or above, and who administers. */
export function mayAnswer(steps: readonly Step[], { roles }: Pick<Principal, 'roles'>): boolean {
  const level = steps.at(-1)?.level ?? Infinity;
  return roles.includes('admin') || LADDER.some((rung) => rung.level >= level && rung.roles.some((role) => roles.includes(role)));
}

/** Who may send it further up: whoever stands on its rung, while there is one above. */
export function mayRaise(steps: readonly Step[], { roles }: Pick<Principal, 'roles'>): boolean {
  const last = steps.at(-1);
  const own = last && rungOf(last.level);
  return own !== undefined && LADDER.some(({ level }) => level > own.level) && (roles.includes('admin') || own.roles.some((role) => roles.includes(role)));
}
