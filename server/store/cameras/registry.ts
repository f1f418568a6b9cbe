import type { CameraEdit, CameraImport, ImportAnswer, ImportRow } from '#contract/cameras.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { CameraState } from '#contract/topics/camera.ts';
import { cameraUrl } from '../../domain/camera/address.ts';
import { writeProbeMatches } from '../../domain/camera/probeMatch.ts';
import { readCameraList, writeCameraList } from '../../domain/camera/readList.ts';
import { mayRegisterCameras } from '../../domain/camera/rights.ts';
import { sees, type Scope } from '../../domain/scope.ts';
import { createConditions } from '../collections/conditions.ts';
import { cameraTable } from '../topics/camera.ts';
import { changeStreams } from '../topics/cameraStreams.ts';
import type { Seal } from '../topics/seal.ts';
import type { Stored } from '../topics/thingTable.ts';
import type { Tx } from '../engine/engine.ts';
import { type Bench, changeOf, createDesk, OWN_SOURCE, type WorkDeps } from '../work/desk.ts';

export interface RegistryDeps extends WorkDeps {
  seal: Seal;
  places: { isInVietnam(position: readonly number[]): boolean; wardAt(position: readonly number[]): string | null };
  /** Cameras on the server itself are allowed only where nobody else can reach it. */
  allowLoopback: boolean;
}

/** What a list of devices changes of a known camera: it says nothing of the rest. */
function deviceEdit({ state }: Stored<CameraState>, { name, kind, position }: CameraEdit): CameraEdit {
  const { unit, azimuth, fieldOfView, rangeM, purpose, noticePosted, retentionDays } = state;
  return { name, kind: kind ?? state.kind, position, unit, azimuth, fieldOfView, rangeM, purpose, noticePosted, retentionDays, groups: state.groups ?? [], heightM: state.heightM ?? null, certificate: state.certificate ?? null, contractor: state.contractor ?? null };
}

/** Changes the register by hand and by list. Addresses go in and never come out. */
export function createCameraRegistry(deps: RegistryDeps) {
  const { engine, seal, places, units, allowLoopback } = deps;
  const desk = createDesk(deps);

  const faultOf = (edit: CameraEdit, scope: Scope) => {
    if (edit.unit !== null && !units.has(edit.unit)) return refused('INGEST_UNIT', { pointer: '/unit' });
    if (edit.contractor !== null && !units.has(edit.contractor)) return refused('INGEST_UNIT', { pointer: '/contractor' });
    if (!places.isInVietnam(edit.position)) return refused('INGEST_POSITION', { pointer: '/position' });
    if (!sees(scope, edit.unit, places.wardAt(edit.position))) return refused('AUTH_FORBIDDEN', { pointer: '/unit' });
    const bad = (edit.streams ?? []).findIndex(({ kind, url }) => (kind === 'loop' ? !/^loop:[a-z0-9,-]+$/.test(url) : !cameraUrl(kind, url, allowLoopback)));
    return bad < 0 ? undefined : refused('CAMERA_ADDRESS', { pointer: `/streams/${bad}/url` });
  };

  /** Streams that are named replace those of their role; the others stay. */
  const stateAfter = (before: CameraState | undefined, id: string, ref: string, { streams = [], withoutStreams = [], ...edit }: CameraEdit, now: number): CameraState => ({
    ...edit,
    masks: edit.masks ?? before?.masks ?? null,
    id,
    ref,
    source: before?.source ?? OWN_SOURCE,
    ward: places.wardAt(edit.position),
    provenance: before?.provenance ?? 'real',
    streams: [...(before?.streams ?? []).filter(({ role }) => !withoutStreams.includes(role) && !streams.some((stream) => stream.role === role)), ...streams.map(({ role, kind }) => ({ role, kind }))],
    updatedAt: now,
  });

  /** The cameras a list speaks of: a reference is one of this register, or else of the source that sent the camera. */
  const readByRefs = async (tx: Tx, refs: readonly string[]): Promise<Map<string, Stored<CameraState>>> => {
    const sources = await tx.query<{ source: string }>('select distinct source from camera where ref = any($1::text[]) order by source', [refs]);
    const known = new Map<string, Stored<CameraState>>();
    for (const source of [...sources.map((row) => row.source).filter((other) => other !== OWN_SOURCE), OWN_SOURCE]) {
      for (const stored of await cameraTable.readByRefsForUpdate(tx, source, refs)) known.set(stored.state.ref, stored);
    }
    return known;
  };

  const put = async ({ tx, now }: Bench, before: Stored<CameraState> | undefined, ref: string | undefined, edit: CameraEdit) => {
    const id = before?.state.id ?? (await cameraTable.nextIds(tx, 1))[0];
    if (id === undefined) throw new Error('the store gave no id');
    const state = stateAfter(before?.state, id, before?.state.ref ?? ref ?? id, edit, now);
    await changeStreams(tx, seal, id, edit);
    return { state, change: changeOf(cameraTable, before, state) };
  };

  return {
    async register(actor: Principal, id: string | undefined, edit: CameraEdit): Promise<Outcome<CameraState>> {
      return desk.perform('camera.register', actor, async (bench) => {
        const before = id === undefined ? undefined : await cameraTable.readForUpdate(bench.tx, id);
        if (id !== undefined && (!before || !sees(bench.scope, before.state.unit, before.state.ward))) return refused('NOT_FOUND');
        if (!mayRegisterCameras(actor)) return refused('AUTH_FORBIDDEN');
        const fault = faultOf(edit, bench.scope);
        if (fault) return fault;
        const { state, change } = await put(bench, before, undefined, edit);
        return okay({ reply: state, changes: [change] });
      });
    },

    async importList(actor: Principal, { format, text, isPreview }: CameraImport): Promise<Outcome<ImportAnswer>> {
      if (!mayRegisterCameras(actor)) return refused('AUTH_FORBIDDEN');
      const listed = readCameraList(format, text, { hasUnit: units.has, isInVietnam: places.isInVietnam, allowLoopback });
      if (!listed) return refused('CAMERA_LIST', { pointer: '/text' });
      return desk.perform<ImportAnswer>('camera.import', actor, async (bench) => {
        const known = await readByRefs(bench.tx, listed.map(({ ref }) => ref));
        const rows: ImportRow[] = [];
        const puts = [];
        for (const { line, name, ref, edit: read, faults } of listed) {
          const before = known.get(ref);
          const edit = read && before && format === 'onvif' ? deviceEdit(before, read) : read;
          const isHidden = before !== undefined && !sees(bench.scope, before.state.unit, before.state.ward);
          const fault = edit && (isHidden ? refused('AUTH_FORBIDDEN', { pointer: '/ref' }) : faultOf(edit, bench.scope));
          const isRefused = !edit || fault !== undefined;
          rows.push({ line, name, outcome: isRefused ? 'refused' : before ? 'changed' : 'new', faults: fault ? [{ field: fault.fault.pointer ?? '', reason: fault.fault.message }] : faults });
          if (!isRefused && !isPreview) puts.push(await put(bench, before, ref, edit));
        }
        const refusedRows = rows.filter(({ outcome }) => outcome === 'refused').length;
        return okay({ reply: { isPreview, accepted: rows.length - refusedRows, refused: refusedRows, rows }, changes: puts.map(({ change }) => change) });
      });
    },

    async exportList(scope: Scope, format: CameraImport['format']): Promise<Outcome<string>> {
      const conditions = createConditions(scope, 't');
      const rows = await engine.query(`select ${cameraTable.selects} from camera t where ${conditions.where()} order by t.name, t.n`, conditions.params());
      const cameras = rows.map(cameraTable.toState);
      return okay(format === 'csv' ? writeCameraList(cameras) : writeProbeMatches(cameras));
    },
  };
}
