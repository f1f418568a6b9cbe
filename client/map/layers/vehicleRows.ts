import { POSITION_STEPS, VEHICLE_KINDS } from '#contract/frame.ts';
import type { MovingPoints } from '../snapshot.ts';

/** Where offsets start: a 32-bit longitude is only good to a metre, a 32-bit offset from the city to millimetres. */
export const VEHICLE_ORIGIN = [108.2208, 16.0602, 0] as const;
const OWN_SYMBOL = new Set<string>(['police', 'ambulance', 'fire-engine']);
const IS_MARKED = VEHICLE_KINDS.map((kind) => OWN_SYMBOL.has(kind));
/** Rows that show nothing lie here, far outside any picture. Units: degrees from the origin. */
const FAR = 1000;
const FIRST_ROWS = 1024;

export interface MarkedVehicle {
  icon: string;
  position: [number, number];
  heading: number;
}

/** What a fill changed: rows `from` up to `to` of the crowd, whether its arrays are new ones, whether one on duty changed. */
export interface VehicleNews {
  from: number;
  to: number;
  isGrown: boolean;
  isMarkedNew: boolean;
}

/**
 * Vehicles as the graphics card takes them. Row `i` is row `i` of the columns; those on duty stand apart with a sign of their own.
 * Units: offsets in degrees, angles in degrees against the clock.
 */
export interface VehicleRows {
  readonly positions: Float32Array;
  readonly angles: Float32Array;
  readonly marked: readonly MarkedVehicle[];
  /** Writes only the rows that changed since the last fill. */
  fill(points: MovingPoints): VehicleNews;
}

const turnOf = (heading: number): number => (heading * 360) / 256;

export function createVehicleRows(): VehicleRows {
  let positions = new Float32Array(0);
  let angles = new Float32Array(0);
  let seen = -1;
  let filled = 0;
  let marked: MarkedVehicle[] = [];
  const markedRows = new Set<number>();

  const grow = (rows: number): void => {
    const size = Math.max(FIRST_ROWS, 2 ** Math.ceil(Math.log2(rows)));
    positions = new Float32Array(size * 2).fill(FAR);
    angles = new Float32Array(size);
    seen = -1;
    filled = 0;
    markedRows.clear();
  };
  const park = (row: number): void => {
    positions[row * 2] = FAR;
    positions[row * 2 + 1] = FAR;
  };
  const place = ({ lon, lat }: MovingPoints, row: number): [number, number] => [(lon[row] ?? 0) / POSITION_STEPS - VEHICLE_ORIGIN[0], (lat[row] ?? 0) / POSITION_STEPS - VEHICLE_ORIGIN[1]];
  const markAll = (points: MovingPoints): void => {
    marked = [...markedRows].map((row) => ({ icon: VEHICLE_KINDS[points.kind[row] ?? 0] ?? 'car', position: place(points, row), heading: turnOf(points.heading[row] ?? 0) }));
  };

  return {
    get positions() {
      return positions;
    },
    get angles() {
      return angles;
    },
    get marked() {
      return marked;
    },
    fill(points) {
      const isGrown = points.count > angles.length || angles.length === 0;
      if (isGrown) grow(points.count);
      const news: VehicleNews = { from: points.count, to: 0, isGrown, isMarkedNew: false };
      if (points.version === seen) return news;
      const { count, stamps, lon, lat, heading, kind } = points;
      for (let row = 0; row < count; row++) {
        if (row < filled && stamps[row]! <= seen) continue;
        if (row < news.from) news.from = row;
        news.to = row + 1;
        if (IS_MARKED[kind[row]!]) {
          markedRows.add(row);
          news.isMarkedNew = true;
          park(row);
          continue;
        }
        if (markedRows.size > 0 && markedRows.delete(row)) news.isMarkedNew = true;
        positions[row * 2] = lon[row]! / POSITION_STEPS - VEHICLE_ORIGIN[0];
        positions[row * 2 + 1] = lat[row]! / POSITION_STEPS - VEHICLE_ORIGIN[1];
        angles[row] = -turnOf(heading[row]!);
      }
      for (let row = count; row < filled; row++) {
        park(row);
        news.isMarkedNew = markedRows.delete(row) || news.isMarkedNew;
        news.from = Math.min(news.from, row);
        news.to = row + 1;
      }
      if (news.isMarkedNew) markAll(points);
      filled = count;
      seen = points.version;
      return news;
    },
  };
}
