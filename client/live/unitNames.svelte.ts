import type { Api } from './api.ts';

const AGAIN_MS = 10_000;

/** Names of units by their codes; asked for at the first look, and again until all have come. */
export class UnitNames {
  #names = $state.raw<ReadonlyMap<string, string>>(new Map());
  #isAsked = false;
  #again: ReturnType<typeof setTimeout> | undefined;
  readonly #api: () => Api;

  constructor(api: () => Api) {
    this.#api = api;
  }

  of(code: string | null): string {
    if (code === null) return '';
    if (!this.#isAsked) {
      this.#isAsked = true;
      void this.#ask();
    }
    return this.#names.get(code) ?? code;
  }

  /** Names of an earlier visit, until the server answers. */
  restore(names: readonly (readonly [string, string])[]): void {
    if (this.#names.size === 0) this.#names = new Map(names);
  }

  kept(): [string, string][] {
    return [...this.#names];
  }

  close(): void {
    clearTimeout(this.#again);
  }

  async #ask(): Promise<void> {
    const answer = await this.#api().all<{ code: string; name: string }>('/api/v1/units?limit=500', (soFar) => {
      this.#names = new Map([...this.#names, ...soFar.map((unit): [string, string] => [unit.code, unit.name])]);
    });
    if (!answer.ok) this.#again = setTimeout(() => void this.#ask(), AGAIN_MS);
  }
}
