import type { Outcome } from '#contract/faults.ts';
import type { AgendaAnswer, Minutes, MinutesAnswer, TraceAnswer } from '#contract/meeting.ts';
import type { AccountabilityAnswer, CampaignState, NewCampaign } from '#contract/topics/campaign.ts';
import type { DirectiveState, NewDirective } from '#contract/topics/directive.ts';
import type { Scope } from '../scope.ts';

/** Directives, what follows from them, campaigns, and the weekly meeting. */
export interface DirectivesPort {
  /** Fails: STATE_CONFLICT for a number that is known, INGEST_UNIT, NOT_FOUND. */
  add(directive: NewDirective, scope: Scope): Promise<Outcome<DirectiveState>>;
  /** Every assignment that the scope sees under its directive. */
  trace(scope: Scope): Promise<Outcome<TraceAnswer>>;
  agenda(scope: Scope): Promise<Outcome<AgendaAnswer>>;
  /** Makes the minutes a directive and every conclusion an assignment. Fails: STATE_CONFLICT, INGEST_UNIT with a pointer. */
  minutes(minutes: Minutes, scope: Scope): Promise<Outcome<MinutesAnswer>>;
  /** Finds what the campaign clears and begins it. Fails: REQUEST_BODY for a deadline that is over, STATE_RESULT when there is nothing to clear. */
  beginCampaign(campaign: NewCampaign, scope: Scope): Promise<Outcome<CampaignState>>;
  /** What is left, with unit and title, and with names for who is entitled to them. Fails: NOT_FOUND. */
  accountable(campaign: string, scope: Scope): Promise<Outcome<AccountabilityAnswer>>;
}
