import type { NodeState } from '#contract/system.ts';

/** The servers that share one store, and which of them does what must be done once. */
export interface NodesPort {
  /** Whether this server does the work of which there is one: false as soon as it may have passed to another. */
  isOnDuty(): boolean;
  /** Servers that were heard of within the lease, oldest first. */
  list(): readonly NodeState[];
}
