import { Configuration, type UpkeepState } from '#contract/centre.ts';
import { faultOf, type Fault } from '#contract/faults.ts';
import { Check } from 'typebox/value';
import type { FeedHealth } from '#contract/entry.ts';
import type { Page } from '#contract/http.ts';
import type { SystemState } from '#contract/system.ts';
import type { OutputHealth } from '#contract/wall.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import { Person } from '../../live/person.svelte.ts';
import { troublesOf } from './model.ts';

const LOOK_MS = 5000;

/** The page of the system: asks every few seconds and keeps the last answer while the server is away. */
export class SystemPage {
  readonly live: Live;
  readonly person: Person;
  readonly state: Answer<SystemState>;
  readonly sources: Answer<Page<FeedHealth>>;
  readonly displays: Answer<Page<OutputHealth>>;
  readonly upkeep: Answer<UpkeepState>;
  deedFault = $state.raw<Fault | null>(null);
  /** Connections of the configuration that was taken over last. */
  imported = $state<number | null>(null);
  readonly #timer: ReturnType<typeof setInterval>;

  readonly feeds: readonly FeedHealth[] = $derived.by(() => this.sources.value?.items ?? []);
  readonly outputs: readonly OutputHealth[] = $derived.by(() => this.displays.value?.items ?? []);
  /** Names of connections to other systems whose last question failed. */
  readonly failing: readonly string[] = $derived.by(() => this.upkeep.value?.failing ?? []);
  readonly troubles = $derived.by(() => (this.state.value ? troublesOf(this.state.value, this.feeds, this.outputs, this.failing) : []));
  readonly pageState: PageState = $derived.by(() =>
    pageStateOf({
      isLoading: this.state.value === null && this.state.fault === null && this.person.refusal === null,
      isOffline: !this.live.isOnline,
      isStale: this.state.value !== null && this.state.fault !== null,
      mode: 'live',
    }),
  );

  constructor(live: Live) {
    this.live = live;
    this.person = new Person(live.api);
    this.state = new Answer(live.api, () => '/api/v1/system');
    this.sources = new Answer(live.api, () => '/api/v1/sources?limit=200');
    this.displays = new Answer(live.api, () => '/api/v1/outputs');
    this.upkeep = new Answer(live.api, () => '/api/v1/upkeep');
    this.look();
    this.#timer = setInterval(() => this.person.refusal === null && this.look(), LOOK_MS);
  }

  look(): void {
    for (const answer of [this.state, this.sources, this.displays, this.upkeep]) void answer.load();
  }

  async backUp(): Promise<void> {
    const begun = await this.live.api.send('POST', '/api/v1/upkeep/backup', {});
    this.deedFault = begun.ok ? null : begun.fault;
    await this.upkeep.load();
  }

  async importConfiguration(text: string): Promise<void> {
    this.imported = null;
    const read = parsed(text);
    if (!Check(Configuration, read)) return void (this.deedFault = faultOf('REQUEST_BODY'));
    const taken = await this.live.api.send<{ connectors: number }>('PUT', '/api/v1/configuration', read);
    this.deedFault = taken.ok ? null : taken.fault;
    if (taken.ok) this.imported = taken.value.connectors;
    await this.upkeep.load();
  }

  close(): void {
    clearInterval(this.#timer);
    for (const one of [this.person, this.state, this.sources, this.displays, this.upkeep]) one.close();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
