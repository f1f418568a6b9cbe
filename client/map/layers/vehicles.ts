import { COORDINATE_SYSTEM, type Layer } from '@deck.gl/core';
import { IconLayer, ScatterplotLayer } from '@deck.gl/layers';
import { POSITION_STEPS, VEHICLE_KINDS } from '#contract/frame.ts';
import type { IconAtlas } from '../iconAtlas.ts';
import type { Drawing, MovingPoints } from '../snapshot.ts';
import { COLOURS, faded } from './colour.ts';

const ORIGIN = [108.2208, 16.0602, 0] as const;
const ARROWS_FROM_ZOOM = 13;
const OWN_SYMBOL = new Set<string>(['police', 'ambulance', 'fire-engine']);

/** Positions for the graphics card: offsets from the city, because a 32-bit longitude is only good to a metre. */
export interface VehicleBuffers {
  version: number;
  crowd: { count: number; positions: Float32Array; angles: Float32Array };
  marked: { index: number; icon: string; position: [number, number]; heading: number }[];
}

export const createVehicleBuffers = (): VehicleBuffers => ({ version: -1, crowd: { count: 0, positions: new Float32Array(0), angles: new Float32Array(0) }, marked: [] });

const turnOf = (heading: number): number => (heading * 360) / 256;

/** Brings the buffers up to the newest frame; the arrays are used again and again. */
export function fillVehicles(buffers: VehicleBuffers, points: MovingPoints): void {
  if (buffers.version === points.version) return;
  buffers.version = points.version;
  if (buffers.crowd.angles.length < points.count) {
    buffers.crowd.positions = new Float32Array(points.slots.length * 2);
    buffers.crowd.angles = new Float32Array(points.slots.length);
  }
  const { positions, angles } = buffers.crowd;
  buffers.marked = [];
  let used = 0;
  for (let row = 0; row < points.count; row++) {
    const east = (points.lon[row] ?? 0) / POSITION_STEPS - ORIGIN[0];
    const north = (points.lat[row] ?? 0) / POSITION_STEPS - ORIGIN[1];
    const kind = VEHICLE_KINDS[points.kind[row] ?? 0] ?? 'car';
    if (OWN_SYMBOL.has(kind)) {
      buffers.marked.push({ index: row, icon: kind, position: [east, north], heading: turnOf(points.heading[row] ?? 0) });
      continue;
    }
    positions[used * 2] = east;
    positions[used * 2 + 1] = north;
    angles[used] = -turnOf(points.heading[row] ?? 0);
    used++;
  }
  buffers.crowd.count = used;
}

/** Vehicles: the many as quiet arrows on their way, those on duty with their own sign. */
export function vehicleLayers(buffers: VehicleBuffers, atlas: IconAtlas, { zoom, glyphPx }: Drawing): Layer[] {
  const { count, positions, angles } = buffers.crowd;
  const offsets = { coordinateSystem: COORDINATE_SYSTEM.LNGLAT_OFFSETS, coordinateOrigin: [...ORIGIN] as [number, number, number] };
  const icons = { iconAtlas: atlas.image as unknown as string, iconMapping: atlas.mapping, sizeUnits: 'pixels' as const };
  const isClose = zoom >= ARROWS_FROM_ZOOM;
  return [
    new ScatterplotLayer({
      id: 'vehicle-dots',
      ...offsets,
      visible: !isClose,
      data: { length: isClose ? 0 : count, attributes: { getPosition: { value: positions, size: 2 } } },
      dataComparator: () => false,
      getRadius: Math.max(1.5, glyphPx * 0.065),
      radiusUnits: 'pixels',
      getFillColor: faded(COLOURS.second, 170),
    }),
    new IconLayer({
      id: 'vehicle-arrows',
      ...offsets,
      ...icons,
      visible: isClose,
      data: { length: isClose ? count : 0, attributes: { getPosition: { value: positions, size: 2 }, getAngle: { value: angles, size: 1 } } },
      dataComparator: () => false,
      getIcon: () => 'arrow',
      getSize: Math.max(9, glyphPx * 0.5),
      getColor: faded(COLOURS.second, 235),
      billboard: false,
      alphaCutoff: 0,
    }),
    new IconLayer<VehicleBuffers['marked'][number]>({
      id: 'vehicles-on-duty',
      ...offsets,
      ...icons,
      data: buffers.marked,
      getPosition: (vehicle) => vehicle.position,
      getIcon: (vehicle) => vehicle.icon,
      getSize: Math.max(16, glyphPx * 0.95),
      getColor: [255, 255, 255, 255],
      alphaCutoff: 0,
    }),
  ];
}
