import type { Player } from './player.ts';
import { createTruth, DEFINITE_TROUBLES, observe, TRUTH_LIMITS, type Observation, type PictureTruth } from './truth.ts';

export interface WhepPlayerDeps {
  video: HTMLVideoElement;
  /** Address that takes an offer for this camera. */
  src: string;
  onState: (truth: PictureTruth) => void;
  now?: () => number;
}

/** Units: ms. */
const TIMES = { tick: 500, gather: 1500, ask: 8000, again: 4000, refusedAgain: 30_000 };

/** All addresses of this side, or those found in time: the gateway is told once. */
function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, TIMES.gather);
    peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && resolve());
  });
}

/** Plays one camera of a WHEP gateway over WebRTC and says what is true of the picture. */
export function createWhepPlayer({ video, src, onState, now = () => Date.now() }: WhepPlayerDeps): Player {
  let peer: RTCPeerConnection | undefined;
  let view: string | null = null;
  let attempt = 0;
  let isClosed = false;
  let startedAt = now();
  let shownAt: number | undefined;
  let memory = createTruth(TRUTH_LIMITS.focus, startedAt);

  const see = (seen: Observation) => {
    const before = memory.truth;
    memory = observe(memory, seen);
    if (memory.truth !== before) onState(memory.truth);
  };

  const leave = () => {
    peer?.close();
    peer = undefined;
    if (view !== null) void fetch(view, { method: 'DELETE', credentials: 'same-origin', keepalive: true }).catch(() => undefined);
    view = null;
  };

  const ask = async (offer: string): Promise<string | undefined> => {
    const answer = await fetch(src, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/sdp' }, body: offer, signal: AbortSignal.timeout(TIMES.ask) });
    if (answer.status === 201) {
      view = answer.headers.get('location');
      return answer.text();
    }
    const said = answer.headers.get('x-camera-state');
    const isRefused = answer.status === 401 || answer.status === 403 || answer.status === 404;
    see({ kind: 'trouble', at: now(), trouble: isRefused ? 'refused' : (DEFINITE_TROUBLES.find((trouble) => trouble === said) ?? 'network') });
    return undefined;
  };

  const connect = async (mine: number) => {
    const made = new RTCPeerConnection();
    peer = made;
    made.addTransceiver('video', { direction: 'recvonly' });
    made.addEventListener('track', ({ track }) => {
      video.srcObject = new MediaStream([track]);
      void video.play().catch(() => undefined);
    });
    await made.setLocalDescription(await made.createOffer());
    await gathered(made);
    const sdp = await ask(made.localDescription?.sdp ?? '');
    if (isClosed || mine !== attempt) return;
    if (sdp !== undefined) await made.setRemoteDescription({ type: 'answer', sdp });
  };

  const start = () => {
    leave();
    attempt += 1;
    startedAt = now();
    see({ kind: 'started', at: startedAt });
    connect(attempt).catch(() => see({ kind: 'trouble', at: now(), trouble: 'network' }));
  };

  const tick = () => {
    const at = now();
    if (document.hidden) return see({ kind: 'resumed', at });
    see({ kind: 'tick', at, mediaTimeS: video.currentTime });
    const { state } = memory.truth;
    if (state === 'live' || state === 'loading') return;
    if (at - startedAt > (state === 'refused' ? TIMES.refusedAgain : TIMES.again)) start();
  };

  const onFrame: VideoFrameRequestCallback = (_time, frame) => {
    shownAt = now();
    see({ kind: 'frame', at: shownAt, mediaTimeS: frame.mediaTime });
    frameRequest = video.requestVideoFrameCallback(onFrame);
  };

  video.muted = true;
  video.playsInline = true;
  let frameRequest = video.requestVideoFrameCallback(onFrame);
  const ticking = setInterval(tick, TIMES.tick);
  onState(memory.truth);
  start();

  return {
    truth: () => memory.truth,
    capturedAt: () => shownAt,
    toLive: () => undefined,
    close() {
      isClosed = true;
      clearInterval(ticking);
      video.cancelVideoFrameCallback(frameRequest);
      leave();
      video.srcObject = null;
    },
  };
}

/** The address that takes offers, for a camera whose stream of this size a WHEP gateway serves; undefined for any other. */
export function whepAddress(src: string, streams: readonly { role: string; kind: string }[]): string | undefined {
  const url = new URL(src, 'http://page');
  const [, camera] = /^\/media\/([^/]+)\/index\.m3u8$/.exec(url.pathname) ?? [];
  const live = streams.filter(({ role }) => role !== 'recorder');
  const chosen = live.find(({ role }) => role === (url.searchParams.get('stream') ?? 'sub')) ?? live[0];
  return camera !== undefined && chosen?.kind === 'whep' ? `/media/${camera}/whep${url.search}` : undefined;
}
