import type { Area } from '#contract/topics/alert.ts';
import type { Random } from '../../kernel/random.ts';
import { destination } from '../../../geo/distance.ts';
import type { Position } from '../../../geo/position.ts';

const CORNERS = 14;

/** An uneven patch around a place. Units: metres. */
export function patchAround(centre: Position, radiusM: number, random: Random): Area {
  const lean = random.next() * 360;
  const corners = Array.from({ length: CORNERS }, (_, i): Position => {
    const bearing = (360 / CORNERS) * i;
    const stretch = 1 + 0.35 * Math.cos(((bearing - lean) * Math.PI) / 90);
    const [lon, lat] = destination(centre, bearing, radiusM * stretch * (0.85 + 0.3 * random.next()));
    return [Number(lon.toFixed(6)), Number(lat.toFixed(6))];
  });
  return { type: 'Polygon', coordinates: [[...corners, corners[0]!]] };
}
