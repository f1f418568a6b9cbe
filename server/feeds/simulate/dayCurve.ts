import curve from './dayCurve.json' with { type: 'json' };

const HOUR_MS = 3_600_000;
const VIETNAM_MS = 7 * HOUR_MS;
/** The epoch began on a Thursday; the curve begins on a Monday. */
const TO_MONDAY_MS = 3 * 24 * HOUR_MS;
const WEEK_H = 7 * 24;
const SLOWEST_SHARE = 0.52;
const FASTEST_SHARE = 1.04;

const byHour = Array.from({ length: WEEK_H }, (_, hour) => (hour < 5 * 24 ? curve.weekday : curve.weekend)[hour % 24]!);
const paceOf = (congestion: number): number => FASTEST_SHARE - (FASTEST_SHARE - SLOWEST_SHARE) * congestion;
const drivenBefore = byHour.reduce<number[]>((sums, congestion, hour) => [...sums, sums[hour]! + (paceOf(congestion) + paceOf(byHour[(hour + 1) % WEEK_H]!)) / 2], [0]);

const hoursOf = (at: number): number => (at + VIETNAM_MS + TO_MONDAY_MS) / HOUR_MS;

/** Hour of the day in Việt Nam, with its fraction. */
export const hourOfDay = (at: number): number => ((at + VIETNAM_MS) / HOUR_MS) % 24;

/** How congested the whole city is. Shape: 0 (empty) to 1 (worst rush hour). */
export function congestionAt(at: number): number {
  const hours = hoursOf(at);
  const hour = Math.floor(hours);
  const [from, to] = [byHour[hour % WEEK_H]!, byHour[(hour + 1) % WEEK_H]!];
  return from + (to - from) * (hours - hour);
}

/** Pace of traffic as a share of the pace of an empty city. */
export const paceAt = (at: number): number => paceOf(congestionAt(at));

/** Free-city seconds driven since the epoch: the integral of `paceAt`, so that a place on a tour is a function of time alone. */
export function drivenS(at: number): number {
  const hours = hoursOf(at);
  const weeks = Math.floor(hours / WEEK_H);
  const inWeek = hours - weeks * WEEK_H;
  const hour = Math.floor(inWeek);
  const share = inWeek - hour;
  const [from, to] = [paceOf(byHour[hour]!), paceOf(byHour[(hour + 1) % WEEK_H]!)];
  const driven = weeks * drivenBefore[WEEK_H]! + drivenBefore[hour]! + from * share + ((to - from) * share * share) / 2;
  return driven * 3600;
}
