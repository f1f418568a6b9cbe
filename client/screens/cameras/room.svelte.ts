import { shownCameras } from '#contract/boards/cameras.ts';
import type { CameraSet, CameraSetEdit, CameraTrace, MatrixSize } from '#contract/cameras.ts';
import type { Fault, Outcome } from '#contract/faults.ts';
import type { CameraState } from '#contract/topics/camera.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import { Person } from '../../live/person.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { freePlace, placed, resized, tourPage, type Places } from './matrix.ts';

const KEPT = 'toan-canh.cameras';

interface KeptMatrix {
  size: MatrixSize;
  places: Places;
}

function readKept(): KeptMatrix | null {
  const kept = localStorage.getItem(KEPT);
  return kept === null ? null : (JSON.parse(kept) as KeptMatrix);
}

/** The room of a camera team: a matrix, its sets, the camera in hand, and what is kept about it. */
export class CameraRoom {
  readonly live: Live;
  readonly person: Person;
  size = $state<MatrixSize>(9);
  places = $state.raw<Places>(resized([], 9));
  /** The place in hand. */
  at = $state(0);
  /** The camera shown alone and large. */
  focus = $state<string | null>(null);
  sets = $state.raw<readonly CameraSet[]>([]);
  tour = $state.raw<CameraSet | null>(null);
  step = $state(0);
  isHeld = $state(false);
  traces = $state.raw<readonly CameraTrace[]>([]);
  fault = $state.raw<Fault | null>(null);
  #timer: ReturnType<typeof setInterval> | undefined;
  #isFilled = false;
  #tracesAsked = 0;

  readonly cameras: readonly CameraState[] = $derived.by(() => this.live.topic('camera').items);
  readonly byId: ReadonlyMap<string, CameraState> = $derived(new Map(this.cameras.map((camera) => [camera.id, camera])));
  readonly picked: CameraState | undefined = $derived(this.byId.get(this.focus ?? this.places[this.at] ?? ''));
  readonly state: PageState = $derived.by(() => pageStateOf({ isLoading: this.person.refusal === null && (this.person.me === null || !this.live.topic('camera').isReady), isOffline: !this.live.isOnline, isStale: this.live.isBehind, mode: 'live' }));

  constructor(live: Live) {
    this.live = live;
    this.person = new Person(live.api);
    live.topic('camera');
    const kept = readKept();
    if (kept) this.show(kept.size, kept.places);
    void this.loadSets();
  }

  /** Fills a matrix that was never touched. */
  fill(): void {
    if (this.#isFilled || this.cameras.length === 0) return;
    this.#isFilled = true;
    if (this.places.every((id) => id === null)) this.show(this.size, resized(shownCameras(this.cameras, undefined, this.size).map(({ id }) => id), this.size));
  }

  show(size: MatrixSize, places: Places): void {
    this.size = size;
    this.places = resized(places, size);
    this.at = Math.min(this.at, size - 1);
    localStorage.setItem(KEPT, JSON.stringify({ size, places: this.places }));
  }

  resize(size: MatrixSize): void {
    this.focus = null;
    this.show(size, this.places);
  }

  put(camera: string | null, at: number = freePlace(this.places)): void {
    this.stopTour();
    this.at = at;
    if (this.focus !== null) this.focus = camera;
    this.show(this.size, placed(this.places, at, camera));
  }

  /** Shows a salvo, or begins a tour. */
  use(set: CameraSet): void {
    this.stopTour();
    this.focus = null;
    this.show(set.size, tourPage(set, 0));
    if (set.kind !== 'tour') return;
    this.tour = set;
    this.step = 0;
    this.isHeld = false;
    this.#timer = setInterval(() => this.isHeld || this.turn(1), set.dwellS * 1000);
  }

  turn(by: 1 | -1): void {
    if (!this.tour) return;
    this.step = Math.max(0, this.step + by);
    this.show(this.tour.size, tourPage(this.tour, this.step));
  }

  stopTour(): void {
    clearInterval(this.#timer);
    this.tour = null;
  }

  async loadSets(): Promise<void> {
    const answer = await this.live.api.get<{ items: CameraSet[] }>('/api/v1/camera-sets');
    if (answer.ok) this.sets = answer.value.items;
  }

  async keepSet(edit: CameraSetEdit): Promise<boolean> {
    return this.#done(await this.live.api.send('POST', '/api/v1/camera-sets', edit));
  }

  async removeSet(id: string): Promise<boolean> {
    return this.#done(await this.live.api.send('DELETE', `/api/v1/camera-sets/${id}`));
  }

  /** An answer that was overtaken by a later question is dropped. */
  async loadTraces(camera: string): Promise<void> {
    this.#tracesAsked += 1;
    const mine = this.#tracesAsked;
    const answer = await this.live.api.get<{ items: CameraTrace[] }>(`/api/v1/cameras/traces?camera=${camera}`);
    if (answer.ok && mine === this.#tracesAsked) this.traces = answer.value.items;
  }

  async bookmark(camera: string, takenAt: number, words: string): Promise<boolean> {
    const isDone = this.#done(await this.live.api.send('POST', `/api/v1/cameras/${camera}/bookmarks`, { takenAt, words }));
    if (isDone) await this.loadTraces(camera);
    return isDone;
  }

  async snapshot(camera: string, picture: Blob, { takenAt, reason, about }: { takenAt: number; reason: string; about: string }): Promise<boolean> {
    const form = new FormData();
    form.set('takenAt', String(takenAt));
    form.set('reason', reason);
    if (about !== '') form.set('about', about);
    form.set('file', picture, 'camera.jpg');
    const answer = await this.live.api.send('POST', `/api/v1/cameras/${camera}/snapshots`, form);
    this.fault = answer.ok ? null : answer.fault;
    if (answer.ok) await this.loadTraces(camera);
    return answer.ok;
  }

  close(): void {
    this.stopTour();
    this.person.close();
  }

  #done(answer: Outcome<unknown>): boolean {
    this.fault = answer.ok ? null : answer.fault;
    if (answer.ok) void this.loadSets();
    return answer.ok;
  }
}
