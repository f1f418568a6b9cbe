import type { SystemState } from '../system.ts';

const SOON_MS = 7 * 86_400_000;
const LEAST_FREE_SHARE = 0.1;
const LEAST_FREE_BYTES = 5e9;
/** A forecast counts once so little is free: a big disk that fills for an hour is no alarm. */
const FORECAST_SHARE = 0.25;

/** Whether a disk asks for room: less than a tenth and 5 GB free, or less than a quarter that is full within a week at this pace. Units: bytes, epoch ms. */
export const isDiskShort = ({ freeBytes, totalBytes, fullAt }: NonNullable<SystemState['disk']>, now: number): boolean =>
  (freeBytes < LEAST_FREE_SHARE * totalBytes && freeBytes < LEAST_FREE_BYTES) || (fullAt !== null && fullAt - now < SOON_MS && freeBytes < FORECAST_SHARE * totalBytes);
