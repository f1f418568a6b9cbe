import type { Position } from '#contract/base.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { NewTrafficEvent, PatrolNear, StreetNow, TrafficBoard, TrafficEvent } from '#contract/traffic.ts';

/** Streets, what happens on them, and who can be there soonest. */
export interface TrafficPort {
  board(): Promise<Outcome<TrafficBoard>>;
  /** Every measured stretch against what is typical for the hour. */
  streets(): Promise<StreetNow[]>;
  events(isAll: boolean): Promise<Outcome<TrafficEvent[]>>;
  /** Fails: REQUEST_BODY when it ends before it begins. */
  addEvent(actor: Principal, event: NewTrafficEvent): Promise<Outcome<TrafficEvent>>;
  /** Fails: NOT_FOUND. */
  endEvent(actor: Principal, id: string): Promise<Outcome<TrafficEvent>>;
  /** Patrols, the soonest first; busy ones last. */
  patrols(to: Position): Promise<Outcome<PatrolNear[]>>;
  /** Sends a patrol to an alert; it is busy until the alert is resolved. Fails: NOT_FOUND. */
  send(actor: Principal, ref: string, alert: string): Promise<Outcome<void>>;
}
