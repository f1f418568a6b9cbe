import type { CommandRequest } from '#contract/events.ts';
import type { Outcome } from '#contract/faults.ts';
import type { BoardAnswer, CaseHistory, CatalogueAnswer, MyRedAnswer } from '#contract/red.ts';
import type { CaseState } from '#contract/topics/case.ts';
import { Acting } from '../../live/acting.svelte.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import { Person } from '../../live/person.svelte.ts';
import type { Asked, Tab } from './model.ts';
import { MinutesDraft } from './minutesDraft.svelte.ts';
import { PlanDraft } from './planDraft.svelte.ts';

type CaseCommand = 'case.acknowledge' | 'case.plan' | 'case.add-milestone' | 'case.keep-milestone' | 'case.obstacle' | 'case.nudge' | 'case.submit' | 'case.verify' | 'case.close';

/** The page of RED: the board, the table, and one open case. */
export class Cases {
  tab = $state<Tab>('board');
  asked = $state<Asked>({ unit: '', service: '', period: '', level: '', words: '' });
  open = $state<string | null>(null);
  /** Why something is beyond a unit, as it is being written, by thing. */
  beyond = $state<Record<string, string>>({});
  readonly minutes = new MinutesDraft();
  readonly live: Live;
  readonly person: Person;
  readonly acting: Acting;
  readonly board: Answer<BoardAnswer>;
  readonly catalogue: Answer<CatalogueAnswer>;
  readonly mine: Answer<MyRedAnswer>;
  readonly history: Answer<CaseHistory>;
  readonly #closed: Answer<CaseState>;
  #acted = $state.raw<CaseState | null>(null);
  readonly #drafts = new Map<string, PlanDraft>();

  readonly isOfficer: boolean = $derived.by(() => this.person.is('unit-officer') && this.person.me?.units !== null);
  readonly canWork: boolean = $derived.by(() => this.person.is('unit-officer', 'operator', 'admin'));
  readonly canOperate: boolean = $derived.by(() => this.person.is('operator', 'admin'));
  /** The newest of what was pushed, what an act gave back, and what the store told. */
  readonly state: CaseState | null = $derived.by(() => {
    const told = [this.live.topic('case').items.find(({ id }) => id === this.open), this.#acted, this.#closed.value].filter((one): one is CaseState => one?.id === this.open);
    return told.reduce<CaseState | null>((newest, one) => (newest === null || one.updatedAt > newest.updatedAt ? one : newest), null);
  });
  readonly isMissing: boolean = $derived.by(() => this.open !== null && this.state === null && this.#closed.fault !== null);
  readonly pageState: PageState = $derived.by(() => pageStateOf({ isLoading: this.person.refusal === null && this.board.value === null && this.board.fault === null, isOffline: !this.live.isOnline, isStale: this.board.value !== null && this.board.fault !== null, mode: 'live' }));

  constructor(live: Live) {
    this.live = live;
    this.person = new Person(live.api);
    this.acting = new Acting(live);
    this.board = new Answer(live.api, () => '/api/v1/red/board');
    this.catalogue = new Answer(live.api, () => '/api/v1/indicators/catalogue');
    this.mine = new Answer(live.api, () => '/api/v1/red/my');
    this.history = new Answer(live.api, () => (this.open === null ? null : `/api/v1/cases/${this.open}/history`));
    this.#closed = new Answer(live.api, () => (this.open === null ? null : `/api/v1/cases/${this.open}`));
    for (const topic of ['case', 'red-status', 'campaign'] as const) live.topic(topic);
    for (const answer of [this.board, this.catalogue, this.mine]) void answer.load();
  }

  /** Called when a status or a case moved. */
  follow(): void {
    for (const answer of [this.board, this.catalogue, this.mine]) answer.refresh();
    if (this.open !== null) this.history.refresh();
  }

  show(id: string | null): void {
    if (id === this.open) return;
    this.open = id;
    this.acting.refusal = null;
    if (id === null) return;
    void this.history.load();
    void this.#closed.load();
  }

  /** Name of a unit: as the board says it, else from the catalogue of units. */
  unitName(code: string | null): string {
    return this.board.value?.units.find(({ unit }) => unit === code)?.name ?? this.live.unitName(code);
  }

  /** Does something to a case; what the server gives back is shown at once. */
  async act<N extends CaseCommand>(name: N, request: CommandRequest<N>): Promise<CaseState | undefined> {
    const state = (await this.acting.send(name, request)) as CaseState | undefined;
    if (state) {
      this.#acted = state;
      this.follow();
    }
    return state;
  }

  /** Sends what was typed of the plan; it stays typed when it was refused. */
  async keepPlan(id: string, draft: PlanDraft): Promise<boolean> {
    const milestones = draft.milestones();
    const [cause, solution] = [draft.cause.trim(), draft.solution.trim()];
    const kept = await this.act('case.plan', {
      id,
      ...(cause === '' ? {} : { cause }),
      ...(solution === '' ? {} : { solution }),
      ...(draft.responsible === '' ? {} : { responsible: draft.responsible }),
      ...(milestones.length === 0 ? {} : { milestones }),
    });
    if (!kept) return false;
    const isWhole = milestones.length === draft.lines.length;
    draft.isTouched = !isWhole;
    draft.follow(kept, this.live.now);
    return true;
  }

  draftOf(id: string): PlanDraft {
    const known = this.#drafts.get(id) ?? new PlanDraft();
    this.#drafts.set(id, known);
    return known;
  }

  /** Keeps a picture as evidence; undefined and a refusal when it was not taken. */
  async keepPicture(file: File): Promise<string | undefined> {
    const form = new FormData();
    form.append('file', file);
    const response = await fetch('/api/v1/attachments', { method: 'POST', body: form }).catch(() => undefined);
    const answer = response?.headers.get('content-type')?.includes('json') ? ((await response.json()) as { id?: string } & Partial<Outcome<never>>) : undefined;
    if (response?.ok && answer?.id) return answer.id;
    this.acting.refusal = answer && 'fault' in answer && answer.fault ? answer.fault : 'offline';
    return undefined;
  }

  close(): void {
    for (const one of [this.person, this.board, this.catalogue, this.mine, this.history, this.#closed]) one.close();
  }
}
