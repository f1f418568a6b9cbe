import type { IngestAnswer } from '#contract/http.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Provenance } from '#contract/base.ts';
import type { TopicName } from '#contract/topics.ts';

/** Who sends: an ingest key's source, a feed, or the product itself. */
export interface Source {
  id: string;
  name: string;
  /** Topics it may send; null = all. */
  topics: readonly TopicName[] | null;
  /** Used when an item names none. */
  provenance: Provenance;
  /** The run of a scenario: all it sends is marked, raises no ĐỎ and leaves no history. */
  rehearsal?: string | undefined;
  /** Requests its key may make in a minute; absent = the product's own limit. */
  ratePerMinute?: number | null | undefined;
}

/** The one way in: checks every item, stores the good ones in one transaction, answers per item in the order sent. */
export interface DoorPort {
  /** Fails: INGEST_SCOPE, STORE_UNAVAILABLE, STORE_FULL (nothing stored). A bad item never fails the others. */
  ingest(source: Source, topic: TopicName, items: readonly unknown[]): Promise<Outcome<IngestAnswer>>;
}
