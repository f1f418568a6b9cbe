import { COORDINATE_SYSTEM, type Layer } from '@deck.gl/core';
import { IconLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { IconAtlas } from '../iconAtlas.ts';
import type { Drawing, MovingPoints } from '../snapshot.ts';
import { COLOURS, faded } from './colour.ts';
import { createVehicleRows, VEHICLE_ORIGIN, type MarkedVehicle, type VehicleRows } from './vehicleRows.ts';

const ARROWS_FROM_ZOOM = 13;
const OFFSETS = { coordinateSystem: COORDINATE_SYSTEM.LNGLAT_OFFSETS, coordinateOrigin: [...VEHICLE_ORIGIN] as [number, number, number] };

/** Vehicles on one map: the many as quiet dots, close by as arrows on their way, those on duty with their own sign. */
export interface VehicleLayers {
  /** The same layers as last time while only positions changed: those go straight into the buffers of the graphics card. */
  layersOf(points: MovingPoints, drawing: Drawing): Layer[];
  /** The layers were taken off the map; the next ones are new. */
  forget(): void;
}

export function createVehicleLayers(atlas: IconAtlas): VehicleLayers {
  const rows = createVehicleRows();
  const icons = { iconAtlas: atlas.image as unknown as string, iconMapping: atlas.mapping, sizeUnits: 'pixels' as const };
  let looks = '';
  let crowd: Layer | undefined;
  let marked: Layer | undefined;

  const dots = (glyphPx: number): Layer =>
    new ScatterplotLayer({
      id: 'vehicle-dots',
      ...OFFSETS,
      data: { length: rows.angles.length, attributes: { getPosition: { value: rows.positions, size: 2 } } },
      getRadius: Math.max(1.5, glyphPx * 0.065),
      radiusUnits: 'pixels',
      getFillColor: faded(COLOURS.second, 170),
    });
  const arrows = (glyphPx: number): Layer =>
    new IconLayer({
      id: 'vehicle-arrows',
      ...OFFSETS,
      ...icons,
      data: { length: rows.angles.length, attributes: { getPosition: { value: rows.positions, size: 2 }, getAngle: { value: rows.angles, size: 1 } } },
      getIcon: () => 'arrow',
      getSize: Math.max(9, glyphPx * 0.5),
      getColor: faded(COLOURS.second, 235),
      billboard: false,
      alphaCutoff: 0,
    });
  const onDuty = (glyphPx: number): Layer =>
    new IconLayer<MarkedVehicle>({
      id: 'vehicles-on-duty',
      ...OFFSETS,
      ...icons,
      data: rows.marked,
      getPosition: (vehicle) => vehicle.position,
      getIcon: (vehicle) => vehicle.icon,
      getSize: Math.max(16, glyphPx * 0.95),
      getColor: [255, 255, 255, 255],
      alphaCutoff: 0,
    });

  return {
    layersOf(points, { zoom, glyphPx }) {
      const isClose = zoom >= ARROWS_FROM_ZOOM;
      const news = rows.fill(points);
      const isNew = looks !== `${isClose} ${glyphPx}`;
      looks = `${isClose} ${glyphPx}`;
      if (!crowd || isNew || news.isGrown) crowd = isClose ? arrows(glyphPx) : dots(glyphPx);
      else if (news.to > news.from) sendRows(crowd, rows, news.from, news.to);
      if (!marked || isNew || news.isMarkedNew) marked = onDuty(glyphPx);
      return [crowd, marked];
    },
    forget() {
      crowd = undefined;
      marked = undefined;
    },
  };
}

/** Writes rows into the buffers that a layer draws from. A layer that has none yet takes the whole arrays when it gets them. */
function sendRows(layer: Layer, { positions, angles }: VehicleRows, from: number, to: number): void {
  const attributes = layer.getAttributeManager()?.getAttributes();
  attributes?.instancePositions?.getBuffer()?.write(positions.subarray(from * 2, to * 2), from * 2 * positions.BYTES_PER_ELEMENT);
  attributes?.instanceAngles?.getBuffer()?.write(angles.subarray(from, to), from * angles.BYTES_PER_ELEMENT);
  layer.setNeedsRedraw();
}
