import type { Escalation, EscalationsAnswer, NewEscalation } from '#contract/escalation.ts';
import type { Fault, Outcome } from '#contract/faults.ts';
import { Answer } from '../answer.svelte.ts';
import type { Live } from '../live.svelte.ts';

type Act = 'ask' | 'raise' | 'answer';

/** Matters beyond the authority of a unit, of one thing or all that the reader sees. */
export class Escalations {
  busy = $state<Act | null>(null);
  refusal = $state.raw<Fault | null>(null);
  /** What is being written under each matter; a refusal or another look loses nothing. */
  words = $state<Record<string, string>>({});
  readonly list: Answer<EscalationsAnswer>;
  readonly #live: Live;
  readonly #seen = new Set<string>();

  constructor(live: Live, thing: () => string | null = () => null) {
    this.#live = live;
    this.list = new Answer(live.api, () => {
      const asked = thing();
      return asked === null ? '/api/v1/escalations' : `/api/v1/escalations?thing=${asked}`;
    });
    void this.list.load();
  }

  get items(): readonly Escalation[] {
    return this.list.value?.items ?? [];
  }

  get waiting(): readonly Escalation[] {
    return this.items.filter(({ answeredAt }) => answeredAt === null);
  }

  ask(asked: NewEscalation): Promise<boolean> {
    return this.#send('ask', '/api/v1/escalations', asked);
  }

  async raise({ id }: Escalation): Promise<boolean> {
    return this.#said(id, await this.#send('raise', `/api/v1/escalations/${id}/raise`, { reason: this.words[id]?.trim() ?? '' }));
  }

  async answer({ id }: Escalation): Promise<boolean> {
    return this.#said(id, await this.#send('answer', `/api/v1/escalations/${id}/answer`, { answer: this.words[id]?.trim() ?? '' }));
  }

  /** The receipt of who is asked, given once what is shown has been shown. */
  async seen({ id, mayAnswer, level }: Escalation): Promise<void> {
    const name = `${id}/${level}`;
    if (!mayAnswer || this.#seen.has(name)) return;
    this.#seen.add(name);
    const read = await this.#live.api.send('POST', `/api/v1/escalations/${id}/read`, {});
    if (!read.ok) this.#seen.delete(name);
  }

  /** Called when what they are about moved. */
  follow(): void {
    this.list.refresh();
  }

  close(): void {
    this.list.close();
  }

  #said(id: string, isDone: boolean): boolean {
    if (isDone) delete this.words[id];
    return isDone;
  }

  async #send(busy: Act, path: string, body: unknown): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = busy;
    this.refusal = null;
    const answer: Outcome<unknown> = await this.#live.api.send('POST', path, body);
    this.busy = null;
    if (!answer.ok) this.refusal = answer.fault;
    void this.list.load();
    return answer.ok;
  }
}
