import type { Fault } from '#contract/faults.ts';
import type { Me } from '#contract/http.ts';
import type { Role } from '#contract/roles.ts';
import type { Api } from './api.ts';

const AGAIN_MS = 3000;

/** Who sits at this page; asked once, and again while the server does not answer. */
export class Person {
  me = $state.raw<Me | null>(null);
  refusal = $state.raw<Fault | null>(null);
  readonly #api: Pick<Api, 'get'>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Pick<Api, 'get'>) {
    this.#api = api;
    void this.#ask();
  }

  is(...roles: Role[]): boolean {
    return this.me?.roles.some((role) => roles.includes(role)) ?? false;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const answer = await this.#api.get<Me>('/api/v1/session');
    if (answer.ok) this.me = answer.value;
    else if (answer.fault.code.startsWith('AUTH_')) this.refusal = answer.fault;
    else this.#timer = setTimeout(() => void this.#ask(), AGAIN_MS);
  }
}
