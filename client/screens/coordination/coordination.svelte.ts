import type { Page } from '#contract/http.ts';
import type { Fault } from '#contract/faults.ts';
import type { FocalPointsAnswer } from '#contract/people.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { Acting } from '../../live/acting.svelte.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import { Person } from '../../live/person.svelte.ts';
import { canNudge, countsOf, listOf, PILES, queueOf, unitsOf, type Pile, type UnitLoad } from './model.ts';

/** What is written about one request and not sent yet. */
export class RequestDraft {
  open = $state<'nudge' | 'redirect' | 'refuse' | null>(null);
  words = $state('');
  unit = $state('');
}

/** A slip to many: how far it has come, and who could not be reached. */
export interface Round {
  done: number;
  of: number;
  refused: readonly { id: string; fault: Fault | 'offline' }[];
}

/** The queue of Văn phòng over all units: who owes what, slips, other units, focal points. */
export class Coordination {
  pile = $state<Pile>('overdue');
  unit = $state('');
  words = $state('');
  picked = $state<string | null>(null);
  marked = $state.raw<ReadonlySet<string>>(new Set());
  /** Words of the slip to all that are marked. */
  slip = $state('');
  round = $state.raw<Round | null>(null);
  focalRefusal = $state.raw<Fault | null>(null);
  readonly live: Live;
  readonly person: Person;
  readonly acting: Acting;
  readonly returned: Answer<Page<HandlingRequestState>>;
  readonly focal: Answer<FocalPointsAnswer>;
  readonly #drafts = new Map<string, RequestDraft>();

  readonly queue: HandlingRequestState[] = $derived.by(() => queueOf(this.live.topic('handling-request').items, this.returned.value?.items ?? []));
  readonly list: HandlingRequestState[] = $derived.by(() => listOf(this.queue, { pile: this.pile, unit: this.unit, words: this.words }, this.live.now));
  readonly counts: Record<Pile, number> = $derived.by(() => countsOf(this.queue, this.unit, this.live.now));
  readonly units: UnitLoad[] = $derived.by(() => unitsOf(this.queue, this.live.now));
  readonly request: HandlingRequestState | undefined = $derived(this.queue.find(({ id }) => id === this.picked));
  /** Marked requests that a slip can reach. */
  readonly reachable: HandlingRequestState[] = $derived(this.queue.filter((request) => this.marked.has(request.id) && canNudge(request)));
  readonly mayUse: boolean = $derived.by(() => this.person.is('operator', 'admin'));
  readonly state: PageState = $derived.by(() =>
    pageStateOf({ isLoading: this.person.refusal === null && (this.person.me === null || !this.live.topic('handling-request').isReady), isOffline: !this.live.isOnline, isStale: this.live.isBehind, mode: 'live' }),
  );

  constructor(live: Live) {
    this.live = live;
    this.person = new Person(live.api);
    this.acting = new Acting(live);
    this.returned = new Answer(live.api, () => '/api/v1/handling-requests?state=returned&limit=300');
    this.focal = new Answer(live.api, () => '/api/v1/focal-points');
    live.topic('handling-request');
    for (const answer of [this.returned, this.focal]) void answer.load();
  }

  /** The first look falls on the first pile that holds something. */
  begin(): void {
    this.pile = PILES.find((pile) => this.counts[pile] > 0) ?? 'all';
  }

  /** Called when a request moved. */
  follow(): void {
    this.returned.refresh(1500);
  }

  draftOf(id: string): RequestDraft {
    const known = this.#drafts.get(id) ?? new RequestDraft();
    this.#drafts.set(id, known);
    return known;
  }

  open(id: string | null): void {
    this.picked = id;
    this.acting.refusal = null;
  }

  move(step: 1 | -1): void {
    const at = this.list.findIndex(({ id }) => id === this.picked);
    const next = this.list[at < 0 ? 0 : Math.min(this.list.length - 1, Math.max(0, at + step))];
    if (next) this.open(next.id);
  }

  mark(id: string): void {
    const next = new Set(this.marked);
    if (!next.delete(id)) next.add(id);
    this.marked = next;
    this.round = null;
  }

  markAll(): void {
    this.marked = new Set([...this.marked, ...this.list.filter(canNudge).map(({ id }) => id)]);
    this.round = null;
  }

  unmark(): void {
    this.marked = new Set();
    this.round = null;
  }

  /** One slip to every marked request, one after the other; who was not reached stays marked. */
  async nudgeAll(): Promise<void> {
    const wanted = this.reachable.map(({ id }) => id);
    const note = this.slip.trim();
    const refused: { id: string; fault: Fault | 'offline' }[] = [];
    for (const [place, id] of wanted.entries()) {
      this.round = { done: place, of: wanted.length, refused };
      const sent = await this.acting.send('handling-request.nudge', { id, ...(note === '' ? {} : { note }) });
      if (!sent) refused.push({ id, fault: this.acting.refusal ?? 'offline' });
      if (this.acting.refusal === 'offline') break;
    }
    this.acting.refusal = null;
    const reached = wanted.length - refused.length;
    this.marked = new Set(refused.map(({ id }) => id));
    this.round = { done: reached, of: wanted.length, refused };
    if (refused.length === 0) this.slip = '';
  }

  async nudge(id: string, note: string): Promise<boolean> {
    return (await this.acting.send('handling-request.nudge', { id, ...(note === '' ? {} : { note }) })) !== undefined;
  }

  /** Gives the request to another unit and opens the new one. */
  async redirect(id: string, unit: string, reason: string): Promise<boolean> {
    const fresh = await this.acting.send('handling-request.redirect', { id, unit, reason });
    if (!fresh) return false;
    this.open(fresh.id);
    this.returned.refresh();
    return true;
  }

  async verify(id: string, isAccepted: boolean, reason: string): Promise<boolean> {
    return (await this.acting.send('handling-request.verify', { id, isAccepted, ...(reason === '' ? {} : { reason }) })) !== undefined;
  }

  async chooseFocal(unit: string, account: string | null): Promise<boolean> {
    const answer = await this.live.api.send<FocalPointsAnswer>('PUT', `/api/v1/focal-points/${unit}`, { account });
    this.focalRefusal = answer.ok ? null : answer.fault;
    if (answer.ok) this.focal.value = answer.value;
    return answer.ok;
  }

  close(): void {
    for (const one of [this.person, this.returned, this.focal]) one.close();
  }
}
