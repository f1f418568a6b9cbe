import type { FaultCode } from '#contract/faults.ts';

/** Somebody was turned away. `actor`: the party, or the address of one who did not say; `route`: the door as it is declared; `door`: as it was asked for, without its query. */
export interface Refusal {
  actor: string;
  isKnown: boolean;
  route: string;
  door: string;
  code: FaultCode;
}

/** Where refusals at a door are told, so that they reach the audit log. Never waits, never fails. */
export interface RefusalsPort {
  note(refusal: Refusal): void;
}
