/** How a feed is put through what every feed must stand: each folder with an `index.ts` has one in `testing/case.ts`. */
export interface FeedCase {
  /** Rows of the bad fixture that must be refused; 0 for a feed that makes its own items. */
  badRows: number;
  /** Good rows of the bad fixture: they enter all the same. */
  goodRowsBesideBad: number;
  /** How long the feed may be silent before it is stale. Units: ms. */
  promiseMs: number;
  open(stage: { folder: string; door: { isOpen: boolean } }): Promise<OpenedCase>;
}

/** A source that can be given content and cut off. */
export interface OpenedCase {
  settings: unknown;
  offer(content: 'good' | 'bad'): Promise<void>;
  /** The source goes away. */
  cut(): Promise<void>;
  close(): Promise<void>;
}
