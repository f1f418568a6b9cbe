import type { MapCamera, Rect, Scene, Tile, WallProfile } from '#contract/wall.ts';
import { scaleRect, type Size } from './rects.ts';

/** A scene as it stands on one wall. Units: wall pixels. */
export interface FittedScene {
  tiles: Tile[];
  camera: MapCamera | undefined;
}

interface Drawing {
  size: Size;
  tiles: readonly Tile[];
}

const aspect = ([width, height]: Size) => Math.log(width / height);

/** The drawing meant for this wall, else the one of its size, else the one nearest in shape. */
function chooseDrawing(scene: Scene, wall: WallProfile): Drawing {
  const named = scene.variants && Object.hasOwn(scene.variants, wall.id) ? scene.variants[wall.id] : undefined;
  if (named) return named;
  const drawings: Drawing[] = [{ size: scene.size, tiles: scene.tiles }, ...Object.values(scene.variants ?? {})];
  const isSameSize = ({ size }: Drawing) => size[0] === wall.width && size[1] === wall.height;
  const distance = ({ size }: Drawing) => Math.abs(aspect(size) - aspect([wall.width, wall.height]));
  return drawings.find(isSameSize) ?? drawings.reduce((best, next) => (distance(next) < distance(best) ? next : best));
}

const mapRect = (tiles: readonly Tile[]): Rect | undefined => tiles.find(({ widget }) => widget === 'map')?.rect;

/** A scene on a wall: tiles in integer wall pixels, and the camera zoomed so that the map shows the same part of the city. */
export function fitScene(scene: Scene, wall: WallProfile): FittedScene {
  const { size, tiles } = chooseDrawing(scene, wall);
  const fitted = tiles.map((tile) => ({ ...tile, rect: scaleRect(tile.rect, size, [wall.width, wall.height]) }));
  const [drawn, shown] = [mapRect(scene.tiles), mapRect(fitted)];
  if (!scene.camera || !drawn || !shown) return { tiles: fitted, camera: scene.camera };
  const zoomBy = Math.log2(Math.min(shown.width / drawn.width, shown.height / drawn.height));
  const zoom = Math.min(22, Math.max(0, Math.round((scene.camera.zoom + zoomBy) * 1000) / 1000));
  return { tiles: fitted, camera: { ...scene.camera, zoom } };
}
