import { toWorldPx } from '../../geo/mercator.ts';
import type { SensorMark } from './snapshot.ts';

const RANK: Record<SensorMark['level'], number> = { red: 0, amber: 1, normal: 2 };
/** Size of a chip by its letters, in shares of a glyph. */
const CHIP = { letter: 0.36, padding: 0.5, height: 0.95 };

/** Chips that do not cover each other: the gravest keep theirs, what would lie under one becomes a dot until it is looked at closer. Units: `glyphPx` wall pixels. */
export function clearChips(sensors: readonly SensorMark[], zoom: number, glyphPx: number): { chips: SensorMark[]; dots: SensorMark[] } {
  const taken: { x: number; y: number; halfWidth: number }[] = [];
  const chips: SensorMark[] = [];
  const dots: SensorMark[] = [];
  for (const sensor of [...sensors].sort((a, b) => RANK[a.level] - RANK[b.level])) {
    const [x, y] = toWorldPx(sensor.position, zoom);
    const halfWidth = ((sensor.label.length + (sensor.level === 'normal' ? 0 : 2)) * CHIP.letter + CHIP.padding) * glyphPx * 0.5;
    const isFree = taken.every((other) => Math.abs(other.x - x) >= other.halfWidth + halfWidth || Math.abs(other.y - y) >= CHIP.height * glyphPx);
    if (isFree) taken.push({ x, y, halfWidth });
    (isFree ? chips : dots).push(sensor);
  }
  return { chips, dots };
}
