import type { Fault } from '#contract/faults.ts';
import type { StreetSign } from '#contract/traffic.ts';
import type { Api } from './api.ts';
import type { Reading } from './source.ts';

const EVERY_MS = 10_000;
const MINUTE_MS = 60_000;

/** Events on the streets, of the present or of the minute of the past that is shown; asked from the first look on, what was known stays while nobody answers. */
export class StreetWatch {
  #signs = $state.raw<{ isPast: boolean; items: readonly StreetSign[] } | null>(null);
  #fault = $state.raw<Fault | null>(null);
  readonly #api: () => Api;
  #wanted: number | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(api: () => Api) {
    this.#api = api;
  }

  /** `pastAt` null: the present. */
  of(pastAt: number | null): Reading<StreetSign> {
    const wanted = pastAt === null ? null : Math.floor(pastAt / MINUTE_MS) * MINUTE_MS;
    if (this.#timer === undefined || wanted !== this.#wanted) {
      this.#wanted = wanted;
      this.#timer ??= setInterval(() => void this.#ask(), EVERY_MS);
      queueMicrotask(() => void this.#ask());
    }
    const known = this.#signs?.isPast === (wanted !== null) ? this.#signs : null;
    return { items: known?.items ?? [], isReady: known !== null, fault: this.#fault };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    const wanted = this.#wanted;
    const answer = await this.#api().get<{ items: StreetSign[] }>(`/api/v1/streets/signs${wanted === null ? '' : `?at=${wanted}`}`);
    if (wanted !== this.#wanted) return;
    if (answer.ok) this.#signs = { isPast: wanted !== null, items: answer.value.items };
    this.#fault = !answer.ok && answer.fault.code.startsWith('AUTH_') ? answer.fault : null;
  }
}
