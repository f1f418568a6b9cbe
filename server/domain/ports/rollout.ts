import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { AdoptionAnswer, KeepRollout, PilotsAnswer, RolloutAnswer, RolloutForms, RolloutKind, RolloutLine, RolloutRevisions } from '#contract/rollout.ts';

/** Plans, matrices, inventories and answers of a roll-out, each with all its revisions. */
export interface RolloutPort {
  list(kind: RolloutKind): Promise<Outcome<RolloutAnswer>>;
  /** Every revision, the baseline first. Fails: NOT_FOUND. */
  revisions(kind: RolloutKind, id: string): Promise<Outcome<RolloutRevisions>>;
  /** Fails: REQUEST_BODY for another kind's body or wrong days, STATE_REASON for a change without one, STATE_CONFLICT, NOT_FOUND for a line no form has. */
  keep(actor: Principal, kind: RolloutKind, id: string, wish: KeepRollout): Promise<Outcome<RolloutLine>>;
  pilots(): Promise<Outcome<PilotsAnswer>>;
  forms(): RolloutForms;
}

/** Whether the system is used, counted from what people did in it. Units: epoch ms. */
export interface AdoptionPort {
  read(from: number, to: number): Promise<Outcome<AdoptionAnswer>>;
}
