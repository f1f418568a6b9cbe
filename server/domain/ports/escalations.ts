import type { Outcome } from '#contract/faults.ts';
import type { Escalation, EscalationsAnswer, NewEscalation } from '#contract/escalation.ts';
import type { Scope } from '../scope.ts';

/** Matters beyond the authority of a unit: asked by the unit, decided above it. */
export interface EscalationsPort {
  list(thing: string | undefined, scope: Scope): Promise<Outcome<EscalationsAnswer>>;
  /** Fails: NOT_FOUND, AUTH_FORBIDDEN, STATE_STEP for a thing that is closed or done, STATE_CONFLICT while one waits already. */
  ask(asked: NewEscalation, scope: Scope): Promise<Outcome<Escalation>>;
  /** The reader has seen it: the receipt of their rung. Fails: NOT_FOUND. */
  read(id: string, scope: Scope): Promise<Outcome<Escalation>>;
  /** Fails: NOT_FOUND, AUTH_FORBIDDEN, STATE_STEP when it was answered or stands on top. */
  raise(id: string, reason: string, scope: Scope): Promise<Outcome<Escalation>>;
  /** Fails: NOT_FOUND, AUTH_FORBIDDEN, STATE_STEP when it was answered. */
  answer(id: string, words: string, scope: Scope): Promise<Outcome<Escalation>>;
}
