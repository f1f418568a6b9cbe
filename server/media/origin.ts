import type { CameraCodec, CameraConnection } from '#contract/cameras.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Random } from '../kernel/random.ts';
import { answerFile, refusal, streamSuffix, type MediaAnswer, type MediaQuery } from './answer.ts';
import { timelineUnder, type CameraFault } from './cameraFault.ts';
import { createCameraAddresses, openPinned } from './cameraAddress.ts';
import { createDeadlines } from './deadlines.ts';
import { openWithFfmpeg, type OpenSource } from './ffmpegSource.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { createLoopLibrary, type LoopLibrary } from './loopLibrary.ts';
import { createLoopStream, type LoopStream } from './loopStream.ts';
import { createProbe } from './probe.ts';
import { createRtspStreams } from './rtspStreams.ts';
import { createSilentStream } from './silentStream.ts';
import type { MediaStream } from './stream.ts';
import { createWhepRelay, type WhepView } from './whep.ts';
import type { FilmPiece } from './footage/film.ts';
import type { FootageTap } from './footage/footage.ts';

/** Where a camera's pictures come from. */
export type CameraStreamSpec = LoopSpec | RtspSpec | GatewaySpec | WhepSpec;

/** Tiles take the small stream, a large picture the main one where the camera has both. */
export type StreamRole = 'main' | 'sub';

/** A demo camera. */
export interface LoopSpec {
  kind: 'loop';
  /** A loop of the library. */
  loop: string;
  /** Shown from 18:00 to 5:30 in Đà Nẵng. */
  nightLoop?: string;
  /** Shown in the hour before. */
  duskLoop?: string;
  /** Starts the loop this many whole seconds later, so that cameras which share one differ. */
  phaseS?: number;
}

/** A camera on the network. The address may hold a user and password; it goes to ffmpeg and nowhere else. */
export interface RtspSpec {
  kind: 'rtsp';
  url: string;
}

/** A camera that a gateway already serves as HLS. The address stays here; browsers get our names. */
export interface GatewaySpec {
  kind: 'hls';
  url: string;
}

/** A camera that a gateway serves by WebRTC. */
export interface WhepSpec {
  kind: 'whep';
  url: string;
}

export interface MediaOriginDeps {
  clock: Clock;
  log: Log;
  /** Spreads the reconnecting of cameras. */
  random: Random;
  cameras: (cameraId: string, role: StreamRole) => CameraStreamSpec | undefined;
  faults?: (cameraId: string) => CameraFault | undefined;
  loops?: LoopLibrary;
  openSource?: OpenSource;
  /** Cameras on the server itself: for one machine alone. */
  allowLoopback?: boolean;
  /** Pictures made H.264 at once for screens that cannot play H.265. */
  mostTranscodes?: number;
}

/** Units: epoch ms, real time; null for what has always been so. */
export interface CameraState {
  state: CameraConnection;
  since: number | null;
  codec: CameraCodec | null;
}

/** Serves every camera's stream to whoever the caller has already let in. */
export interface MediaOrigin {
  serve(cameraId: string, file: string, query?: MediaQuery, signal?: AbortSignal): Promise<MediaAnswer>;
  /** Opens a view of a camera over WebRTC; only for cameras of a WHEP gateway. */
  openView(view: WhepView, offer: string, stream?: StreamRole): Promise<MediaAnswer>;
  endView(id: string): Promise<void>;
  /** How a camera's connection stands, by the stream of tiles. */
  status(cameraId: string): CameraState;
  /** Where film of a camera comes from; undefined for one that can only be relayed. */
  tap(cameraId: string): FootageTap | undefined;
  /** Looks at a camera as a viewer would and says what such a viewer gets. */
  probe(cameraId: string): Promise<CameraConnection>;
  close(): Promise<void>;
}

const VIETNAM_OFFSET_S = 7 * 3600;

/** The light over Đà Nẵng in this second. Shape: whole seconds since the Unix epoch. */
export function lightAt(second: number): 'day' | 'dusk' | 'night' {
  const hour = ((second + VIETNAM_OFFSET_S) % 86_400) / 3600;
  if (hour >= 18 || hour < 5.5) return 'night';
  return hour >= 17 ? 'dusk' : 'day';
}

/** More film at once than anyone looks through. Units: seconds. */
const LONGEST_PAST_S = 1800;

/** The stream of tiles goes by the camera alone. */
const keyOf = (cameraId: string, query: MediaQuery) => (query.stream === 'main' ? `${cameraId} main` : cameraId);

/** The seconds of a demo camera that touch a time. */
function pastOf(stream: LoopStream, from: number, to: number): FilmPiece[] {
  const first = Math.floor(from / 1000);
  const seconds = Math.max(0, Math.min(LONGEST_PAST_S, Math.ceil(to / 1000) - first));
  return Array.from({ length: seconds }, (_, index) => ({ startsAt: (first + index) * 1000, endsAt: (first + index + 1) * 1000, ...stream.past(first + index) }));
}

export function createMediaOrigin(deps: MediaOriginDeps): MediaOrigin {
  const { clock, log, random, cameras, faults = () => undefined, loops = createLoopLibrary(), openSource, allowLoopback = false, mostTranscodes = 4 } = deps;
  const addresses = createCameraAddresses(allowLoopback);
  const open = openSource ?? openPinned(openWithFfmpeg, addresses);
  const whep = createWhepRelay({ clock, addresses });
  const deadlines = createDeadlines(clock);
  const realNow = () => clock.realNow();
  const rtsp = createRtspStreams({ clock, log, random, open, mostTranscodes });

  const loopStream = (spec: LoopSpec, fault: CameraFault | undefined): LoopStream | undefined => {
    const day = loops.get(spec.loop);
    const night = spec.nightLoop === undefined ? day : loops.get(spec.nightLoop);
    const dusk = spec.duskLoop === undefined ? day : loops.get(spec.duskLoop);
    if (!day || !night || !dusk) return undefined;
    const byLight = { day, dusk, night };
    const loopAt = (second: number) => byLight[lightAt(second)];
    return createLoopStream({ loopAt, phaseS: Math.floor(spec.phaseS ?? 0), timeline: timelineUnder(fault), realNow, deadlines });
  };

  const gateways = new Map<string, { url: string; gateway: Gateway }>();

  const gatewayOf = (key: string, url: string, query: MediaQuery): Gateway => {
    const known = gateways.get(key);
    if (known?.url === url) return known.gateway;
    const gateway = createGateway({ clock, addresses, url, wantsLargest: query.stream === 'main', suffix: streamSuffix(query) });
    gateways.set(key, { url, gateway });
    return gateway;
  };

  /** The large picture of a camera that sends it as H.265, for a screen without a decoder: its small one serves as well, if that is another. */
  const playableSpec = (cameraId: string, spec: RtspSpec, query: MediaQuery): { key: string; url: string } => {
    const main = { key: keyOf(cameraId, query), url: spec.url };
    const small = cameras(cameraId, 'sub');
    const isMainOnly = query.stream !== 'main' || query.plays !== 'h264' || small?.kind !== 'rtsp' || small.url === spec.url;
    if (isMainOnly || rtsp.status(main.key)?.codec !== 'h265' || rtsp.status(cameraId)?.codec === 'h265') return main;
    return { key: cameraId, url: small.url };
  };

  const statusOf = (cameraId: string): CameraState => {
    const spec = cameras(cameraId, 'sub');
    if (!spec) return { state: 'no-stream', since: null, codec: null };
    const fault = faults(cameraId);
    if (fault) return { state: fault.state === 'freeze' ? 'frozen' : fault.state, since: fault.since, codec: null };
    if (spec.kind === 'loop') return { state: 'live', since: null, codec: 'h264' };
    const known = spec.kind === 'whep' ? whep.status(cameraId) : spec.kind === 'hls' ? gateways.get(cameraId)?.gateway.status() : rtsp.status(cameraId);
    return { state: 'idle', since: null, codec: null, ...known };
  };

  const liveStream = (cameraId: string, url: string): MediaStream => {
    const ingest = rtsp.ingest(cameraId, url);
    ingest.touch();
    return ingest.stream;
  };

  const probe = createProbe({ deadlines, realNow, status: statusOf, playlist: (cameraId) => origin.serve(cameraId, 'index.m3u8', { parts: '0' }) });

  const origin: MediaOrigin = {
    async serve(cameraId, file, query = {}, signal) {
      const spec = cameras(cameraId, query.stream === 'main' ? 'main' : 'sub');
      if (!spec) return refusal(404);
      const fault = faults(cameraId);
      if (fault?.state === 'lost') return refusal(503, 'lost');
      if (fault?.state === 'unsupported-codec') return refusal(415, 'unsupported-codec');
      if (spec.kind === 'whep') return refusal(404);
      if (spec.kind === 'hls') return gatewayOf(keyOf(cameraId, query), spec.url, query).serve(file, query, signal);
      if (spec.kind === 'rtsp') {
        const { key, url } = playableSpec(cameraId, spec, query);
        return rtsp.serve(key, url, file, query, signal);
      }
      const stream = fault?.state === 'audio-only' ? createSilentStream({ since: fault.since, realNow, deadlines }) : loopStream(spec, fault);
      if (stream) return answerFile(stream, file, query, signal);
      log.warn({ cameraId, loop: spec.loop }, 'camera names a loop that does not exist');
      return refusal(404);
    },
    async openView(view, offer, stream = 'sub') {
      const spec = cameras(view.camera, stream);
      return spec?.kind === 'whep' ? whep.open(view, spec.url, offer) : refusal(404);
    },
    endView: (id) => whep.end(id),
    status: statusOf,
    tap(cameraId) {
      const spec = cameras(cameraId, 'sub');
      if (spec?.kind === 'rtsp') return { live: () => liveStream(cameraId, spec.url) };
      const stream = spec?.kind === 'loop' ? loopStream(spec, undefined) : undefined;
      return stream && { past: (from, to) => pastOf(stream, from, to) };
    },
    probe: (cameraId) => (cameras(cameraId, 'sub')?.kind === 'whep' ? Promise.resolve(statusOf(cameraId).state) : probe(cameraId)),
    async close() {
      deadlines.close();
      await whep.close();
      await rtsp.close();
    },
  };
  return origin;
}
