import type { Outcome } from '#contract/faults.ts';
import type { DossierBoard, DossierSide, Reconciliation, SharedTopic } from '#contract/register.ts';
import type { Scope } from '../scope.ts';

/** Reads across the whole register. Fails of both: STORE_UNAVAILABLE. */
export interface RegisterPort {
  reconcile(topic: SharedTopic, a: string, b: string, scope: Scope): Promise<Outcome<Reconciliation>>;
  /** `from` and `to` are days, both included. */
  dossiers(by: DossierSide, from: string, to: string, scope: Scope): Promise<Outcome<DossierBoard>>;
}
