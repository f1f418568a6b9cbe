import type { Fault } from '#contract/faults.ts';
import type { Api } from './api.ts';

const REST_MS = 500;

/** What the server answered at an address, kept until it answers anew: a refusal never empties what is shown. */
export class Answer<T> {
  value = $state.raw<T | null>(null);
  fault = $state.raw<Fault | null>(null);
  isBusy = $state(false);
  readonly #api: Pick<Api, 'get'>;
  readonly #path: () => string | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: string | null = null;

  constructor(api: Pick<Api, 'get'>, path: () => string | null) {
    this.#api = api;
    this.#path = path;
  }

  /** Asks soon; calls that come close together are one question. */
  refresh(restMs: number = REST_MS): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.load();
    }, restMs);
  }

  async load(): Promise<void> {
    const path = this.#path();
    if (path === null) return;
    if (path !== this.#asked) this.value = null;
    this.#asked = path;
    this.isBusy = true;
    const answer = await this.#api.get<T>(path);
    if (path !== this.#asked) return;
    this.isBusy = false;
    if (answer.ok) this.value = answer.value;
    this.fault = answer.ok ? null : answer.fault;
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
