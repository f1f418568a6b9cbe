import type { MixedProvenance } from '#contract/base.ts';
import type { FeedHealth, LogEntry } from '#contract/entry.ts';
import { faultOf, type Fault } from '#contract/faults.ts';
import { decodeFrame, FRAME_LAYERS, type Frame, type FrameLayer } from '#contract/frame.ts';
import type { PastFeeds, PastMoment, PastStretch, PastWall } from '#contract/past.ts';
import type { PastFrame, ReplayClock } from '#contract/replay.ts';
import { LOGGED_TOPICS, type LoggedTopic } from '#contract/topics.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import { pastAt } from '../../../layouts/replay.ts';
import type { FrameLoop } from '../../ui/frameLoop.ts';
import type { Api } from '../api.ts';
import { createMovingStore } from '../movingStore.ts';
import type { Reading } from '../source.ts';
import { StreetWatch } from '../streetWatch.svelte.ts';
import { LatestView, MovingView } from '../views.svelte.ts';
import { between } from './between.ts';
import { PastTopic } from './pastTopic.svelte.ts';
import { createRecordings, type Recordings } from './recordings.ts';
import { Timeline } from './timeline.ts';
import { wholeSecond } from '../second.ts';

const NOT_KEPT = faultOf('REPLAY_NOT_KEPT');
/** How much is fetched at a time, in time as it is shown. Units: real ms. */
const STRETCH_MS = 20_000;
const LONGEST_STRETCH_MS = 3_600_000;
const ASK_AGAIN_MS = 1500;
/** The moment shown is told to components this often. Units: real ms. */
const TELL_EVERY_MS = 200;
/** Vehicles are moved on between two kept frames this often. Units: real ms. */
const DRIVE_EVERY_MS = 100;
const LAYERS = Object.keys(FRAME_LAYERS) as FrameLayer[];

interface PastDeps {
  api: Api;
  loop: FrameLoop;
  serverNow: () => number;
  /** The wall whose states are wanted; null = all walls. */
  wall: string | null;
  topics: Iterable<LoggedTopic>;
}

type Piece = { entry: LogEntry } | { wall: PastWall } | { frame: PastFrame } | { sensors: SensorState[] } | { feeds: PastFeeds['feeds'] };

const isVehicles = (piece: Piece): piece is { frame: PastFrame } => 'frame' in piece && piece.frame.layer === 'vehicle';
const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** The picture of the past on this page: sought, played, and at every frame exactly what the log says of its moment. */
export class Past {
  /** The moment shown. Units: domain time. */
  at = $state(0);
  /** Earliest moment that can be shown. */
  from = $state(0);
  isReady = $state(false);
  fault = $state.raw<Fault | null>(null);
  clock = $state.raw<ReplayClock>({ at: 0, since: 0, rate: 0 });
  walls = $state.raw<ReadonlyMap<string, PastWall>>(new Map());
  /** Where moving things come from and how finely they were kept. */
  moved = $state.raw<{ provenance: MixedProvenance; grain: PastFrame['grain'] } | null>(null);
  readonly wall: string | null;
  readonly recordings: Recordings;
  readonly streets: StreetWatch;

  readonly #deps: PastDeps;
  readonly #topics: ReadonlyMap<LoggedTopic, PastTopic<unknown>>;
  readonly #moving: Readonly<Record<FrameLayer, MovingView>>;
  /** How the sources stood; null where nobody wrote it down. */
  #feeds = $state.raw<readonly FeedHealth[] | null>(null);
  readonly #sensors = new LatestView<SensorState>((sensor) => sensor.ref);
  readonly #wanted: Set<LoggedTopic>;
  readonly #ahead = new Timeline<Piece>();
  readonly #stop: () => void;
  #seq = 0;
  #known = 0;
  #turn = 0;
  #isAsking = false;
  #askedAt = 0;
  #toldAt = 0;
  #isReloadDue = false;
  /** The kept frame of vehicles the moment shown lies behind, and the one it goes to. */
  #kept: { at: number; frame: Frame } | undefined;
  #next: { of: PastFrame; frame: Frame | undefined } | undefined;
  #drivenAt = 0;

  constructor(deps: PastDeps) {
    this.#deps = deps;
    this.wall = deps.wall;
    this.streets = new StreetWatch(() => deps.api);
    this.recordings = createRecordings({ api: deps.api, fetchIt: (address, options) => fetch(address, options), momentNow: () => this.momentNow(), rate: () => (this.momentNow() >= (this.clock.until ?? Infinity) ? 0 : this.clock.rate) });
    this.#topics = new Map(LOGGED_TOPICS.map((name) => [name, new PastTopic<unknown>()]));
    this.#moving = { vehicle: new MovingView(createMovingStore('vehicle')), traffic: new MovingView(createMovingStore('traffic')) };
    this.#wanted = new Set(deps.topics);
    this.#stop = deps.loop.onFrame(() => this.#step());
  }

  /** The moment shown now, to the millisecond. */
  momentNow(): number {
    return pastAt(this.clock, this.#deps.serverNow());
  }

  /** Shows another moment or another speed. Going on from where it stands needs nothing from the server. */
  seek(clock: ReplayClock): void {
    const before = this.momentNow();
    this.clock = clock;
    const jump = this.momentNow() - before;
    if (this.isReady && jump >= 0 && this.momentNow() <= this.#known) return;
    void this.#load();
  }

  topic(name: LoggedTopic): PastTopic<unknown> {
    const view = this.#topics.get(name);
    if (!view) throw new Error(`${name} is not a logged topic`);
    if (!this.#wanted.has(name)) {
      this.#wanted.add(name);
      this.#isReloadDue = true;
    }
    return view;
  }

  moving(layer: FrameLayer): MovingView {
    return this.#moving[layer];
  }

  sensors(): Reading<SensorState> {
    return this.#sensors;
  }

  feeds(): Reading<FeedHealth> {
    return { items: this.#feeds ?? [], isReady: this.isReady, fault: this.isReady && this.#feeds === null ? NOT_KEPT : null };
  }

  close(): void {
    this.#turn++;
    this.streets.close();
    this.#stop();
  }

  get #query(): string {
    return `&topics=${[...this.#wanted].join(',')}${this.wall === null ? '' : `&wall=${encodeURIComponent(this.wall)}`}`;
  }

  async #load(): Promise<void> {
    const turn = ++this.#turn;
    this.#isReloadDue = false;
    this.#isAsking = true;
    const answer = await this.#deps.api.get<PastMoment>(`/api/v1/replay/moment?at=${Math.max(0, Math.floor(this.momentNow()))}${this.#query}`);
    if (turn !== this.#turn) return;
    this.#isAsking = false;
    this.fault = answer.ok ? null : answer.fault;
    if (!answer.ok) return this.#laterAgain(turn);
    const moment = answer.value;
    this.#ahead.clear();
    this.#seq = moment.seq;
    this.#known = moment.at;
    this.from = moment.from;
    const byTopic = Map.groupBy(moment.entries, ({ topic }) => topic as LoggedTopic);
    for (const name of this.#wanted) this.#topics.get(name)?.fill(byTopic.get(name) ?? []);
    for (const layer of LAYERS) if (!moment.frames.some((frame) => frame.layer === layer)) this.#takeFrame({ layer, at: moment.at, provenance: 'real', grain: 'keyframe', bytes: '' });
    moment.frames.forEach((frame) => this.#takeFrame(frame));
    this.#sensors.replace(moment.sensors);
    this.#feeds = moment.feeds;
    this.walls = new Map(moment.walls.map((wall) => [wall.wall, wall]));
    this.#tell(this.momentNow());
    this.isReady = true;
  }

  #laterAgain(turn: number): void {
    setTimeout(() => void (turn === this.#turn && this.#load()), ASK_AGAIN_MS);
  }

  #step(): void {
    if (this.#isReloadDue) void this.#load();
    if (!this.isReady) return;
    const moment = this.momentNow();
    const pieces = this.#ahead.takeUntil(moment);
    for (const piece of pieces) this.#take(piece);
    for (const topic of this.#topics.values()) topic.show();
    this.#drive(moment);
    const now = this.#deps.serverNow();
    if (pieces.length > 0 || now - this.#toldAt >= TELL_EVERY_MS || now < this.#toldAt) this.#tell(moment);
    const leadMs = Math.min(LONGEST_STRETCH_MS, (STRETCH_MS / 2) * this.clock.rate);
    if (this.clock.rate > 0 && this.#known - moment < leadMs) void this.#fetchAhead();
  }

  #take(piece: Piece): void {
    if ('entry' in piece) this.#topics.get(piece.entry.topic as LoggedTopic)?.put(piece.entry);
    else if ('wall' in piece) this.walls = new Map(this.walls).set(piece.wall.wall, piece.wall);
    else if ('frame' in piece) this.#takeFrame(piece.frame);
    else if ('feeds' in piece) this.#feeds = piece.feeds;
    else this.#sensors.replace(piece.sensors);
  }

  /** Between two kept frames vehicles are where they drove through, not where they were last written down. */
  #drive(moment: number): void {
    const now = this.#deps.serverNow();
    const ahead = this.#ahead.find(isVehicles);
    if (!this.#kept || !ahead || Math.abs(now - this.#drivenAt) < DRIVE_EVERY_MS) return;
    this.#drivenAt = now;
    if (this.#next?.of !== ahead.what.frame) this.#next = { of: ahead.what.frame, frame: decodeFrame(bytesOf(ahead.what.frame.bytes)) };
    const { at, frame } = this.#kept;
    if (!this.#next.frame || ahead.at <= at) return;
    this.#moving.vehicle.columns.take(between(frame, this.#next.frame, Math.min(1, Math.max(0, (moment - at) / (ahead.at - at)))));
  }

  #takeFrame({ layer, at, bytes, provenance, grain }: PastFrame): void {
    const view = this.#moving[layer];
    const frame = bytes === '' ? undefined : decodeFrame(bytesOf(bytes));
    if (layer === 'vehicle') this.#kept = frame?.isKey ? { at, frame } : undefined;
    if (frame) this.moved = { provenance, grain };
    view.columns.take(frame ?? emptyFrame(layer));
    view.refresh();
  }

  #tell(moment: number): void {
    this.#toldAt = this.#deps.serverNow();
    const second = wholeSecond(moment);
    if (second !== this.at) this.at = second;
    for (const layer of LAYERS) this.#moving[layer].refresh();
  }

  async #fetchAhead(): Promise<void> {
    const now = this.#deps.serverNow();
    if (this.#isAsking || Math.abs(now - this.#askedAt) < TELL_EVERY_MS) return;
    this.#isAsking = true;
    this.#askedAt = now;
    const turn = this.#turn;
    const until = Math.ceil(this.#known + Math.min(LONGEST_STRETCH_MS, Math.max(STRETCH_MS, STRETCH_MS * this.clock.rate)));
    const answer = await this.#deps.api.get<PastStretch>(`/api/v1/replay/stretch?after=${this.#seq}&from=${Math.floor(this.#known)}&until=${until}${this.#query}`);
    if (turn !== this.#turn) return;
    this.#isAsking = false;
    if (!answer.ok) return;
    const { entries, walls, frames, feeds, sensors, seq, until: end } = answer.value;
    this.#seq = seq;
    this.#known = end;
    this.#ahead.add([
      ...entries.map((entry) => ({ at: entry.at, what: { entry } })),
      ...walls.map((wall) => ({ at: wall.at, what: { wall } })),
      ...frames.map((frame) => ({ at: frame.at, what: { frame } })),
      ...feeds.map((change) => ({ at: change.at, what: { feeds: change.feeds } })),
      { at: end, what: { sensors } },
    ]);
  }
}

const emptyFrame = (layer: FrameLayer) => ({
  layer,
  isKey: true,
  number: 0,
  at: 0,
  placed: { slot: new Uint32Array(0), lon: new Int32Array(0), lat: new Int32Array(0), heading: new Uint8Array(0), speed: new Uint8Array(0), kind: new Uint8Array(0) },
  moved: { slot: new Uint32Array(0), dLon: new Int16Array(0), dLat: new Int16Array(0), heading: new Uint8Array(0), speed: new Uint8Array(0) },
  removed: new Uint32Array(0),
});
