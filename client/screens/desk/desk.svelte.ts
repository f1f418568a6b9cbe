import type { Position } from '#contract/base.ts';
import type { Fault } from '#contract/faults.ts';
import type { Me } from '#contract/http.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { Acting } from '../../live/acting.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import { countAlerts, EVERY_OPEN_ALERT, listAlerts, type AlertFilter } from './alertList.ts';
import { neighbourOf } from './deskKeys.ts';
import { Draft } from './draft.svelte.ts';
import { createWordShelf } from './finder.ts';
import { listFeedback, listRequests, type Pile } from './workLists.ts';

export type Tab = 'alert' | 'feedback' | 'request';

/** The thing whose panel is open. */
export interface Picked {
  kind: Tab | 'camera' | 'sensor';
  id: string;
}

const OPERATORS = new Set(['operator', 'admin']);
/** Lists are ordered anew this seldom, so that rows do not move under the pointer. */
const ORDER_EVERY_MS = 5000;

/** What one desk looks at and what it has at hand. */
export class Desk {
  me = $state.raw<Me | null>(null);
  refusal = $state.raw<Fault | null>(null);
  tab = $state<Tab>('alert');
  picked = $state.raw<Picked | null>(null);
  filter = $state.raw<AlertFilter>(EVERY_OPEN_ALERT);
  pile = $state<Pile>('open');
  words = $state('');
  readonly live: Live;
  readonly acting: Acting;
  readonly #drafts = new Map<string, Draft>();
  readonly #alertWords = createWordShelf<AlertState>(({ id, title, text }) => `${title} ${text ?? ''} ${id}`);
  readonly #feedbackWords = createWordShelf<FeedbackState>(({ id, description, address }) => `${description} ${address ?? ''} ${id}`);
  readonly #requestWords = createWordShelf<HandlingRequestState>(({ id, title, note }) => `${title} ${note ?? ''} ${id}`);

  readonly orderedAt: number = $derived.by(() => Math.floor(this.live.now / ORDER_EVERY_MS) * ORDER_EVERY_MS);
  readonly alerts: AlertState[] = $derived.by(() => listAlerts(this.live.topic('alert').items, this.filter, this.orderedAt, this.#alertWords));
  readonly feedback: FeedbackState[] = $derived.by(() => listFeedback(this.live.topic('feedback').items, { pile: this.pile, words: this.words, wordsOf: this.#feedbackWords }, this.orderedAt));
  readonly requests: HandlingRequestState[] = $derived.by(() => listRequests(this.live.topic('handling-request').items, { pile: this.pile, words: this.words, wordsOf: this.#requestWords }, this.orderedAt));
  readonly counts = $derived.by(() => countAlerts(this.live.topic('alert').items, this.orderedAt));
  readonly canOperate: boolean = $derived(this.me?.roles.some((role) => OPERATORS.has(role)) ?? false);

  readonly alert: AlertState | undefined = $derived.by(() => this.#find('alert', this.live.topic('alert').items));
  readonly report: FeedbackState | undefined = $derived.by(() => this.#find('feedback', this.live.topic('feedback').items));
  readonly request: HandlingRequestState | undefined = $derived.by(() => this.#find('request', this.live.topic('handling-request').items));
  readonly camera = $derived.by(() => this.#find('camera', this.live.topic('camera').items));
  readonly place: Position | null = $derived.by(() => (this.alert ?? this.report ?? this.request ?? this.camera)?.position ?? this.#sensorPlace());

  readonly state: PageState = $derived.by(() =>
    pageStateOf({ isLoading: this.refusal === null && (this.me === null || !this.live.topic('alert').isReady), isOffline: !this.live.isOnline, isStale: false, mode: 'live' }),
  );

  constructor(live: Live) {
    this.live = live;
    this.acting = new Acting(live);
    for (const topic of ['alert', 'feedback', 'handling-request', 'camera'] as const) live.topic(topic);
    void this.#askWho();
  }

  pick(kind: Picked['kind'], id: string): void {
    this.picked = { kind, id };
    this.acting.refusal = null;
    if (kind === 'alert' || kind === 'feedback' || kind === 'request') this.tab = kind;
  }

  close(): void {
    this.picked = null;
  }

  move(step: 1 | -1): void {
    const ids = { alert: this.alerts, feedback: this.feedback, request: this.requests }[this.tab].map(({ id }) => id);
    const next = neighbourOf(ids, this.picked?.kind === this.tab ? this.picked.id : null, step);
    if (next !== null) this.pick(this.tab, next);
  }

  draftOf(id: string): Draft {
    const known = this.#drafts.get(id) ?? new Draft();
    this.#drafts.set(id, known);
    return known;
  }

  requestsAbout(topic: 'alert' | 'feedback', id: string): HandlingRequestState[] {
    return this.live.topic('handling-request').items.filter(({ about }) => about?.topic === topic && about.id === id);
  }

  #find<Item extends { id: string }>(kind: Picked['kind'], items: readonly Item[]): Item | undefined {
    const { picked } = this;
    return picked?.kind === kind ? items.find(({ id }) => id === picked.id) : undefined;
  }

  #sensorPlace(): Position | null {
    const { picked } = this;
    return picked?.kind === 'sensor' ? (this.live.sensors().items.find(({ ref }) => ref === picked.id)?.position ?? null) : null;
  }

  async #askWho(): Promise<void> {
    const answer = await this.live.api.get<Me>('/api/v1/session');
    if (answer.ok) this.me = answer.value;
    else if (answer.fault.code.startsWith('AUTH_')) this.refusal = answer.fault;
    else setTimeout(() => void this.#askWho(), 3000);
  }
}
