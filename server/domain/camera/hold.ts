import type { Principal, Role } from '#contract/roles.ts';

/** Who steers a camera, and until when nobody else does. Units: epoch ms. */
export interface CameraHold {
  holder: string;
  holderName: string;
  rank: number;
  until: number;
}

/** Each act holds the camera this long: who looks away gives it free. Units: ms. */
export const HOLD_MS = 30_000;

const RANKS: readonly (readonly [Role, number])[] = [['admin', 3], ['leader', 3], ['operator', 2], ['camera-team', 2], ['unit-officer', 1]];

/** How far a person goes before others at the controls of a camera; 0 may not steer. */
export const rankOf = (actor: Principal): number => Math.max(0, ...RANKS.filter(([role]) => actor.roles.includes(role)).map(([, rank]) => rank));

/** Whether a person may steer now: nobody does, they do already, or they take over from a lower rank on purpose. */
export function maySteer(held: CameraHold | undefined, actor: Principal, isTakeOver: boolean, now: number): boolean {
  if (rankOf(actor) === 0) return false;
  if (!held || held.until <= now || held.holder === actor.id) return true;
  return isTakeOver && rankOf(actor) > held.rank;
}
