import type { Centre, SetupState } from '#contract/centre.ts';
import type { Fault } from '#contract/faults.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { Person } from '../../live/person.svelte.ts';
import { STEPS, wallFor, type Step } from './model.ts';

/** The steps of the first day. Each is kept on the server when it is left, so that nothing typed is lost. */
export class SetupPage {
  step = $state<Step>(STEPS.find((step) => step === location.hash.slice(1)) ?? 'centre');
  centre = $state<Centre | null>(null);
  columns = $state('2');
  rows = $state('2');
  isBusy = $state(false);
  isDone = $state(false);
  fault = $state.raw<Fault | null>(null);
  readonly live: Live;
  readonly person: Person;
  readonly state: Answer<SetupState>;
  readonly wall = $derived.by(() => wallFor(this.state.value?.walls ?? [], Number(this.columns), Number(this.rows)));
  readonly index = $derived.by(() => STEPS.indexOf(this.step));

  constructor(live: Live) {
    this.live = live;
    this.person = new Person(live.api);
    this.state = new Answer(live.api, () => '/api/v1/setup');
  }

  async load(): Promise<void> {
    await this.state.load();
    const { value } = this.state;
    if (!value || this.centre) return;
    this.centre = structuredClone(value.centre);
    const wall = value.walls.find(({ id }) => id === value.centre.wall);
    this.columns = String(wall?.columns ?? 2);
    this.rows = String(wall?.rows ?? 2);
  }

  back(): void {
    this.#go(STEPS[Math.max(0, this.index - 1)] ?? 'centre');
  }

  async next(): Promise<void> {
    if (!this.centre || this.isBusy) return;
    if (this.step === 'wall' && this.wall) this.centre.wall = this.wall.wall.id;
    const isLast = this.index === STEPS.length - 1;
    this.isBusy = true;
    const kept = await this.live.api.send<Centre>('PUT', '/api/v1/centre', { ...$state.snapshot(this.centre), isSetUp: isLast || this.centre.isSetUp });
    this.isBusy = false;
    this.fault = kept.ok ? null : kept.fault;
    if (!kept.ok) return;
    if (isLast) this.isDone = true;
    else this.#go(STEPS[this.index + 1] ?? 'help');
    void this.state.load();
  }

  /** The address keeps the step, so that a page that is opened again goes on there. */
  #go(step: Step): void {
    this.step = step;
    history.replaceState(null, '', `#${step}`);
  }

  close(): void {
    this.person.close();
    this.state.close();
  }
}
