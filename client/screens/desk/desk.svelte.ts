import type { Position } from '#contract/base.ts';
import type { Fault } from '#contract/faults.ts';
import type { Me } from '#contract/http.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { Acting } from '../../live/acting.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import type { AlertRows } from '#contract/alertBook.ts';
import type { DeskView } from '#contract/duty.ts';
import { Answer } from '../../live/answer.svelte.ts';
import { withoutOthers } from '../../wall/ownRehearsal.ts';
import { countAlerts, EVERY_OPEN_ALERT, listAlerts, type AlertFilter } from './alertList.ts';
import { deedsOfAlert, deedsOfFeedback, deedsOfRequest, sharedDeeds, type Deed } from './deeds.ts';
import type { Subject } from './deskDeeds.ts';
import { neighbourOf } from './deskKeys.ts';
import { Draft } from './draft.svelte.ts';
import { createWordShelf } from './finder.ts';
import { rowsOf, type ListRow } from './groups.ts';
import { Presence } from './presence.svelte.ts';
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
const MOST_MARKED = 200;

/** What one desk looks at and what it has at hand. */
export class Desk {
  me = $state.raw<Me | null>(null);
  refusal = $state.raw<Fault | null>(null);
  tab = $state<Tab>('alert');
  picked = $state.raw<Picked | null>(null);
  filter = $state.raw<AlertFilter>(EVERY_OPEN_ALERT);
  pile = $state<Pile>('open');
  words = $state('');
  /** Deeds a key asked for; the first that is possible is begun. */
  wanted = $state.raw<readonly Deed[]>([]);
  marked = $state.raw<ReadonlySet<string>>(new Set());
  focusedGroup = $state<string | null>(null);
  unfolded = $state.raw<ReadonlySet<string>>(new Set());
  isGrouped = $state(true);
  readonly live: Live;
  readonly acting: Acting;
  readonly presence: Presence;
  readonly groups: Answer<AlertRows>;
  readonly #drafts = new Map<string, Draft>();
  readonly #alertWords = createWordShelf<AlertState>(({ id, title, text }) => `${title} ${text ?? ''} ${id}`);
  readonly #feedbackWords = createWordShelf<FeedbackState>(({ id, description, address }) => `${description} ${address ?? ''} ${id}`);
  readonly #requestWords = createWordShelf<HandlingRequestState>(({ id, title, note }) => `${title} ${note ?? ''} ${id}`);

  readonly orderedAt: number = $derived.by(() => Math.floor(this.live.now / ORDER_EVERY_MS) * ORDER_EVERY_MS);
  readonly alerts: AlertState[] = $derived.by(() => listAlerts(this.live.topic('alert').items, this.filter, this.orderedAt, this.#alertWords));
  /** The list as it is shown: alike alerts behind one line while nothing is filtered out. */
  readonly rows: ListRow[] = $derived.by(() => rowsOf(this.alerts, this.isGrouped && this.filter.state === 'open' && !this.live.past ? (this.groups.value?.rows ?? []) : [], this.unfolded));
  readonly feedback: FeedbackState[] = $derived.by(() => listFeedback(this.live.topic('feedback').items, { pile: this.pile, words: this.words, wordsOf: this.#feedbackWords }, this.orderedAt));
  readonly requests: HandlingRequestState[] = $derived.by(() => listRequests(this.live.topic('handling-request').items, { pile: this.pile, words: this.words, wordsOf: this.#requestWords }, this.orderedAt));
  readonly counts = $derived.by(() => countAlerts(withoutOthers(this.live.topic('alert').items, null), this.orderedAt));
  readonly canOperate: boolean = $derived(this.me?.roles.some((role) => OPERATORS.has(role)) ?? false);
  /** Work is done in the present; the past is only looked at. */
  readonly canAct: boolean = $derived.by(() => this.canOperate && this.live.past === null);

  readonly alert: AlertState | undefined = $derived.by(() => this.#find('alert', this.live.topic('alert').items));
  readonly report: FeedbackState | undefined = $derived.by(() => this.#find('feedback', this.live.topic('feedback').items));
  readonly request: HandlingRequestState | undefined = $derived.by(() => this.#find('request', this.live.topic('handling-request').items));
  readonly camera = $derived.by(() => this.#find('camera', this.live.topic('camera').items));
  /** Every marked thing of the open list that is still there. */
  readonly many: Subject[] = $derived.by(() => this.#items().filter(({ id }) => this.marked.has(id)).map((thing) => ({ kind: this.tab, thing })));
  readonly sharedDeeds: Deed[] = $derived.by(() => sharedDeeds(this.many.map((subject) => this.deedsOf(subject))));
  /** What is picked was not there yet at the moment the desk looks back to. */
  readonly isNotYet: boolean = $derived.by(() => this.live.past !== null && this.picked !== null && this.picked.kind !== 'sensor' && !(this.alert ?? this.report ?? this.request ?? this.camera));
  readonly place: Position | null = $derived.by(() => (this.alert ?? this.report ?? this.request ?? this.camera)?.position ?? this.#sensorPlace());

  readonly state: PageState = $derived.by(() =>
    pageStateOf({ isLoading: this.refusal === null && (this.me === null || !this.live.topic('alert').isReady), isOffline: !this.live.isOnline, isStale: this.live.isBehind, mode: this.live.past ? 'replay' : this.live.rehearsals.length > 0 ? 'rehearsal' : 'live' }),
  );

  constructor(live: Live) {
    this.live = live;
    this.acting = new Acting(live);
    this.presence = new Presence(live);
    this.groups = new Answer(live.api, () => '/api/v1/alerts/groups');
    for (const topic of ['alert', 'feedback', 'handling-request', 'camera'] as const) live.topic(topic);
    void this.#askWho();
  }

  pick(kind: Picked['kind'], id: string): void {
    this.focusedGroup = null;
    this.picked = { kind, id };
    this.acting.refusal = null;
    if (kind === 'alert' || kind === 'feedback' || kind === 'request') this.tab = kind;
  }

  close(): void {
    this.picked = null;
    this.focusedGroup = null;
  }

  move(step: 1 | -1): void {
    const rows = this.tab === 'alert' ? this.rows : this.#items();
    const at = this.focusedGroup ?? (this.picked?.kind === this.tab ? this.picked.id : null);
    const next = neighbourOf(rows.map(({ id }) => id), at, step);
    if (next !== null) this.choose(next);
  }

  /** A line of the list: an alert is opened, a group only stood on. */
  choose(id: string): void {
    const isGroup = this.tab === 'alert' && this.rows.some((row) => row.id === id && row.form === 'group');
    this.focusedGroup = isGroup ? id : null;
    if (isGroup) this.picked = null;
    else this.pick(this.tab, id);
  }

  /** Folds or unfolds the group that is stood on, or the one around the open alert. */
  unfold(id?: string): void {
    const { picked } = this;
    const group = id ?? this.focusedGroup ?? this.rows.find((row) => row.form === 'group' && row.shown.some((member) => member.id === picked?.id))?.id;
    if (group === undefined) return;
    const next = new Set(this.unfolded);
    if (!next.delete(group)) next.add(group);
    this.unfolded = next;
  }

  /** Marks the open thing, or every member of the group that is stood on, for one deed on all. */
  mark(): void {
    const group = this.rows.find((row) => row.id === this.focusedGroup);
    const ids = group?.form === 'group' ? group.shown.map(({ id }) => id) : this.picked?.kind === this.tab ? [this.picked.id] : [];
    const isOn = ids.length > 0 && ids.every((id) => this.marked.has(id));
    this.marked = new Set(isOn ? [...this.marked].filter((id) => !ids.includes(id)) : [...this.marked, ...ids]);
  }

  markAll(): void {
    this.marked = new Set(this.#items().slice(0, MOST_MARKED).map(({ id }) => id));
  }

  nextTab(): void {
    const tabs: Tab[] = ['alert', 'feedback', 'request'];
    this.tab = tabs[(tabs.indexOf(this.tab) + 1) % tabs.length]!;
    this.unmark();
  }

  unmark(): void {
    this.marked = new Set();
  }

  keepMarked(left: readonly string[]): void {
    this.marked = new Set(left);
  }

  deedsOf({ kind, thing }: Subject): Deed[] {
    if (kind === 'alert') return deedsOfAlert(thing as unknown as AlertState, this.live.now, this.me?.id ?? null);
    return kind === 'feedback' ? deedsOfFeedback(thing as unknown as FeedbackState) : deedsOfRequest(thing as unknown as HandlingRequestState);
  }

  /** The filters of this moment, and back. */
  view(): DeskView['body'] {
    const { levels, kind, state, words } = this.filter;
    return { tab: this.tab, levels: [...levels], kind, state, pile: this.pile, words: this.tab === 'alert' ? words : this.words };
  }

  isView(body: DeskView['body']): boolean {
    return JSON.stringify(body) === JSON.stringify(this.view());
  }

  show(body: DeskView['body'] | undefined): void {
    const { tab, levels, kind, state, pile, words } = body ?? { tab: this.tab, ...EVERY_OPEN_ALERT, pile: 'open' };
    this.tab = tab;
    this.pile = pile as Pile;
    this.words = tab === 'alert' ? '' : words;
    this.filter = { levels, kind, state, words: tab === 'alert' ? words : '' } as AlertFilter;
  }

  draftOf(id: string): Draft {
    const known = this.#drafts.get(id) ?? new Draft();
    this.#drafts.set(id, known);
    return known;
  }

  requestsAbout(topic: 'alert' | 'feedback', id: string): HandlingRequestState[] {
    return this.live.topic('handling-request').items.filter(({ about }) => about?.topic === topic && about.id === id);
  }

  #items(): readonly { id: string; state: string; dueAt: number; ward: string | null; requestId?: string | null }[] {
    if (this.tab === 'request') return this.requests.map((request) => ({ ...request, state: request.step }));
    return this.tab === 'alert' ? this.alerts : this.feedback;
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
