import type { AlertState } from '#contract/topics/alert.ts';
import { CLIP, mayKeepFilm } from '../domain/camera/policy.ts';
import type { CameraSearchPort } from '../domain/ports/collections.ts';
import type { LogPort } from '../domain/ports/log.ts';
import { wholeScope } from '../domain/scope.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import { burnMasks } from '../media/footage/burnMasks.ts';
import { createFootage, type Footage, type FootageDeps } from '../media/footage/footage.ts';
import type { MediaOrigin } from '../media/origin.ts';
import type { CameraStreams } from './cameraStreams.ts';

export interface CameraFootageDeps extends Pick<FootageDeps, 'folder' | 'ringMs' | 'clips' | 'recorder'> {
  clock: Clock;
  logger: Log;
  log: LogPort;
  media: Pick<MediaOrigin, 'tap'>;
  streams: Pick<CameraStreams, 'places' | 'recorderOf' | 'maskOf'>;
  cameraSearch: CameraSearchPort;
}

/** An alert older than this when it arrives is history, not an event. Units: ms. */
const FRESH_MS = 60_000;

/** Film of cameras, kept by itself when an alert opens: of the camera it names, and of those that see its place. */
export async function createCameraFootage(deps: CameraFootageDeps): Promise<Footage & Closable> {
  const { clock, logger, log, media, streams, cameraSearch } = deps;
  const footage = await createFootage({
    ...deps,
    log: logger,
    tap(camera) {
      const recorder = streams.recorderOf(camera);
      const source = media.tap(camera);
      return source === undefined && recorder === undefined ? undefined : { ...source, ...(recorder === undefined ? {} : { recorder }) };
    },
    masks: (camera) => streams.maskOf(camera),
    burn: burnMasks,
    kept: () => streams.places().filter(mayKeepFilm).map(({ id, retentionDays }) => ({ id, retentionDays: retentionDays ?? 0 })),
  });
  const scope = wholeScope('footage');

  const camerasAt = async (position: [number, number]) => {
    const seeing = await cameraSearch.seeing(position, CLIP.most, scope);
    return seeing.ok ? seeing.value.map(({ camera }) => (camera as { id: string }).id) : [];
  };

  // Thousands of alerts of one flood share a place: it is asked for once per run, and one alert is worked at a time.
  const waiting: AlertState[] = [];
  let working: Promise<void> | undefined;
  const work = async () => {
    const known = new Map<string, Promise<string[]>>();
    for (let alert = waiting.shift(); alert; alert = waiting.shift()) {
      const { id, position, cameraKey } = alert;
      try {
        const place = String(position);
        if (position && !known.has(place)) known.set(place, camerasAt(position));
        const named = streams.places().filter(({ ref }) => ref === cameraKey).map((camera) => camera.id);
        const cameras = new Set([...named, ...((await known.get(place)) ?? [])]);
        for (const camera of [...cameras].slice(0, CLIP.most)) await footage.keepFor(id, camera);
      } catch (error) {
        logger.warn({ alert: id, error: String(error) }, 'film for an alert could not be kept');
      }
    }
    working = undefined;
  };

  const stop = log.follow((entries) => {
    for (const { topic, rev, body } of entries) {
      const alert = body as AlertState;
      if (topic === 'alert' && rev === 1 && clock.now() - alert.raisedAt <= FRESH_MS) waiting.push(alert);
    }
    if (waiting.length > 0) working ??= work();
  });
  return {
    ...footage,
    async close() {
      stop();
      waiting.length = 0;
      await working;
      await footage.close();
    },
  };
}
