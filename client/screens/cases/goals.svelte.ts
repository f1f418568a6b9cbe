import type { Fault, Outcome } from '#contract/faults.ts';
import type { GoalsAnswer, SetTarget } from '#contract/goal.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Api } from '../../live/api.ts';

/** The tree of goals, and what may be changed in it. */
export class Goals {
  busy = $state<string | null>(null);
  refusal = $state.raw<Fault | null>(null);
  /** Goal or indicator whose form is open. */
  editing = $state<string | null>(null);
  readonly tree: Answer<GoalsAnswer>;
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.tree = new Answer(api, () => '/api/v1/goals');
    void this.tree.load();
  }

  edit(what: string | null): void {
    this.refusal = null;
    this.editing = what;
  }

  charge(goal: string, unit: string | null): Promise<boolean> {
    return this.#send(goal, 'PUT', `/api/v1/goals/${goal}/unit`, { unit });
  }

  set(target: SetTarget): Promise<boolean> {
    return this.#send(target.code, 'POST', '/api/v1/indicators/targets', target);
  }

  withdraw(id: string): Promise<boolean> {
    return this.#send(id, 'DELETE', `/api/v1/indicators/targets/${id}`);
  }

  close(): void {
    this.tree.close();
  }

  async #send(busy: string, method: 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = busy;
    this.refusal = null;
    const answer: Outcome<unknown> = await this.#api.send(method, path, body);
    this.busy = null;
    if (answer.ok) this.editing = null;
    else this.refusal = answer.fault;
    void this.tree.load();
    return answer.ok;
  }
}
