import type { Fault } from '#contract/faults.ts';
import type { Me } from '#contract/http.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { Acting } from '../../live/acting.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import { countInbox, isOfficer, isOwn, listInbox, pileOf, seesAllUnits, type Counts, type Deed, type Pile } from './model.ts';

/** What is written about one request and not sent yet. */
export class Draft {
  open = $state<Exclude<Deed, 'accept'> | null>(null);
  words = $state('');
  /** Pictures of the result, already kept by the server. */
  media = $state.raw<readonly string[]>([]);
  explanation = $state('');
}

/** The inbox of a unit: its requests, what is open, and every act on them. */
export class Inbox {
  me = $state.raw<Me | null>(null);
  refusal = $state.raw<Fault | null>(null);
  pile = $state<Pile>('new');
  unit = $state('');
  words = $state('');
  picked = $state<string | null>(null);
  readonly live: Live;
  readonly acting: Acting;
  readonly #drafts = new Map<string, Draft>();
  readonly #told = new Set<string>();

  readonly own: HandlingRequestState[] = $derived.by(() => (this.me === null ? [] : this.live.topic('handling-request').items.filter((request) => isOwn(request, this.me!))));
  readonly list: HandlingRequestState[] = $derived(listInbox(this.own, { pile: this.pile, unit: this.unit, words: this.words }));
  readonly counts: Counts = $derived.by(() => countInbox(this.unit === '' ? this.own : this.own.filter(({ unit }) => unit === this.unit), this.live.now));
  readonly units: string[] = $derived([...new Set(this.own.map(({ unit }) => unit))]);
  readonly seesAll: boolean = $derived(this.me !== null && seesAllUnits(this.me));
  readonly request: HandlingRequestState | undefined = $derived(this.own.find(({ id }) => id === this.picked));
  readonly state: PageState = $derived.by(() =>
    pageStateOf({ isLoading: this.refusal === null && (this.me === null || !this.live.topic('handling-request').isReady), isOffline: !this.live.isOnline, isStale: this.live.isBehind, mode: 'live' }),
  );

  constructor(live: Live) {
    this.live = live;
    this.acting = new Acting(live);
    for (const topic of ['handling-request', 'alert', 'feedback'] as const) live.topic(topic);
    void this.#askWho();
  }

  open(id: string): void {
    this.picked = id;
    this.acting.refusal = null;
    const { request } = this;
    if (request) this.pile = pileOf(request);
  }

  move(step: 1 | -1): void {
    const at = this.list.findIndex(({ id }) => id === this.picked);
    const next = this.list[at < 0 ? 0 : Math.min(this.list.length - 1, Math.max(0, at + step))];
    if (next) this.open(next.id);
  }

  draftOf(id: string): Draft {
    const known = this.#drafts.get(id) ?? new Draft();
    this.#drafts.set(id, known);
    return known;
  }

  /** Tells the issuer what has arrived on an officer's screen and what was opened; each once per connection. */
  tellSeen(): void {
    if (this.me === null || !isOfficer(this.me) || !this.live.isOnline) return;
    for (const { id, step } of this.own) {
      if (step === 'sent' && id !== this.picked) this.#tell('handling-request.deliver', id);
      if ((step === 'sent' || step === 'delivered') && id === this.picked) this.#tell('handling-request.read', id);
    }
  }

  /** Sends a deed; true when the server did it. */
  async send(deed: Deed, id: string, words: string, media: readonly string[] = []): Promise<boolean> {
    const sent =
      deed === 'accept'
        ? await this.acting.send('handling-request.accept', { id })
        : deed === 'return'
          ? await this.acting.send('handling-request.return', { id, reason: words })
          : await this.acting.send('handling-request.carry-out', { id, result: words, ...(media.length > 0 ? { media: [...media] } : {}) });
    if (sent === undefined) return false;
    this.pile = pileOf(sent);
    return true;
  }

  #tell(name: 'handling-request.deliver' | 'handling-request.read', id: string): void {
    const mark = `${name} ${id}`;
    if (this.#told.has(mark)) return;
    this.#told.add(mark);
    void this.live.command(name, { id }).then((answer) => {
      if (!answer.ok) this.#told.delete(mark);
    });
  }

  async #askWho(): Promise<void> {
    const answer = await this.live.api.get<Me>('/api/v1/session');
    if (answer.ok) this.me = answer.value;
    else if (answer.fault.code.startsWith('AUTH_')) this.refusal = answer.fault;
    else setTimeout(() => void this.#askWho(), 3000);
  }
}
