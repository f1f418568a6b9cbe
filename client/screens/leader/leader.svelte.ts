import type { BoardAnswer } from '#contract/red.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { Acting } from '../../live/acting.svelte.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { Escalations } from '../../live/authority/escalations.svelte.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import { Person } from '../../live/person.svelte.ts';
import { directionsOf, type Part } from './model.ts';

/** A direction about to be sent: the unit is chosen, the words are not. */
export interface Asking {
  unit: string;
  name: string;
  caseId: string | null;
}

/** What a leader sees and the one thing they do. */
export class Leader {
  part = $state<Part>('red');
  asking = $state.raw<Asking | null>(null);
  readonly live: Live;
  readonly person: Person;
  readonly acting: Acting;
  readonly board: Answer<BoardAnswer>;
  readonly escalations: Escalations;
  #mine = $state.raw<ReadonlySet<string>>(new Set());

  readonly canDirect: boolean = $derived.by(() => this.person.is('leader', 'admin'));
  readonly directions: HandlingRequestState[] = $derived.by(() => directionsOf(this.live.topic('handling-request').items, this.#mine, this.person.me?.name));
  readonly state: PageState = $derived.by(() => pageStateOf({ isLoading: this.person.refusal === null && this.board.value === null && this.board.fault === null, isOffline: !this.live.isOnline, isStale: this.board.value !== null && this.board.fault !== null, mode: 'live' }));

  constructor(live: Live) {
    this.live = live;
    this.person = new Person(live.api);
    this.acting = new Acting(live);
    this.board = new Answer<BoardAnswer>(live.api, () => '/api/v1/red/board');
    this.escalations = new Escalations(live);
    for (const topic of ['handling-request', 'case', 'red-status'] as const) live.topic(topic);
    void this.board.load();
  }

  /** Called when a status or a case moved. */
  follow(): void {
    this.board.refresh();
    this.escalations.follow();
  }

  /** Name of a unit: as the board says it, else from the catalogue of units. */
  unitName(code: string | null): string {
    return this.board.value?.units.find(({ unit }) => unit === code)?.name ?? this.live.unitName(code);
  }

  ask(asking: Asking): void {
    this.acting.refusal = null;
    this.asking = asking;
  }

  /** Sends the words to the chosen unit; true when they are on their way. */
  async send(text: string): Promise<boolean> {
    const { asking } = this;
    if (!asking) return false;
    const sent = await this.acting.send('direction.issue', { unit: asking.unit, text, ...(asking.caseId === null ? {} : { caseId: asking.caseId }) });
    if (!sent) return false;
    this.#mine = new Set([...this.#mine, sent.id]);
    this.asking = null;
    return true;
  }

  close(): void {
    this.person.close();
    this.board.close();
    this.escalations.close();
  }
}
