import type { Outcome } from '#contract/faults.ts';

/** A file as it is listed. Units: bytes, epoch ms. */
export interface ListedFile {
  name: string;
  bytes: number;
  changedAt: number;
}

/** A folder somewhere. */
export interface FileHouse {
  /** Fails: SOURCE_… of the connection. */
  list(signal: AbortSignal): Promise<Outcome<ListedFile[]>>;
  read(name: string): Promise<Outcome<Buffer>>;
  /** Ends the connection of this look; the next `list` makes another. */
  leave(): void;
}
