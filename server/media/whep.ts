import { randomBytes } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { refusal, refusalIn, type MediaAnswer } from './answer.ts';
import type { CameraAddresses, PinnedAddress } from './cameraAddress.ts';
import { fetchPinned } from './pinnedFetch.ts';
import type { IngestState, IngestStatus } from './rtspIngest.ts';

/** One viewer of a camera over WebRTC. */
export interface WhepView {
  camera: string;
  /** Resolves false once the viewer may not go on. */
  maySee(): Promise<boolean>;
}

/**
 * Cameras that a gateway serves by WHEP. Offers and answers pass through here, so that who may watch is decided here and the gateway's
 * address stays hidden; pictures go from the gateway to the browser. A view whose right is gone is ended at the gateway, so one that a gateway
 * gives no address for is not opened.
 * Source: draft-ietf-wish-whep.
 */
export interface WhepRelay {
  open(view: WhepView, url: string, offer: string): Promise<MediaAnswer>;
  end(id: string): Promise<void>;
  status(camera: string): IngestStatus | undefined;
  close(): Promise<void>;
}

interface OpenView extends WhepView {
  resource: URL;
  pinned: PinnedAddress;
}

/** Units: ms, bytes, count. */
const LIMITS = { answerMs: 6000, sdpBytes: 64 * 1024, lookMs: 2000, views: 500 };
const SDP = 'application/sdp';

export function createWhepRelay({ clock, addresses }: { clock: Pick<Clock, 'realNow'>; addresses: CameraAddresses }): WhepRelay {
  const views = new Map<string, OpenView>();
  const statuses = new Map<string, IngestStatus>();
  let looking: NodeJS.Timeout | undefined;

  const enter = (camera: string, state: IngestState): MediaAnswer => {
    if (statuses.get(camera)?.state !== state) statuses.set(camera, { state, since: clock.realNow() });
    return refusalIn(state);
  };

  const end = async (id: string) => {
    const view = views.get(id);
    views.delete(id);
    if (views.size === 0) {
      clearInterval(looking);
      looking = undefined;
    }
    if (!view) return;
    if (![...views.values()].some(({ camera }) => camera === view.camera)) enter(view.camera, 'idle');
    await fetchPinned(view.pinned, view.resource, { mostBytes: LIMITS.sdpBytes, method: 'DELETE' }, AbortSignal.timeout(LIMITS.answerMs)).catch(() => undefined);
  };

  const look = async () => {
    for (const [id, { maySee }] of [...views]) if (!(await maySee())) await end(id);
  };

  /** Where the gateway keeps this view: on itself and nowhere else. */
  const resourceOf = (location: string | undefined, base: URL): URL | undefined => {
    if (location === undefined || !URL.canParse(location, base.href)) return undefined;
    const resource = new URL(location, base);
    [resource.username, resource.password] = [base.username, base.password];
    return resource.origin === base.origin ? resource : undefined;
  };

  return {
    async open(view, url, offer) {
      if (offer.length > LIMITS.sdpBytes || !offer.startsWith('v=0')) return refusal(400);
      if (views.size >= LIMITS.views) return refusal(503);
      const pinned = await addresses.pin('whep', url).catch(() => null);
      if (!pinned) return enter(view.camera, pinned === null ? 'unreachable' : 'refused-address');
      const ask = { mostBytes: LIMITS.sdpBytes, method: 'POST' as const, headers: { 'content-type': SDP, accept: SDP }, body: offer };
      const told = await fetchPinned(pinned, pinned.url, ask, AbortSignal.timeout(LIMITS.answerMs)).catch(() => undefined);
      if (told?.status === 401 || told?.status === 403) return enter(view.camera, 'auth-failed');
      if (told?.status !== 201) return enter(view.camera, 'unreachable');
      const resource = resourceOf(told.headers.location, pinned.url);
      if (!resource) return enter(view.camera, 'unreachable');
      const id = randomBytes(16).toString('hex');
      views.set(id, { ...view, pinned, resource });
      looking ??= setInterval(() => void look(), LIMITS.lookMs);
      enter(view.camera, 'live');
      return { status: 201, headers: { 'content-type': SDP, 'cache-control': 'no-store', location: `/media/${view.camera}/whep/${id}` }, body: told.body.toString() };
    },
    end,
    status: (camera) => statuses.get(camera),
    async close() {
      await Promise.all([...views.keys()].map(end));
    },
  };
}
