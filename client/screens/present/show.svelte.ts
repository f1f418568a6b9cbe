import type { Preflight, RemovalReceipt, Scenario, ScenarioRun, ScenarioSummary, Step } from '#contract/scenario.ts';
import type { Story } from '#contract/wall.ts';
import type { Live } from '../../live/live.svelte.ts';
import type { Remote } from './remote.svelte.ts';

const CHECK_EVERY_MS = 2000;

/** The scenario in the presenter's hand: what can be started, where it is, what comes. */
export class Show {
  list = $state.raw<readonly ScenarioSummary[] | null>(null);
  isFailed = $state(false);
  chosen = $state<string | null>(null);
  preflight = $state.raw<Preflight | null>(null);
  scenario = $state.raw<Scenario | null>(null);
  runs = $state.raw<readonly ScenarioRun[]>([]);
  receipt = $state.raw<RemovalReceipt | null>(null);
  /** Why a scenario whose data is below its minimum may begin, as it is being written. */
  reason = $state('');
  /** The step that was shown before the last move. */
  cameFrom = $state<string | null>(null);
  readonly #live: Live;
  readonly #remote: Remote;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly story: Story | null = $derived.by(() => this.#remote.current?.story ?? null);
  readonly run: ScenarioRun | undefined = $derived(this.runs.find(({ id }) => id === this.story?.run));
  /** Rehearsals that are over and whose things are still there. */
  readonly left: readonly ScenarioRun[] = $derived(this.runs.filter(({ isRehearsal, phase, id }) => isRehearsal && phase === 'ended' && id !== this.story?.run));
  readonly step: Step | undefined = $derived(this.#known?.steps[(this.story?.stepNo ?? 0) - 1]);
  /** Leads the room: may let a scenario begin below its minimum. */
  readonly canWaive: boolean = $derived.by(() => this.#remote.me?.roles.some((role) => role === 'leader' || role === 'admin') ?? false);
  readonly next: Step | undefined = $derived(this.#known?.steps[this.story?.stepNo ?? 0]);

  constructor(live: Live, remote: Remote) {
    this.#live = live;
    this.#remote = remote;
    void this.load();
    this.#timer = setInterval(() => void this.refresh(), CHECK_EVERY_MS);
  }

  get #known(): Scenario | null {
    return this.scenario?.id === this.story?.scenario ? this.scenario : null;
  }

  /** Steps that open a chapter, with their number. */
  get chapters(): { index: number; step: Step }[] {
    return (this.#known?.steps ?? []).flatMap((step, index) => (step.chapter ? [{ index, step }] : []));
  }

  /** How far the scenario's clock is now. Units: ms. */
  atMs(): number {
    const { story } = this;
    if (!story) return 0;
    const passed = story.phase === 'running' ? Math.max(0, this.#live.domainNow() - story.sinceAt) * story.rate : 0;
    return Math.min(story.lengthMs, story.atMs + passed);
  }

  async load(): Promise<void> {
    const list = await this.#live.api.get<{ items: ScenarioSummary[] }>('/api/v1/scenarios');
    this.isFailed = !list.ok;
    if (list.ok) this.list = list.value.items;
    await this.refresh();
  }

  async refresh(): Promise<void> {
    if (!this.#live.isOnline) return;
    const runs = await this.#live.api.get<{ items: ScenarioRun[] }>('/api/v1/scenario-runs');
    if (runs.ok) this.runs = runs.value.items;
    const { story } = this;
    if (story && this.scenario?.id !== story.scenario) await this.#loadScenario(story.scenario);
  }

  async choose(id: string): Promise<void> {
    this.chosen = this.chosen === id ? null : id;
    this.preflight = null;
    if (this.chosen === null) return;
    await this.#check(id);
  }

  async start(scenario: string, more: { isRehearsal?: boolean; isAuto?: boolean; rate?: number } = {}): Promise<void> {
    this.receipt = null;
    const reason = this.preflight?.isBarred && this.canWaive ? this.reason.trim() : '';
    const run = await this.#remote.acting.send('scenario.start', { scenario, wall: this.#remote.wallId, ...more, ...(reason === '' ? {} : { waiver: { reason } }) });
    if (!run) return this.#check(scenario);
    this.chosen = null;
    this.cameFrom = null;
    this.reason = '';
    await this.#loadScenario(scenario);
    await this.refresh();
  }

  async move(by: 1 | -1): Promise<void> {
    const { story } = this;
    if (!story) return;
    this.cameFrom = story.step;
    await this.#remote.acting.send(by === 1 ? 'scenario.next' : 'scenario.back', { run: story.run, from: story.step });
  }

  async pause(): Promise<void> {
    const { story } = this;
    if (story) await this.#remote.acting.send('scenario.pause', { run: story.run, on: story.phase !== 'paused' });
  }

  async goTo(step: string): Promise<void> {
    const { story } = this;
    if (!story) return;
    if (step !== story.step) this.cameFrom = story.step;
    await this.#remote.acting.send('scenario.seek', { run: story.run, step });
  }

  /** Where the presenter was before the last move, as after a wrong chapter. */
  async goBack(): Promise<void> {
    if (this.cameFrom !== null) await this.goTo(this.cameFrom);
  }

  /** Undoes whatever went wrong: picture on, nothing spotlit, the step as it should be. */
  async recover(): Promise<void> {
    const { current } = this.#remote;
    if (current?.blank) await this.#remote.act({ do: 'blank', on: false });
    if (this.story) await this.goTo(this.story.step);
  }

  async stop(): Promise<void> {
    const { story } = this;
    if (story) await this.#remote.acting.send('scenario.stop', { run: story.run });
    await this.refresh();
  }

  async remove(run: string): Promise<void> {
    const receipt = await this.#remote.acting.send('scenario.remove', { run });
    if (receipt) this.receipt = receipt;
    await this.refresh();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #check(id: string): Promise<void> {
    const answer = await this.#live.api.get<Preflight>(`/api/v1/scenarios/${id}/preflight?wall=${encodeURIComponent(this.#remote.wallId)}`);
    if (answer.ok && this.chosen === id) this.preflight = answer.value;
  }

  async #loadScenario(id: string): Promise<void> {
    const answer = await this.#live.api.get<Scenario>(`/api/v1/scenarios/${id}`);
    if (answer.ok) this.scenario = answer.value;
  }
}
