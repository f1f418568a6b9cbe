import type { AnyItem } from '../checkItem.ts';
import type { PassedItem } from '../doorStore.ts';

/** One message about one thing: what it was, and what the source says now. */
export interface Revision<Item extends AnyItem, State> {
  /** Given by the store: the id the thing has or will have. */
  id: string;
  previous: State | undefined;
  passed: PassedItem<Item>;
  source: string;
  /** Units: epoch ms, domain time. */
  now: number;
}

/** The state of a thing after a message of its source. Pure: only fields that belong to the source change. */
export type Reviser<Item extends AnyItem, State> = (revision: Revision<Item, State>) => State;
