import type { NodeState } from '#contract/system.ts';

/** The servers that share one store, and which of them does what must be done once. */
export interface NodesPort {
  /** Whether this server does the work of which there is one: false as soon as it may have passed to another. */
  isOnDuty(): boolean;
  /** Servers on this store, oldest first; one that fell silent without a goodbye says since when. */
  list(): readonly NodeState[];
}
