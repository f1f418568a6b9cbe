import type { Random } from '../../kernel/random.ts';
import { smoothNoise } from './smoothNoise.ts';

const HOUR_MS = 3_600_000;
const DRY_SHARE = 0.58;
const HEAVIEST_MM_H = 85;

/** Rain over the sample city. Units: epoch ms, mm/h. */
export interface Weather {
  rainAt(at: number): number;
  /** Mean rain of the last three hours, which is what fills the drains. */
  soakedAt(at: number): number;
}

/** Weather as a function of the moment: some showers a day. */
export function createWeather(random: Random): Weather {
  const noise = smoothNoise(random);
  const rainAt = (at: number): number => {
    const shower = 0.7 * noise('shower', at / (2.5 * HOUR_MS)) + 0.3 * noise('squall', at / (0.4 * HOUR_MS));
    return Math.max(0, (shower - DRY_SHARE) / (1 - DRY_SHARE)) ** 1.4 * HEAVIEST_MM_H;
  };
  return {
    rainAt,
    soakedAt: (at) => [0, 0.5, 1, 1.5, 2, 2.5, 3].reduce((sum, hours) => sum + rainAt(at - hours * HOUR_MS), 0) / 7,
  };
}
