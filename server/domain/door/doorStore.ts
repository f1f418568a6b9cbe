import type { Provenance } from '#contract/base.ts';
import type { Fault, Outcome } from '#contract/faults.ts';
import type { DoorTopic, TopicName } from '#contract/topics.ts';
import type { Source } from '../ports/door.ts';
import type { AnyItem } from './checkItem.ts';


/** An item that passed every check of the door. */
export interface PassedItem<Item extends AnyItem = AnyItem> {
  key: string;
  /** The thing it is about. */
  ref: string;
  /** Tells its body from another under the same key. */
  hash: string;
  ward: string | null;
  provenance: Provenance;
  item: Item;
}

/** What became of a passed item. */
export type TakenItem =
  | { status: 'accepted' | 'duplicate'; id: string; epoch: string; seq: number }
  | { status: 'conflict' | 'rejected'; fault: Fault };

/** Where the door puts what passed: all of one call in one transaction, answers in the order given. */
export interface DoorStore {
  /** Fails: STORE_UNAVAILABLE, STORE_FULL; then nothing is stored. */
  take(source: Source, topic: DoorTopic, items: readonly PassedItem[], now: number): Promise<Outcome<TakenItem[]>>;
  /** Which of these camera keys exist. Fails: STORE_UNAVAILABLE. */
  knownCameras(keys: readonly string[]): Promise<Outcome<ReadonlySet<string>>>;
}

/** What one call of the door came to, for the health of its source. */
export interface DoorTally {
  topic: TopicName;
  at: number;
  accepted: number;
  duplicates: number;
  damaged: number;
  faults: readonly Fault[];
}

/** Who keeps the health of sources. Must not wait. */
export interface DoorWitness {
  note(source: Source, tally: DoorTally): void;
}
