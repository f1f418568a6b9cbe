import type { FeedHealth, JoinCursor } from '#contract/entry.ts';
import type { CommandName, CommandReply, CommandRequest } from '#contract/events.ts';
import type { CameraStatus } from '#contract/cameras.ts';
import { refused, type Outcome } from '#contract/faults.ts';
import type { FrameLayer } from '#contract/frame.ts';
import type { QualityRow } from '#contract/quality.ts';
import { LOGGED_TOPICS, type LoggedTopic } from '#contract/topics.ts';
import type { WallLogLine } from '#contract/past.ts';
import type { ReplayClock } from '#contract/replay.ts';
import type { Share } from '#contract/share.ts';
import type { StreetSign } from '#contract/traffic.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import type { OutputHealth } from '#contract/wall.ts';
import type { FrameLoop } from '../ui/frameLoop.ts';
import type { Api } from './api.ts';
import type { Kept } from './lastPicture.ts';
import { createConnection, type Connection, type ConnectionState } from './connection.ts';
import type { MediaLine } from './mediaLine.ts';
import { Pointers } from './pointers.svelte.ts';
import { withPresence, type PresenceMap } from './presence.ts';
import { createShareLine, type ShareLine } from './share/shareLine.ts';
import { Shares } from './share/shares.svelte.ts';
import { Past } from './past/past.svelte.ts';
import type { PastTopic } from './past/pastTopic.svelte.ts';
import { WallLogView } from './wallLog.svelte.ts';
import { createServerClock, type ServerClock } from './serverClock.ts';
import type { Reading, StateOf, WidgetSource } from './source.ts';
import { QualityWatch } from './qualityWatch.svelte.ts';
import { StreetWatch } from './streetWatch.svelte.ts';
import { createTopicFollower, type TopicFollower } from './topicFollower.ts';
import type { Joined } from './topicStore.ts';
import { Telemetry } from './telemetry.svelte.ts';
import { LatestView, TopicView, type MovingView, type WallView } from './views.svelte.ts';
import { createWallRooms, type WallRooms } from './wallRooms.ts';
import { UnitNames } from './unitNames.svelte.ts';
import type { Wire } from './wire.ts';

const FLASH_HALF_MS = 500;
/** Nobody kept how the sources were. */
const NO_FEEDS: Reading<FeedHealth> = { items: [], isReady: true, fault: null };
/** What may be done while the past is shown: looking, walls and bookmarks. Work is done in the present. */
const isForThePast = (name: CommandName): boolean => /^(clock|topic|wall|bookmark|presence)\./.test(name);
/** A beat comes every second, and the first one only tells where the head was. */
const BEHIND_BEATS = 2;

export interface LiveDeps {
  wire: Wire;
  /** Opens the connection of pictures at the first that needs it. */
  openMediaLine: () => MediaLine;
  loop: FrameLoop;
  api: Api;
  localNow: () => number;
  random: () => number;
  onMismatch: () => void;
}

/** The living picture of the server on this page: one connection, one clock, every topic that someone looks at. */
export class Live implements WidgetSource {
  connection = $state<ConnectionState>('connecting');
  #now = $state(0);
  /** The past this page shows instead of the present. */
  past = $state.raw<Past | null>(null);
  isFlashOn = $state(true);
  heardAt = $state<number | null>(null);
  isHeld = $state(false);
  contextLosses = 0;
  /** Health of every output, for those who may see it. */
  outputs = $state.raw<readonly OutputHealth[]>([]);
  #sessionEnded = $state(false);
  /** Who has what open, by thing; for those who may know. */
  presence = $state.raw<PresenceMap>(new Map());
  /** Connected, but what is shown has been older than the server's for some beats: a page says `stale`. */
  isBehind = $state(false);
  /** Rehearsals whose things are still in the city. */
  rehearsals = $state.raw<readonly string[]>([]);
  readonly isOnline: boolean = $derived(this.connection === 'online');
  /** The server was there, or should be, and is not. */
  /** Was connected, and the server wants another session: signing in again helps, waiting does not. */
  readonly isSignedOut: boolean = $derived(this.#sessionEnded || (this.connection === 'refused' && this.heardAt !== null));
  readonly isCut: boolean = $derived(this.connection === 'offline' || this.connection === 'refused');
  readonly loop: FrameLoop;
  readonly api: Api;
  readonly clock: ServerClock;

  readonly #wire: Wire;
  readonly #connection: Connection;
  readonly #followers = new Map<LoggedTopic, TopicFollower>();
  /** Views exist from the start: state born inside a component's `$derived` would never wake that `$derived`. */
  readonly #topics: ReadonlyMap<LoggedTopic, TopicView<unknown>>;
  readonly #telemetry: Telemetry;
  readonly #walls: WallRooms;
  readonly #cameras = new LatestView<CameraStatus>((camera) => camera.id);
  readonly #openMediaLine: () => MediaLine;
  #mediaLine: MediaLine | undefined;
  readonly #shares: Shares;
  #shareLine: ShareLine | undefined;
  /** Where people point on walls. */
  readonly pointers: Pointers;
  readonly #feeds = new LatestView<FeedHealth>((feed) => feed.id);
  readonly #quality = new QualityWatch(() => this.api);
  readonly #streets = new StreetWatch(() => this.api);
  readonly #wallLog = new WallLogView(() => this.api, () => this.now);
  readonly #shared = new Map<string, unknown>();
  readonly #units = new UnitNames(() => this.api);
  readonly #stops: (() => void)[];

  constructor(deps: LiveDeps) {
    this.loop = deps.loop;
    this.api = deps.api;
    this.#wire = deps.wire;
    this.#openMediaLine = deps.openMediaLine;
    this.clock = createServerClock(deps.localNow);
    this.#now = this.clock.domainNow();
    this.#topics = new Map(LOGGED_TOPICS.map((name) => [name as LoggedTopic, this.#viewOf(name as LoggedTopic)]));
    this.#telemetry = new Telemetry(deps.wire);
    this.#walls = createWallRooms(deps.wire, deps.loop, () => this.serverNow());
    this.#shares = new Shares(deps.wire);
    this.pointers = new Pointers(deps.wire);
    this.#stops = this.#listen();
    this.#connection = createConnection({ ...deps, clock: this.clock });
    this.#stops.push(this.#connection.onState((state) => this.#onState(state)), this.#connection.onBeat((beat) => this.#onBeat(beat)));
  }

  /** Domain time of what is shown, once a second. */
  get now(): number {
    return this.past?.at ?? this.#now;
  }

  /** Domain time of the present, whatever is shown. */
  get presentNow(): number {
    return this.#now;
  }

  /** Shows the past: of one wall, or of all. The present goes on being followed unseen, so that the way back takes one frame. */
  lookBack(clock: ReplayClock, wall: string | null): void {
    if (this.past && this.past.wall !== wall) this.lookNow();
    this.past ??= new Past({ api: this.api, loop: this.loop, serverNow: () => this.serverNow(), wall, topics: this.#followers.keys() });
    this.past.seek(clock);
  }

  lookNow(): void {
    this.past?.close();
    this.past = null;
  }

  serverNow(): number {
    return this.clock.serverNow();
  }

  domainNow(): number {
    return this.past?.momentNow() ?? this.clock.domainNow();
  }

  /** Sends a command and waits for its answer. */
  command<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<Outcome<CommandReply<N>>> {
    if (this.past && !isForThePast(name)) return Promise.resolve(refused('REPLAY_SHOWN'));
    return this.#wire.send(name, request);
  }

  /** The things of a topic; joined at the first call and kept whole from then on. */
  topic<N extends LoggedTopic>(name: N): Reading<StateOf<N>> & Pick<TopicView<StateOf<N>>, 'entries'> {
    const view = this.#topics.get(name);
    if (!view) throw new Error(`${name} is not a logged topic`);
    if (!this.#followers.has(name)) {
      this.#followers.set(name, view.follower);
      if (this.#wire.isUp) void view.follower.join();
    }
    return (this.past?.topic(name) ?? view) as TopicView<StateOf<N>> | PastTopic<StateOf<N>>;
  }

  /** The present things of a topic that is already joined, whatever is shown. */
  presentOf<N extends LoggedTopic>(name: N): Reading<StateOf<N>> {
    this.topic(name);
    return this.#topics.get(name) as Reading<StateOf<N>>;
  }

  /** Fills the topics nobody answered for yet with an earlier picture. */
  restore({ topics, sensors, units, heardAt }: Kept): void {
    for (const [name, entries] of Object.entries(topics)) {
      this.topic(name as LoggedTopic);
      this.#followers.get(name as LoggedTopic)?.store.restore(entries);
    }
    if (sensors.length > 0 && !this.#telemetry.sensors.isReady) this.#telemetry.sensors.take(sensors);
    this.#units.restore(units);
    this.heardAt ??= heardAt;
  }

  /** Everything joined, as it stands: for the last picture. */
  picture(): Kept {
    return {
      topics: Object.fromEntries([...this.#followers].map(([name, follower]) => [name, follower.store.things()])),
      sensors: this.#telemetry.sensors.items,
      units: this.#units.kept(),
      heardAt: this.heardAt,
    };
  }

  sensors(): Reading<SensorState> {
    void this.#telemetry.join('sensor');
    return this.past?.sensors() ?? this.#telemetry.sensors;
  }

  mediaLine(): MediaLine {
    this.#mediaLine ??= this.#openMediaLine();
    return this.#mediaLine;
  }

  shares(): Reading<Share> {
    return this.#shares;
  }

  shareLine(): ShareLine {
    this.#shareLine ??= createShareLine({ wire: this.#wire, connect: () => new RTCPeerConnection({ iceServers: [] }) });
    return this.#shareLine;
  }

  /** How the connections of cameras stand, as far as this page may know. */
  cameraStates(): Reading<CameraStatus> {
    return this.#cameras;
  }

  feeds(): Reading<FeedHealth> {
    return this.past ? NO_FEEDS : this.#feeds;
  }

  /** Asked for once a minute from the first tile that shows it. */
  quality(): readonly QualityRow[] {
    return this.past ? [] : this.#quality.rows;
  }

  wallLog(wall: string | null): Reading<WallLogLine> {
    return this.#wallLog.of(wall);
  }

  streets(): Reading<StreetSign> {
    return this.#streets.of(this.past?.at ?? null);
  }

  moving(layer: FrameLayer): MovingView {
    void this.#telemetry.join(layer);
    return this.past?.moving(layer) ?? this.#telemetry.moving(layer);
  }

  wall(wall: string, output?: string): WallView {
    return this.#walls.view(wall, output);
  }

  unitName(code: string | null): string {
    return this.#units.of(code);
  }

  /** Names of units told so far, for a page that keeps them. */
  knownUnits(): [string, string][] {
    return this.#units.kept();
  }

  shared<T>(name: string, make: () => T): T {
    if (!this.#shared.has(name)) this.#shared.set(name, make());
    return this.#shared.get(name) as T;
  }

  close(): void {
    this.lookNow();
    this.#units.close();
    for (const stop of this.#stops) stop();
    this.#walls.close();
    this.#connection.close();
    this.#quality.close();
    this.#streets.close();
    this.#mediaLine?.close();
    this.#shareLine?.close();
    this.#shares.close();
    this.pointers.close();
  }

  #viewOf(name: LoggedTopic): TopicView<unknown> {
    const ask = (topic: string, after?: JoinCursor) => this.#wire.send('topic.join', { topic, ...(after ? { after } : {}) }) as Promise<Outcome<Joined>>;
    return new TopicView(createTopicFollower(name, ask), this.loop, () => this.isHeld);
  }

  #listen(): (() => void)[] {
    const second = setInterval(() => {
      if (this.isHeld) return;
      this.#now = this.clock.domainNow();
      this.#telemetry.refresh();
    }, 1000);
    return [
      () => clearInterval(second),
      this.loop.onFrame(() => {
        const isOn = Math.floor(this.clock.serverNow() / FLASH_HALF_MS) % 2 === 0;
        if (isOn !== this.isFlashOn) this.isFlashOn = isOn;
      }),
      this.#wire.on('log.entry', (entry) => this.#followers.get(entry.topic as LoggedTopic)?.push(entry)),
      this.#wire.on('frame', (bytes) => this.#telemetry.takeFrame(bytes)),
      this.#wire.on('sensor.updated', ({ sensors }) => this.#telemetry.sensors.take(sensors)),
      this.#wire.on('cameras.updated', ({ cameras }) => this.#cameras.take(cameras)),
      this.#wire.on('feeds.updated', ({ feeds }) => this.#feeds.take(feeds)),
      this.#wire.on('outputs.updated', ({ outputs }) => void (this.outputs = outputs)),
      this.#wire.on('wall.scheduled', (change) => {
        this.#walls.take(change);
        this.#wallLog.refresh();
      }),
      this.#wire.on('presence.changed', (change) => void (this.presence = withPresence(this.presence, change))),
      this.#wire.on('session.ended', ({ reason }) => void (this.#sessionEnded = reason === 'ended')),
    ];
  }

  #onState(state: ConnectionState): void {
    this.connection = state;
    if (state === 'online') {
      this.#sessionEnded = false;
      this.#now = this.clock.domainNow();
      for (const follower of this.#followers.values()) void follower.join();
      this.#telemetry.onUp();
      this.#walls.onUp();
      this.#wallLog.refresh();
    } else {
      this.presence = new Map();
      for (const follower of this.#followers.values()) follower.suspend();
      this.#telemetry.onDown();
    }
  }

  #onBeat(beat: { domainAt: number; epoch: string; heads: Record<string, number>; rehearsals?: readonly string[] }): void {
    this.heardAt = beat.domainAt;
    this.#takeRehearsals(beat.rehearsals ?? []);
    for (const [name, follower] of this.#followers) follower.beat(beat.epoch, Object.hasOwn(beat.heads, name) ? beat.heads[name] : undefined);
    this.isBehind = [...this.#followers.values()].some(({ beatsBehind }) => beatsBehind >= BEHIND_BEATS);
    this.#telemetry.onBeat();
  }

  #takeRehearsals(rehearsals: readonly string[]): void {
    if (rehearsals.join() === this.rehearsals.join()) return;
    this.rehearsals = rehearsals;
    this.#telemetry.keepRehearsals(rehearsals);
  }
}
