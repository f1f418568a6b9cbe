import type { AlertRule, RuleTrial } from '#contract/alertRule.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';

/** Rules that raise alerts from what is measured. */
export interface AlertRulesPort {
  list(): Promise<Outcome<AlertRule[]>>;
  /** Writes a rule; a changed one stops until it was tried again. Fails: RULE_TEXT. */
  write(actor: Principal, text: unknown): Promise<Outcome<AlertRule>>;
  /** Tries a rule on the last days as it is written, without raising anything. Fails: NOT_FOUND, RULE_TEXT. */
  try(code: string, days: number): Promise<Outcome<RuleTrial>>;
  /** Fails: NOT_FOUND, RULE_UNTRIED. */
  turn(actor: Principal, code: string, isOn: boolean): Promise<Outcome<AlertRule>>;
}
