import type { Outcome } from '#contract/faults.ts';
import type { Row, RowRefusal } from '../../domain/rows/rowRefusal.ts';

/** One answer or one file, whole. `sign` tells whether it is the same as last time. */
export interface Portion {
  name: string;
  sign: string;
  rows: Row[];
  refused: RowRefusal[];
}

/** What is wanted of the other side. Units: epoch ms. */
export interface Wanted {
  since: number;
  until: number;
  /** Whether this was taken before as it is. */
  isKnown(name: string, sign: string): boolean;
  signal: AbortSignal;
}

/** The other side, ready to be asked. A fault of one portion leaves the others alone. */
export interface Reader {
  read(wanted: Wanted): AsyncGenerator<Outcome<Portion>>;
  /** Of a side that sends when it likes: called when it is back after it was cut off. */
  onNews?(listener: () => void): void;
  /** Of such a side: ends the connection and gives what came and was not read yet. A later `read` opens it again. */
  leave?(): Promise<Outcome<Portion> | undefined>;
  close(): void;
}

/** Secrets of one connector, in the clear; they never leave the process but towards the other side. */
export interface Secrets {
  secret?: string | undefined;
  certificate?: string | undefined;
  privateKey?: string | undefined;
}
