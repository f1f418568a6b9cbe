import type { Position } from '#contract/base.ts';
import type { Outcome } from '#contract/faults.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { NewTrafficEvent, PatrolNear, StreetNow, StreetSign, TrafficBoard, TrafficEvent } from '#contract/traffic.ts';
import type { Scope } from '../scope.ts';

/** Streets, what happens on them, and who can be there soonest. */
export interface TrafficPort {
  board(): Promise<Outcome<TrafficBoard>>;
  /** Every measured stretch against what is typical for the hour. */
  streets(): Promise<StreetNow[]>;
  events(isAll: boolean): Promise<Outcome<TrafficEvent[]>>;
  /** Events on the streets as they were known at a moment, now without one; those still to come too. */
  signs(at?: number): Promise<Outcome<StreetSign[]>>;
  /** Fails: REQUEST_BODY when it ends before it begins, AUTH_FORBIDDEN outside the own wards. */
  addEvent(scope: Scope, event: NewTrafficEvent): Promise<Outcome<TrafficEvent>>;
  /** Fails: NOT_FOUND. */
  endEvent(scope: Scope, id: string): Promise<Outcome<TrafficEvent>>;
  /** The patrols a party sees, the soonest first; busy ones last. */
  patrols(scope: Scope, to: Position): Promise<Outcome<PatrolNear[]>>;
  /** Sends a patrol to an alert by a handling request of its own; it is busy until it answers or the alert is resolved. Sending it again answers the same. Fails: NOT_FOUND, AUTH_FORBIDDEN, STATE_STEP, TRAFFIC_UNIT. */
  send(scope: Scope, ref: string, alert: string): Promise<Outcome<HandlingRequestState>>;
}
