import { LONGEST_FILE, type Scenario, type ScenarioFault, type ScenarioSummary, type Step } from '#contract/scenario.ts';
import type { Scene, Story, WallProfile } from '#contract/wall.ts';
import { Acting } from '../../live/acting.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import type { WallView } from '../../live/views.svelte.ts';
import { askedFor, namesOf, stretchFrom } from './stretch.ts';
import { changedStep, copiedStep, movedStep, swappedStep, withAlert, withoutStep } from './timeline.ts';

const DRAFT = 'toan-canh.rehearse';
const RECORDING = 'toan-canh.rehearse.recording';
const STEPS_BACK = 50;
const FORK_MS = 3_600_000;

/** One scenario under edit: recorded, opened or brought as a file; what is typed stays on this device until it is saved. */
export class Author {
  list = $state.raw<readonly ScenarioSummary[]>([]);
  walls = $state.raw<readonly WallProfile[]>([]);
  scenes = $state.raw<readonly Scene[]>([]);
  wallId = $state('w2x2');
  scenario = $state.raw<Scenario | null>(null);
  chosen = $state(0);
  faults = $state.raw<readonly ScenarioFault[]>([]);
  saved = $state<number | null>(null);
  recordingSince = $state<number | null>(null);
  /** The scenario as it stands was checked and has no fault. */
  isFaultless = $state(false);
  /** As it stands it is in the list. */
  isStored = $state(false);
  /** Why the last file was not taken; `faulty`: for the faults. */
  leftOut = $state<'faulty' | 'long' | 'blank' | null>(null);
  /** The wall it is made for. */
  view = $state.raw<WallView | null>(null);
  isRefused = $state(false);
  #back = $state.raw<readonly Scenario[]>([]);
  readonly acting: Acting;
  readonly #live: Live;
  readonly canUndo: boolean = $derived(this.#back.length > 0);
  /** A version of it was saved here. */
  readonly isOwn: boolean = $derived(this.list.some(({ id, isOwn }) => isOwn && id === this.scenario?.id));
  /** What is playing on that wall, whoever began it. */
  readonly story: Story | null = $derived(this.view?.current?.story ?? null);
  readonly step: Step | undefined = $derived(this.scenario?.steps[this.chosen]);

  constructor(live: Live) {
    this.#live = live;
    this.acting = new Acting(live);
    const draft = localStorage.getItem(DRAFT);
    if (draft !== null) this.scenario = JSON.parse(draft) as Scenario;
    const recording = localStorage.getItem(RECORDING);
    if (recording !== null) ({ wall: this.wallId, since: this.recordingSince } = JSON.parse(recording) as { wall: string; since: number });
    this.choose(this.wallId);
    void this.#load();
  }

  choose(wall: string): void {
    this.wallId = wall;
    this.view = this.#live.wall(wall);
  }

  async open(id: string): Promise<void> {
    const answer = await this.#live.api.get<Scenario>(`/api/v1/scenarios/${id}`);
    if (!answer.ok) return void (this.acting.refusal = answer.fault);
    this.acting.refusal = null;
    this.faults = [];
    this.leftOut = null;
    this.#take(answer.value);
    this.isStored = true;
  }

  /** Everything done on the wall from here on becomes steps, whatever becomes of this page meanwhile. */
  record(): void {
    this.recordingSince = Math.floor(this.#live.presentNow);
    localStorage.setItem(RECORDING, JSON.stringify({ wall: this.wallId, since: this.recordingSince }));
  }

  async stopRecording(): Promise<void> {
    const from = this.recordingSince;
    if (from === null) return;
    const name = { vi: 'Kịch bản ghi lại', en: 'Recorded scenario' };
    const made = await this.acting.send('scenario.record', { wall: this.wallId, fromAt: from, toAt: Math.ceil(this.#live.presentNow) + 1000, id: 'ghi-lai', name });
    if (!made) return;
    if (await this.bring(made.yaml)) this.discardRecording();
  }

  /** Ends a recording nothing is made of. */
  discardRecording(): void {
    this.recordingSince = null;
    localStorage.removeItem(RECORDING);
  }

  /** What the wall showed and what came in at that time becomes a scenario. */
  async fork(fromAt: number, longMs: number): Promise<void> {
    const stretch = stretchFrom(fromAt, longMs, this.#live.presentNow);
    const made = await this.acting.send('scenario.fork', { wall: this.wallId, ...stretch, ...namesOf(stretch) });
    if (made) await this.bring(made.yaml);
  }

  /** The stretch this page was led here with becomes a scenario; once, so that opening the page anew changes nothing written since. */
  async forkAsked(): Promise<void> {
    const asked = askedFor(location.search);
    if (!asked) return;
    history.replaceState(history.state, '', location.pathname);
    this.choose(asked.wall);
    await this.fork(asked.from, FORK_MS);
  }

  /** Takes a file; a text with faults is told line by line and changes nothing. True when it was taken. */
  async bring(yaml: string): Promise<boolean> {
    this.faults = [];
    this.leftOut = null;
    const checked = await this.acting.send('scenario.check', { yaml });
    if (!checked) return false;
    this.faults = checked.faults;
    if (checked.scenario) this.#take(checked.scenario as Scenario);
    else this.leftOut = 'faulty';
    return this.leftOut === null;
  }

  /** Takes a file of a device; one that is blank or too long for a scenario is told so and not sent. */
  async bringFile(file: Blob): Promise<void> {
    const text = await file.slice(0, 4 * LONGEST_FILE + 4).text();
    const unfit = text.length > LONGEST_FILE ? 'long' : text.trim() === '' ? 'blank' : null;
    if (unfit === null) return void (await this.bring(text));
    this.acting.refusal = null;
    this.faults = [];
    this.leftOut = unfit;
  }

  change(change: Partial<Step>): void {
    if (this.scenario) this.#edit(changedStep(this.scenario, this.chosen, change));
  }

  rename(id: string, vi: string, en: string): void {
    if (this.scenario) this.#edit({ ...this.scenario, id, name: { vi, en } });
  }

  move(index: number, at: number): void {
    if (this.scenario) this.#edit(movedStep(this.scenario, index, at));
  }

  remove(): void {
    if (!this.scenario) return;
    this.#edit(withoutStep(this.scenario, this.chosen));
  }

  /** The chosen step a place earlier or later. */
  shift(by: 1 | -1): void {
    if (!this.scenario?.steps[this.chosen + by]) return;
    this.#edit(swappedStep(this.scenario, this.chosen, by));
    this.chosen += by;
  }

  copy(): void {
    if (!this.scenario) return;
    const next = copiedStep(this.scenario, this.chosen);
    if (next === this.scenario) return;
    this.#edit(next);
    this.chosen++;
  }

  alarm(title: string, level: number): void {
    if (this.scenario) this.#edit(withAlert(this.scenario, this.chosen, title, level));
  }

  undo(): void {
    const before = this.#back.at(-1);
    if (!before) return;
    this.#back = this.#back.slice(0, -1);
    this.faults = [];
    this.leftOut = null;
    this.#keep(before);
  }

  async check(): Promise<string | undefined> {
    if (!this.scenario) return undefined;
    const written = await this.acting.send('scenario.write', { scenario: this.scenario });
    if (written) {
      this.faults = written.faults;
      this.leftOut = null;
      this.isFaultless = written.faults.length === 0;
    }
    return written?.yaml;
  }

  async save(): Promise<void> {
    const yaml = await this.check();
    if (yaml === undefined) return;
    const saved = await this.acting.send('scenario.save', { yaml });
    if (!saved) return;
    this.faults = saved.faults;
    this.saved = saved.version;
    this.isStored = saved.version !== null;
    if (this.isStored) await this.#load();
  }

  /** Takes the saved scenario off the list; what is on this page stays and can be saved again. */
  async withdraw(): Promise<void> {
    if (!this.scenario || !(await this.acting.send('scenario.withdraw', { scenario: this.scenario.id }))) return;
    this.saved = null;
    this.isStored = false;
    await this.#load();
  }

  /** Plays the whole on the wall, at a rate; what is not saved yet is saved first. */
  async rehearse(rate: number): Promise<void> {
    if (!this.isStored) await this.save();
    if (this.scenario && this.isStored) await this.acting.send('scenario.start', { scenario: this.scenario.id, wall: this.wallId, isAuto: true, rate });
  }

  #take(scenario: Scenario): void {
    this.chosen = 0;
    if (this.scenario) this.#back = [...this.#back, this.scenario].slice(-STEPS_BACK);
    this.#keep(scenario);
  }

  #edit(next: Scenario): void {
    if (!this.scenario || next === this.scenario) return;
    this.#back = [...this.#back, this.scenario].slice(-STEPS_BACK);
    this.#keep(next);
  }

  #keep(scenario: Scenario): void {
    this.isFaultless = false;
    this.isStored = false;
    this.saved = null;
    this.scenario = scenario;
    this.chosen = Math.min(this.chosen, scenario.steps.length - 1);
    localStorage.setItem(DRAFT, JSON.stringify(scenario));
  }

  async #load(): Promise<void> {
    const { api } = this.#live;
    const [list, walls, scenes] = await Promise.all([api.get<{ items: ScenarioSummary[] }>('/api/v1/scenarios'), api.get<{ items: WallProfile[] }>('/api/v1/walls'), api.get<{ items: Scene[] }>('/api/v1/stages')]);
    if (list.ok) this.list = list.value.items;
    if (walls.ok) this.walls = walls.value.items;
    if (scenes.ok) this.scenes = scenes.value.items;
    this.isRefused = !list.ok && list.fault.code.startsWith('AUTH_');
  }
}
