import type { FeedHealth } from '#contract/entry.ts';
import { SOCKET_MOST_BYTES, type CommandName, type CommandReply, type CommandRequest } from '#contract/events.ts';
import type { CameraStatus } from '#contract/cameras.ts';
import { refused, type Outcome } from '#contract/faults.ts';
import type { FrameLayer } from '#contract/frame.ts';
import type { QualityRow } from '#contract/quality.ts';
import type { LoggedTopic } from '#contract/topics.ts';
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
import { createMediaRooms, type MediaRooms } from './mediaRooms.ts';
import { Pointers } from './pointers.svelte.ts';
import { withPresence, type PresenceMap } from './presence.ts';
import type { ShareLine } from './share/shareLine.ts';
import { Past } from './past/past.svelte.ts';
import type { PastTopic } from './past/pastTopic.svelte.ts';
import { WallLogView } from './wallLog.svelte.ts';
import { createPaintTeller } from './paintTeller.ts';
import { createServerClock, type ServerClock } from './serverClock.ts';
import type { Reading, StateOf, WidgetSource } from './source.ts';
import { createPresentRooms, type PresentRooms } from './presentRooms.ts';
import { presentSource } from './presentSource.ts';
import { LatestView, type TopicView, type MovingView, type WallView } from './views.svelte.ts';
import { createWallRooms, type WallRooms } from './wallRooms.ts';
import { UnitNames } from './unitNames.svelte.ts';
import type { Wire } from './wire.ts';

const FLASH_HALF_MS = 500;
/** What may be done while the past is shown: looking, walls and bookmarks. Work is done in the present. */
const isForThePast = (name: CommandName): boolean => /^(clock|topic|wall|bookmark|presence)\./.test(name);
/** Longer than one message of the socket, its envelope included. */
const isLong = (request: unknown): boolean => new TextEncoder().encode(JSON.stringify(request)).length > SOCKET_MOST_BYTES - 1024;

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
  /** Was connected, and the server wants another session: signing in again helps, waiting does not. */
  readonly isSignedOut: boolean = $derived(this.#sessionEnded || (this.connection === 'refused' && this.heardAt !== null));
  /** The server was there, or should be, and is not. */
  readonly isCut: boolean = $derived(this.connection === 'offline' || this.connection === 'refused');
  readonly loop: FrameLoop;
  readonly api: Api;
  readonly clock: ServerClock;
  /** The same page always in its present. */
  readonly present: WidgetSource;

  readonly #wire: Wire;
  readonly #connection: Connection;
  readonly #here: PresentRooms;
  readonly #walls: WallRooms;
  readonly #media: MediaRooms;
  readonly #cameras = new LatestView<CameraStatus>((camera) => camera.id);
  /** Where people point on walls. */
  readonly pointers: Pointers;
  readonly #wallLog = new WallLogView(() => this.api, () => this.now);
  readonly #shared = new Map<string, unknown>();
  readonly #units = new UnitNames(() => this.api);
  readonly #tellPainted: (trace: string) => void;
  readonly #stops: (() => void)[];

  constructor(deps: LiveDeps) {
    this.loop = deps.loop;
    this.api = deps.api;
    this.#wire = deps.wire;
    this.clock = createServerClock(deps.localNow);
    this.#now = this.clock.domainNow();
    this.#here = createPresentRooms({ ...deps, isHeld: () => this.isHeld });
    this.#walls = createWallRooms(deps.wire, deps.loop, () => this.serverNow());
    this.#media = createMediaRooms(deps.wire, deps.openMediaLine);
    this.pointers = new Pointers(deps.wire);
    const { sensors, feeds, quality, streets, moving } = this.#here;
    this.present = presentSource(this, { sensors, feeds, quality, streets, moving, domainNow: () => this.clock.domainNow(), topic: (name) => this.presentOf(name) });
    this.#tellPainted = createPaintTeller({ wire: deps.wire, loop: deps.loop, serverNow: () => this.serverNow() });
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
    this.past ??= new Past({ api: this.api, loop: this.loop, serverNow: () => this.serverNow(), wall, topics: this.#here.topics.names() });
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

  /** Sends a command and waits for its answer; one too long for the socket goes by HTTP, as the socket would break over it. */
  command<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<Outcome<CommandReply<N>>> {
    if (this.past && !isForThePast(name)) return Promise.resolve(refused('REPLAY_SHOWN'));
    return isLong(request) ? this.api.send<CommandReply<N>>('POST', `/api/v1/commands/${name}`, request) : this.#wire.send(name, request);
  }

  /** The things of a topic; joined at the first call and kept whole from then on. */
  topic<N extends LoggedTopic>(name: N): Reading<StateOf<N>> & Pick<TopicView<StateOf<N>>, 'entries'> {
    const view = this.presentOf(name);
    return (this.past?.topic(name) as PastTopic<StateOf<N>> | undefined) ?? view;
  }

  /** The present things of a topic, whatever is shown; joined at the first call. */
  presentOf<N extends LoggedTopic>(name: N): TopicView<StateOf<N>> {
    return this.#here.topics.view(name);
  }

  /** Fills the topics nobody answered for yet with an earlier picture. */
  restore({ topics, sensors, units, heardAt }: Kept): void {
    this.#here.topics.restore(topics);
    if (sensors.length > 0 && !this.#here.telemetry.sensors.isReady) this.#here.telemetry.sensors.take(sensors);
    this.#units.restore(units);
    this.heardAt ??= heardAt;
  }

  /** Everything joined, as it stands: for the last picture. */
  picture(): Kept {
    const { topics, telemetry } = this.#here;
    return { topics: topics.things(), sensors: telemetry.sensors.items, units: this.#units.kept(), heardAt: this.heardAt };
  }

  sensors(): Reading<SensorState> {
    const present = this.#here.sensors();
    return this.past?.sensors() ?? present;
  }

  mediaLine(): MediaLine {
    return this.#media.mediaLine();
  }

  shares(): Reading<Share> {
    return this.#media.shares;
  }

  shareLine(): ShareLine {
    return this.#media.shareLine();
  }

  /** How the connections of cameras stand, as far as this page may know. */
  cameraStates(): Reading<CameraStatus> {
    return this.#cameras;
  }

  feeds(): Reading<FeedHealth> {
    const present = this.#here.feeds();
    return this.past?.feeds() ?? present;
  }

  quality(): readonly QualityRow[] {
    return this.past ? [] : this.#here.quality();
  }

  wallLog(wall: string | null): Reading<WallLogLine> {
    return this.#wallLog.of(wall);
  }

  streets(): Reading<StreetSign> {
    return this.past ? this.past.streets.of(this.past.at) : this.#here.streets();
  }

  moving(layer: FrameLayer): MovingView {
    const present = this.#here.moving(layer);
    return this.past?.moving(layer) ?? present;
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
    this.#here.close();
    this.#media.close();
    this.pointers.close();
  }

  #listen(): (() => void)[] {
    const second = setInterval(() => {
      if (this.isHeld) return;
      this.#now = this.clock.domainNow();
      this.#here.telemetry.refresh();
    }, 1000);
    return [
      () => clearInterval(second),
      this.loop.onFrame(() => {
        const isOn = Math.floor(this.clock.serverNow() / FLASH_HALF_MS) % 2 === 0;
        if (isOn !== this.isFlashOn) this.isFlashOn = isOn;
      }),
      this.#wire.on('log.entry', (entry) => {
        this.#here.topics.take(entry);
        if (entry.trace !== undefined) this.#tellPainted(entry.trace);
      }),
      this.#wire.on('cameras.updated', ({ cameras }) => this.#cameras.take(cameras)),
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
      this.#here.onUp();
      this.#walls.onUp();
      this.#wallLog.refresh();
    } else {
      this.presence = new Map();
      this.#here.onDown();
    }
  }

  #onBeat(beat: { domainAt: number; epoch: string; heads: Record<string, number>; rehearsals?: readonly string[] }): void {
    this.heardAt = beat.domainAt;
    this.#takeRehearsals(beat.rehearsals ?? []);
    this.#here.topics.onBeat(beat.epoch, beat.heads);
    this.isBehind = this.#here.topics.isBehind();
    this.#here.telemetry.onBeat();
  }

  #takeRehearsals(rehearsals: readonly string[]): void {
    if (rehearsals.join() === this.rehearsals.join()) return;
    this.rehearsals = rehearsals;
    this.#here.telemetry.keepRehearsals(rehearsals);
  }
}
