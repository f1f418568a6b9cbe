import type { Fault } from '#contract/faults.ts';
import type { WallLogLine } from '#contract/past.ts';
import type { Api } from './api.ts';
import type { Reading } from './source.ts';

const LINES = 100;

/** The walls' own log, read again whenever a wall changed. Nothing later than the moment shown is told. */
export class WallLogView {
  #lines = $state.raw<readonly WallLogLine[]>([]);
  #isReady = $state(false);
  #fault = $state.raw<Fault | null>(null);
  #isWanted = false;
  #reading: Promise<void> | undefined;
  #isStale = false;
  readonly #api: () => Api;
  readonly #now: () => number;

  constructor(api: () => Api, now: () => number) {
    this.#api = api;
    this.#now = now;
  }

  of(wall: string | null): Reading<WallLogLine> {
    if (!this.#isWanted) {
      this.#isWanted = true;
      queueMicrotask(() => this.refresh());
    }
    const now = this.#now();
    return { items: this.#lines.filter((line) => (wall === null || line.wall === wall) && line.at <= now + 1000), isReady: this.#isReady, fault: this.#fault };
  }

  refresh(): void {
    if (!this.#isWanted) return;
    this.#isStale = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
  }

  async #read(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const answer = await this.#api().get<{ items: WallLogLine[] }>(`/api/v1/walls/log?limit=${LINES}`);
      if (answer.ok) this.#lines = answer.value.items;
      this.#fault = !answer.ok && answer.fault.code.startsWith('AUTH_') ? answer.fault : null;
      this.#isReady ||= answer.ok;
    }
  }
}
