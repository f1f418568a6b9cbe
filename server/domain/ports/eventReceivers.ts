import type { Delivery, EventReceiver, ReceiverTest, ReceiverWritten } from '#contract/eventReceiver.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';

/** Systems that are told what happens here, in the order it happened, each at its own pace. */
export interface EventReceiversPort {
  list(): Promise<Outcome<EventReceiver[]>>;
  /** A changed declaration holds at once. Fails: SOURCE_SECRET for a new one without, STATE_CONFLICT when `rev` is not the present one. */
  write(actor: Principal, written: ReceiverWritten): Promise<Outcome<EventReceiver>>;
  /** One that is turned on hears of what happens from now on. Fails: NOT_FOUND. */
  turn(actor: Principal, id: string, isOn: boolean): Promise<Outcome<EventReceiver>>;
  remove(actor: Principal, id: string): Promise<Outcome<void>>;
  /** The newest events that were sent or refused. */
  deliveries(id: string): Promise<Outcome<Delivery[]>>;
  /** Sends one made-up event, on or off. What came of it is the answer. Fails: NOT_FOUND. */
  test(actor: Principal, id: string): Promise<Outcome<ReceiverTest>>;
}
