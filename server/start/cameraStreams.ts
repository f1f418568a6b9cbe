import type { CameraState, CameraStream, PictureMask } from '#contract/topics/camera.ts';
import type { LogPort } from '../domain/ports/log.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import type { CameraStreamSpec, StreamRole } from '../media/origin.ts';
import type { Engine } from '../store/engine/engine.ts';
import { readStreams } from '../store/topics/cameraStreams.ts';
import type { Seal } from '../store/topics/seal.ts';

/** What the media origin plays for a camera, ready without asking the store. */
export interface CameraStreams extends Closable {
  specOf(camera: string, role: StreamRole): CameraStreamSpec | undefined;
  /** Template of the recorder that has the camera's past. */
  recorderOf(camera: string): string | undefined;
  /** Parts of its picture that nobody may see. */
  maskOf(camera: string): readonly PictureMask[];
  /** Groups it belongs to. */
  groupsOf(camera: string): readonly string[];
  /** Every camera with what decides who may know of it. */
  places(): readonly CameraPlace[];
}

/** A camera and whose it is. */
export type CameraPlace = Pick<CameraState, 'id' | 'ref' | 'unit' | 'ward' | 'retentionDays' | 'noticePosted' | 'masks'>;

const placeOf = ({ id, ref, unit, ward, retentionDays, noticePosted, masks = null }: CameraPlace): CameraPlace => ({ id, ref, unit, ward, retentionDays, noticePosted, masks });

const numberIn = (id: string) => Number(/\d+$/.exec(id)?.[0] ?? 0);

/** `loop:<name>`, `loop:<day>,<night>` or `loop:<day>,<night>,<dusk>`; anything else under `loop` is no demo loop. */
function loopSpec(camera: string, url: string): CameraStreamSpec | undefined {
  const named = /^loop:([a-z0-9-]+)(?:,([a-z0-9-]+))?(?:,([a-z0-9-]+))?$/.exec(url);
  if (!named) return undefined;
  return { kind: 'loop', loop: named[1]!, ...(named[2] ? { nightLoop: named[2] } : {}), ...(named[3] ? { duskLoop: named[3] } : {}), phaseS: (numberIn(camera) * 7) % 20 };
}

function specFrom(camera: string, streams: readonly CameraStream[], role: StreamRole): CameraStreamSpec | undefined {
  const live = streams.filter((stream) => stream.role !== 'recorder');
  const chosen = live.find((stream) => stream.role === role) ?? live[0];
  if (!chosen) return undefined;
  if (chosen.kind === 'loop') return loopSpec(camera, chosen.url);
  return { kind: chosen.kind, url: chosen.url };
}

/** Reads every camera's addresses once, then again for each camera that changes in the log. Addresses stay in this process. */
export async function createCameraStreams(deps: { engine: Engine; log: LogPort; seal: Seal; logger: Log }): Promise<CameraStreams> {
  const specs = new Map<string, Partial<Record<StreamRole, CameraStreamSpec | undefined>>>();
  const places = new Map<string, CameraPlace>();
  const recorders = new Map<string, string>();
  const groups = new Map<string, readonly string[]>();
  const load = async (camera: string) => {
    const streams = await readStreams(deps.engine, deps.seal, camera);
    specs.set(camera, { sub: specFrom(camera, streams, 'sub'), main: specFrom(camera, streams, 'main') });
    const recorder = streams.find(({ role }) => role === 'recorder')?.url;
    if (recorder === undefined) recorders.delete(camera);
    else recorders.set(camera, recorder);
  };
  const stop = deps.log.follow((entries) => {
    const changed = new Map(entries.filter((entry) => entry.topic === 'camera').map(({ body }) => [(body as CameraState).id, body as CameraState]));
    for (const [camera, state] of changed) {
      places.set(camera, placeOf(state));
      groups.set(camera, state.groups ?? []);
    }
    for (const camera of changed.keys()) load(camera).catch((error: unknown) => deps.logger.warn({ camera, error: String(error) }, 'camera streams could not be read'));
  });
  const known = await deps.engine.query<CameraPlace & Pick<CameraState, 'groups'>>(`select 'cam-' || n as id, ref, unit, ward, retention_days as "retentionDays", notice_posted as "noticePosted", masks, groups from camera`);
  for (const place of known) {
    places.set(place.id, placeOf(place));
    groups.set(place.id, place.groups ?? []);
    await load(place.id);
  }
  return { specOf: (camera, role) => specs.get(camera)?.[role], recorderOf: (camera) => recorders.get(camera), maskOf: (camera) => places.get(camera)?.masks ?? [], groupsOf: (camera) => groups.get(camera) ?? [], places: () => [...places.values()], close: stop };
}
