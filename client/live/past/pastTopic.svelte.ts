import type { LogEntry } from '#contract/entry.ts';
import type { Fault } from '#contract/faults.ts';
import type { Reading } from '../source.ts';

/** The things of one topic at the moment shown. */
export class PastTopic<Body> implements Reading<Body> {
  entries = $state.raw<readonly LogEntry<Body>[]>([]);
  isReady = $state(false);
  fault = $state.raw<Fault | null>(null);
  items: readonly Body[] = $derived(this.entries.map((entry) => entry.body));
  #things = new Map<string, LogEntry<Body>>();
  #isChanged = false;

  fill(entries: readonly LogEntry[]): void {
    this.#things = new Map(entries.map((entry) => [entry.id, entry as LogEntry<Body>]));
    this.#isChanged = true;
  }

  put(entry: LogEntry): void {
    this.#things.set(entry.id, entry as LogEntry<Body>);
    this.#isChanged = true;
  }

  /** Shows what changed; once in a frame. */
  show(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    this.entries = [...this.#things.values()];
    this.isReady = true;
  }

  forget(): void {
    this.#things = new Map();
    this.entries = [];
    this.isReady = false;
  }
}
