import type { QualityAnswer, QualityRow } from '#contract/quality.ts';
import type { Api } from './api.ts';

const EVERY_MS = 60_000;

/** Đúng, đủ, sạch, sống as the server last measured them; asked from the first look on, what was known stays while nobody answers. */
export class QualityWatch {
  #rows = $state.raw<readonly QualityRow[]>([]);
  readonly #api: () => Api;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(api: () => Api) {
    this.#api = api;
  }

  get rows(): readonly QualityRow[] {
    if (this.#timer === undefined) {
      this.#timer = setInterval(() => void this.#ask(), EVERY_MS);
      void Promise.resolve().then(() => this.#ask());
    }
    return this.#rows;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    const answer = await this.#api().get<QualityAnswer>('/api/v1/quality');
    if (answer.ok) this.#rows = answer.value.items;
  }
}
