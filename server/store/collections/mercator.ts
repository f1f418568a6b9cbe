const HALF_WORLD_M = 20_037_508.342789244;
const STEEPEST_LAT = 85.06;

/** A place in Web Mercator, so that a condition never transforms a column. Units: metres, EPSG 3857. */
export function toMercator([lon, lat]: readonly [number, number]): [number, number] {
  const held = Math.min(STEEPEST_LAT, Math.max(-STEEPEST_LAT, lat));
  return [(lon / 180) * HALF_WORLD_M, (Math.log(Math.tan(((90 + held) * Math.PI) / 360)) / Math.PI) * HALF_WORLD_M];
}
