import { createHash } from 'node:crypto';
import type { Clip, FootageSpan } from '#contract/footage.ts';
import { okay, refused } from '#contract/faults.ts';
import { clipDeleteAt, CLIP } from '../../domain/camera/policy.ts';
import type { ClipStorePort, FootagePort } from '../../domain/ports/footage.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { MediaStream } from '../stream.ts';
import type { PictureMask } from '#contract/topics/camera.ts';
import type { BurnMasks } from './burnMasks.ts';
import { createClipFiles } from './clipFiles.ts';
import { createFilmWriter, cutFilm, filmOf, type FilmPiece } from './film.ts';
import { filmType } from './filmType.ts';
import type { Recorder } from './recorder.ts';
import { createFootageRing, type FootageRing } from './ring.ts';

/** How the pictures of a camera can be had: as they come, as they were, or from a recorder. */
export interface FootageTap {
  /** Opens the stream if nobody watches it; undefined for one that can only be relayed. */
  live?(): MediaStream;
  /** A demo camera plays any second again. Units: epoch ms, real time. */
  past?(from: number, to: number): FilmPiece[];
  recorder?: string;
}

export interface FootageDeps {
  clock: Clock;
  log: Log;
  folder: string;
  /** Length of the ring of every camera whose film may be kept; 0 keeps none. Units: ms. */
  ringMs: number;
  clips: ClipStorePort;
  recorder: Recorder;
  tap(camera: string): FootageTap | undefined;
  /** Parts of a camera's picture that no film may show. */
  masks(camera: string): readonly PictureMask[];
  burn: BurnMasks;
  /** Cameras whose film may be kept, and for how long. */
  kept(): readonly { id: string; retentionDays: number }[];
}

export interface Footage extends FootagePort, Closable {
  /** Keeps film of a camera around this moment because of an alert. */
  keepFor(about: string, camera: string): Promise<void>;
  /** Bytes held in rings. */
  held(): number;
}

interface OpenClip {
  id: string;
  camera: string;
  cursor: number;
  endsAt: number;
  writer: ReturnType<typeof createFilmWriter>;
  isOver: boolean;
}

const STEP_MS = 1000;
const SWEEP_MS = 3_600_000;
/** The newest second is still on its way. */
const EDGE_MS = 3000;

/** Keeps a ring of every camera that may be kept, clips for alerts, and gives film of the past from wherever it lies. */
export async function createFootage(deps: FootageDeps): Promise<Footage> {
  const { clock, log, ringMs, clips, recorder, tap, kept, masks, burn } = deps;
  const files = createClipFiles(deps.folder);
  const rings = new Map<string, FootageRing>();
  let openClips: OpenClip[] = [];
  let stepping = Promise.resolve();

  const ahead = () => clock.now() - clock.realNow();
  const complain = (what: string) => (error: unknown) => log.warn({ error: String(error) }, what);

  const inMemory = (camera: string, from: number, to: number): FilmPiece[] => {
    const past = tap(camera)?.past;
    return past ? past(from, Math.min(to, clock.realNow() - EDGE_MS)) : (rings.get(camera)?.between(from, to) ?? []);
  };

  /** The film as it may be seen; undefined when it can not be covered. */
  const covered = async (camera: string, film: Buffer): Promise<Buffer | undefined> => (masks(camera).length === 0 ? film : burn(film, masks(camera)));

  const coverFile = async ({ id, camera }: OpenClip) => {
    const body = masks(camera).length > 0 && (await files.sumOf(id)).bytes > 0 ? await covered(camera, await files.read(id)) : null;
    if (body === null) return;
    await files.remove(id);
    if (body) await files.append(id, body);
    else log.warn({ camera, clip: id }, 'film could not be covered and was not kept');
  };

  const settle = async (clip: OpenClip) => {
    await coverFile(clip);
    const span = clip.writer.span();
    const sum = await files.sumOf(clip.id);
    const edges = span ? { from: span.from + ahead(), to: span.to + ahead() } : { from: clip.cursor + ahead(), to: clip.endsAt + ahead() };
    await clips.settle(clip.id, { ...edges, ...sum });
  };

  const grow = async (clip: OpenClip) => {
    for (const piece of inMemory(clip.camera, clip.cursor, clip.endsAt)) {
      if (piece.startsAt < clip.cursor - 500) continue;
      const bytes = clip.writer.add(piece);
      if (!bytes) {
        clip.isOver = true;
        break;
      }
      await files.append(clip.id, bytes);
      clip.cursor = piece.endsAt;
    }
    clip.isOver ||= clock.realNow() > clip.endsAt + EDGE_MS * 2;
    if (clip.isOver) await settle(clip);
  };

  const drawRings = () => {
    const may = ringMs > 0 ? kept() : [];
    for (const id of rings.keys()) if (!may.some((camera) => camera.id === id)) rings.delete(id);
    for (const { id } of may) {
      const source = tap(id);
      if (!source?.live || source.past) continue;
      const ring = rings.get(id) ?? createFootageRing(ringMs);
      rings.set(id, ring);
      ring.draw(source.live());
    }
  };

  const step = async () => {
    drawRings();
    for (const clip of openClips) await grow(clip);
    openClips = openClips.filter(({ isOver }) => !isOver);
  };

  const sweep = async () => {
    for (const id of await clips.expire(clock.now())) await files.remove(id);
  };

  const shown = async (camera: string, { body, from, to }: { body: Buffer; from: number; to: number }) => {
    const seen = await covered(camera, body);
    return seen && { body: seen, from: from + ahead(), to: to + ahead() };
  };

  const film = async (camera: string, from: number, to: number, signal?: AbortSignal) => {
    const [realFrom, realTo] = [from - ahead(), to - ahead()];
    const found = filmOf(inMemory(camera, realFrom, realTo));
    if (found) return shown(camera, found);
    const [clip] = await clips.touching(camera, from, to);
    if (clip) return cutFilm({ body: await files.read(clip.id), from: clip.from, to: clip.to }, from, to);
    const address = tap(camera)?.recorder;
    const read = address === undefined ? undefined : filmOf(await recorder.read(address, realFrom, realTo, signal));
    return read && shown(camera, read);
  };

  for (const clip of await clips.left()) await clips.settle(clip.id, { from: clip.from, to: clip.to, ...(await files.sumOf(clip.id)) });
  const timers = [
    setInterval(() => void (stepping = stepping.then(step).catch(complain('film could not be kept'))), STEP_MS),
    setInterval(() => void sweep().catch(complain('old film could not be removed')), SWEEP_MS),
  ];

  return {
    async keepFor(about, camera) {
      const policy = kept().find(({ id }) => id === camera);
      if (!policy || ringMs === 0) return;
      const now = clock.realNow();
      const [from, to] = [now - CLIP.beforeMs, now + CLIP.afterMs];
      const id = await clips.open({ camera, kind: 'alert', about, from: from + ahead(), to: to + ahead(), actor: { id: 'system', name: 'Hệ thống' }, reason: null, deleteAt: clipDeleteAt('alert', policy.retentionDays, clock.now()) });
      openClips.push({ id, camera, cursor: from, endsAt: to, writer: createFilmWriter(), isOver: false });
    },
    held: () => [...rings.values()].reduce((sum, ring) => sum + ring.bytes(), 0),

    async spans(camera, from, to) {
      const source = tap(camera);
      const latest = clock.now() - EDGE_MS;
      const spans: FootageSpan[] = (await clips.touching(camera, from, to)).map((clip) => ({ source: 'clip', from: clip.from, to: clip.to, clip: clip.id }));
      const ring = rings.get(camera)?.span();
      if (source?.past && from < latest) spans.push({ source: 'sample', from, to: Math.min(to, latest), clip: null });
      if (ring && ring.from + ahead() < to && ring.to + ahead() > from) spans.push({ source: 'ring', from: Math.max(from, ring.from + ahead()), to: Math.min(to, ring.to + ahead()), clip: null });
      if (source?.recorder !== undefined && from < latest) spans.push({ source: 'recorder', from, to: Math.min(to, latest), clip: null });
      return spans;
    },
    async film(camera, from, to, signal) {
      const found = await film(camera, from, to, signal);
      return found ? okay({ ...found, type: filmType(found.body) }) : refused('NOT_FOUND');
    },

    async take(actor, camera, { from, to, reason }, signal) {
      const words = reason.trim();
      if (words === '') return refused('CAMERA_REASON', { pointer: '/reason' });
      const found = await film(camera, from, to, signal);
      if (!found) return refused('NOT_FOUND');
      const sha256 = createHash('sha256').update(found.body).digest('hex');
      const clip = { camera, kind: 'export' as const, about: null, from: found.from, to: found.to, actor, reason: words, deleteAt: clipDeleteAt('export', 0, clock.now()) };
      const id = await clips.open(clip);
      if (!(await files.append(id, found.body))) return refused('STORE_FULL');
      await clips.settle(id, { from: found.from, to: found.to, bytes: found.body.length, sha256 });
      const [kept] = (await clips.touching(camera, found.from, found.to)).filter((one: Clip) => one.id === id);
      return kept ? okay(kept) : refused('NOT_FOUND');
    },
    clips: (scope, query) => clips.list(scope, query),
    async clip(scope, id) {
      const found = await clips.get(scope, id);
      if (!found.ok) return found;
      return found.value.state === 'kept' ? okay({ clip: found.value, body: await files.read(id) }) : refused('NOT_FOUND');
    },

    async close() {
      for (const timer of timers) clearInterval(timer);
      await stepping;
      for (const clip of openClips) await settle(clip);
    },
  };
}
