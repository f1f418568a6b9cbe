import type { Clock } from '../kernel/clock.ts';
import { refusal, refusalIn, type MediaAnswer, type MediaQuery } from './answer.ts';
import type { CameraAddresses, PinnedAddress } from './cameraAddress.ts';
import { chooseVariant, isMaster, relayPlaylist, type RelayedPlaylist } from './gatewayPlaylist.ts';
import { fetchPinned, type Fetched } from './pinnedFetch.ts';
import type { IngestState, IngestStatus } from './rtspIngest.ts';

/** A camera behind an existing gateway (MediaMTX, go2rtc, a VMS): relayed, so that who may watch is decided here. */
export interface Gateway {
  serve(file: string, query: MediaQuery, signal?: AbortSignal): Promise<MediaAnswer>;
  status(): IngestStatus;
}

export interface GatewayDeps {
  clock: Pick<Clock, 'realNow'>;
  addresses: CameraAddresses;
  url: string;
  wantsLargest: boolean;
  /** Appended to every name, so that segments come from the same stream as their playlist. */
  suffix: string;
}

/** Units: ms, bytes, counts. */
const LIMITS = { answerMs: 6000, playlistBytes: 512 * 1024, segmentBytes: 24 * 1024 * 1024, targets: 400, stillForMs: 3000, variantForMs: 60_000, bodyForMs: 3000, idleMs: 20_000, stalledMs: 8000 };
const TYPES: Readonly<Record<string, string>> = { ts: 'video/mp2t', aac: 'audio/aac', m4s: 'video/mp4', mp4: 'video/mp4', m4v: 'video/mp4', m4a: 'audio/mp4', bin: 'video/mp4' };

/** Where a gateway sends its reader for the same file with a query of its own, as MediaMTX does to learn whether cookies are kept. No other redirect is followed. */
function sameFile({ status, headers }: Fetched, from: URL): URL | undefined {
  if (status !== 302 || headers.location === undefined || !URL.canParse(headers.location, from.href)) return undefined;
  const to = new URL(headers.location, from);
  [to.username, to.password] = [from.username, from.password];
  return to.origin === from.origin && to.pathname === from.pathname && to.search !== from.search ? to : undefined;
}

export function createGateway({ clock, addresses, url, wantsLargest, suffix }: GatewayDeps): Gateway {
  const targets = new Map<string, URL>();
  const bodies = new Map<string, { body: Promise<Buffer | undefined>; at: number }>();
  let status: IngestStatus = { state: 'idle', since: clock.realNow() };
  let variant: { url: URL; pinned: PinnedAddress; at: number } | undefined;
  let last: { playlist: RelayedPlaylist; at: number; grownAt: number } | undefined;
  let askedAt = -Infinity;

  const enter = (state: IngestState) => {
    if (state !== status.state) status = { state, since: clock.realNow() };
  };

  const fetch = async (target: URL, pinned: PinnedAddress, mostBytes: number, signal?: AbortSignal): Promise<Fetched> => {
    const limit = AbortSignal.timeout(LIMITS.answerMs);
    const fetched = await fetchPinned(pinned, target, { mostBytes }, signal ? AbortSignal.any([signal, limit]) : limit);
    if (fetched.status === 401 || fetched.status === 403) enter('auth-failed');
    else if (fetched.status !== 200 && !sameFile(fetched, target)) enter('unreachable');
    return fetched;
  };

  /** Where the media playlist lies; a master is read again now and then. */
  const findVariant = async (signal?: AbortSignal) => {
    if (variant && clock.realNow() - variant.at < LIMITS.variantForMs) return variant;
    const pinned = await addresses.pin('hls', url);
    if (!pinned) {
      enter('refused-address');
      return undefined;
    }
    const first = await fetch(pinned.url, pinned, LIMITS.playlistBytes, signal);
    const again = sameFile(first, pinned.url);
    const { status: code, body } = again ? await fetch(again, pinned, LIMITS.playlistBytes, signal) : first;
    if (code === 302) enter('unreachable');
    if (code !== 200) return undefined;
    const text = body.toString();
    const base = again ?? pinned.url;
    const chosen = isMaster(text) ? chooseVariant(text, base, wantsLargest) : base;
    if (!chosen || chosen.origin !== pinned.url.origin) {
      enter('unreachable');
      return undefined;
    }
    chosen.username ||= pinned.url.username;
    chosen.password ||= pinned.url.password;
    variant = { url: chosen, pinned, at: clock.realNow() };
    return variant;
  };

  const readPlaylist = async (query: MediaQuery, signal?: AbortSignal): Promise<RelayedPlaylist | undefined> => {
    const found = await findVariant(signal);
    if (!found) return undefined;
    const target = new URL(found.url);
    for (const name of ['_HLS_msn', '_HLS_part'] as const) if (query[name] !== undefined && /^\d{1,12}$/.test(query[name])) target.searchParams.set(name, query[name]);
    const { status: code, body } = await fetch(target, found.pinned, LIMITS.playlistBytes, signal);
    if (code !== 200) {
      variant = undefined;
      return undefined;
    }
    const playlist = relayPlaylist(body.toString(), found.url, query.parts !== '0', suffix);
    const now = clock.realNow();
    const hasGrown = !last || playlist.mediaSequence !== last.playlist.mediaSequence || playlist.newest.segment !== last.playlist.newest.segment;
    last = { playlist, at: now, grownAt: hasGrown ? now : (last?.grownAt ?? now) };
    enter(now - last.grownAt > LIMITS.stalledMs ? 'stalled' : 'live');
    for (const [name, leads] of playlist.targets) {
      targets.delete(name);
      targets.set(name, leads);
    }
    for (const name of targets.keys()) {
      if (targets.size <= LIMITS.targets) break;
      targets.delete(name);
    }
    return playlist;
  };

  const fetchTarget = async (name: string): Promise<Buffer | undefined> => {
    const target = targets.get(name);
    if (!target || !variant) return undefined;
    const withLogin = new URL(target);
    withLogin.username ||= variant.url.username;
    withLogin.password ||= variant.url.password;
    const { status: code, body } = await fetch(withLogin, variant.pinned, LIMITS.segmentBytes);
    return code === 200 ? body : undefined;
  };

  /** However many watch, the gateway is asked for each body once: who leaves does not end it for the others. */
  const readTarget = (name: string): Promise<Buffer | undefined> => {
    const now = clock.realNow();
    for (const [other, { at }] of bodies) if (now - at > LIMITS.bodyForMs) bodies.delete(other);
    const known = bodies.get(name);
    if (known) return known.body;
    const body = fetchTarget(name);
    bodies.set(name, { body, at: now });
    const forget = () => void bodies.delete(name);
    body.then((found) => (found ? undefined : forget()), forget);
    return body;
  };

  const answerStill = async (signal?: AbortSignal): Promise<MediaAnswer> => {
    if (!last || clock.realNow() - last.at > LIMITS.stillForMs) await readPlaylist({ parts: '0' }, signal);
    const { init, segment, startsAt } = last?.playlist.newest ?? {};
    if (segment !== undefined && init === undefined) return refusal(415, 'unsupported-codec');
    if (init === undefined || segment === undefined) return refusalIn(status.state);
    const parts = [await readTarget(init), await readTarget(segment)];
    if (parts.some((part) => part === undefined)) return refusalIn(status.state);
    const headers = { 'content-type': 'video/mp4', 'cache-control': 'no-store', 'x-captured-at': String(startsAt ?? last?.grownAt ?? 0) };
    return { status: 200, headers, body: Buffer.concat(parts as Buffer[]) };
  };

  const answer = async (file: string, query: MediaQuery, signal?: AbortSignal): Promise<MediaAnswer> => {
    if (file === 'still.mp4') return answerStill(signal);
    if (file === 'index.m3u8') {
      const playlist = await readPlaylist(query, signal);
      if (!playlist) return refusalIn(status.state);
      return { status: 200, headers: { 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'no-store' }, body: playlist.text };
    }
    if (!/^relay-[0-9a-f]{24}\.[a-z0-9]{2,3}$/.test(file) || !targets.has(file)) return refusal(404);
    const body = await readTarget(file);
    if (!body) return refusalIn(status.state);
    return { status: 200, headers: { 'content-type': TYPES[file.split('.')[1]!] ?? 'video/mp4', 'cache-control': 'no-store' }, body };
  };

  return {
    async serve(file, query, signal) {
      askedAt = clock.realNow();
      if (status.state === 'idle') enter('connecting');
      try {
        return await answer(file, query, signal);
      } catch {
        if (!signal?.aborted) enter('unreachable');
        variant = undefined;
        return refusalIn(status.state);
      }
    },
    status() {
      if (clock.realNow() - askedAt > LIMITS.idleMs) {
        enter('idle');
        bodies.clear();
      }
      return status;
    },
  };
}
