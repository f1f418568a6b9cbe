import type { LineState } from '#contract/system.ts';
import type { Closable } from '../../kernel/lifecycle.ts';

/** What servers tell each other at once. Everything that must not be lost goes through the log instead. */
export type Signal = 'presence' | 'pointers' | 'outputs' | 'shares' | 'share-letter' | 'share-signal' | 'feeds' | 'above' | 'telemetry' | 'rehearsal-over';

/** The line between the servers on one store: fast, and allowed to lose. */
export interface NodeLine extends Closable {
  /** This server among the others. */
  readonly node: string;
  state(): LineState;
  /** Tells every other server; nobody is told while the line is down. */
  tell(signal: Signal, body: unknown): void;
  hear(signal: Signal, listener: (body: unknown, from: string) => void): void;
}

/** The line of a server that has no others. */
export function createNoLine(node: string): NodeLine {
  return { node, state: () => 'alone', tell: () => undefined, hear: () => undefined, close: () => undefined };
}
