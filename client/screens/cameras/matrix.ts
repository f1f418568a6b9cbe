import type { CameraSet, MatrixSize } from '#contract/cameras.ts';
import type { CameraState } from '#contract/topics/camera.ts';
import { fold } from '../../../geo/fold.ts';

export const SIZES: readonly MatrixSize[] = [1, 4, 9, 16, 25, 36];

/** What each place of the matrix shows; null is an empty place. */
export type Places = readonly (string | null)[];

/** The places at another size: what was shown stays where it was, in reading order. */
export function resized(places: Places, size: MatrixSize): Places {
  const kept = places.filter((id) => id !== null);
  const fits = places.length <= size ? places : kept;
  return Array.from({ length: size }, (_, index) => fits[index] ?? null);
}

/** Puts a camera on a place. A camera already shown changes places with what was there: no camera is shown twice. */
export function placed(places: Places, at: number, camera: string | null): Places {
  const from = camera === null ? -1 : places.indexOf(camera);
  const before = places[at] ?? null;
  return places.map((id, index) => (index === at ? camera : index === from ? before : id));
}

/** The first empty place, else the last one. */
export function freePlace(places: Places): number {
  const at = places.indexOf(null);
  return at < 0 ? places.length - 1 : at;
}

/** The page of a tour at a step; the last page is filled up from the start, so that no place is empty without need. */
export function tourPage({ cameras, size }: Pick<CameraSet, 'cameras' | 'size'>, step: number): Places {
  if (cameras.length <= size) return resized(cameras, size);
  const pages = Math.ceil(cameras.length / size);
  const first = (step % pages) * size;
  return Array.from({ length: size }, (_, index) => cameras[(first + index) % cameras.length]!);
}

export interface CameraFilter {
  words: string;
  ward: string;
  unit: string;
  group: string;
}

/** Cameras by words typed with or without marks, by ward, unit and group; in the order of their names. */
export function listCameras(cameras: readonly CameraState[], { words, ward, unit, group }: CameraFilter): CameraState[] {
  const asked = fold(words).split(' ').filter(Boolean);
  return cameras
    .filter((camera) => (!ward || camera.ward === ward) && (!unit || camera.unit === unit) && (!group || (camera.groups ?? []).includes(group)))
    .filter(({ name, ref, purpose }) => {
      const said = fold(`${name} ${ref} ${purpose ?? ''}`);
      return asked.every((word) => said.includes(word));
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'));
}

/** The address of a camera's pictures: the main stream for a large picture where there is one of its own. */
export function pictureAddress({ id, streams }: Pick<CameraState, 'id' | 'streams'>, isLarge: boolean): string {
  const hasBoth = streams.some(({ role }) => role === 'main') && streams.some(({ role }) => role === 'sub');
  return `/media/${id}/index.m3u8${isLarge && hasBoth ? '?stream=main' : ''}`;
}

/** Digital zoom about a point of the picture, which stays under the pointer. Shape: origin in shares of the picture. */
export interface Zoom {
  scale: number;
  x: number;
  y: number;
}

export const NO_ZOOM: Zoom = { scale: 1, x: 0, y: 0 };

/** Zooms by a factor about a point and keeps the picture over its whole tile. Shape: `x`, `y` shift in shares of the tile. */
export function zoomed({ scale, x, y }: Zoom, factor: number, at: { x: number; y: number }): Zoom {
  const next = Math.min(8, Math.max(1, scale * factor));
  const keep = (shift: number, point: number) => Math.min(0, Math.max(1 - next, point - ((point - shift) * next) / scale));
  return { scale: next, x: keep(x, at.x), y: keep(y, at.y) };
}
