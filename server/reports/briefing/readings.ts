import { decodeFrame } from '#contract/frame.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import { figureOf, type Board, type RowsOf } from './board.ts';

type Settings = { kinds?: string[]; refs?: string[] };
/** A wall lists no more readings than this; the record keeps the same as figures. */
const LISTED = 5;

/** 1 past the grave bound, 2 past the unusual one, 0 else. */
function levelOf({ value, bounds }: SensorState): number {
  if (!bounds) return 0;
  const reaches = (bound: number): boolean => (bounds.worse === 'above' ? value >= bound : value <= bound);
  return reaches(bounds.red) ? 1 : reaches(bounds.amber) ? 2 : 0;
}

const byValue = (a: SensorState, b: SensorState): number => (a.bounds?.worse === 'below' ? a.value - b.value : b.value - a.value);

/** Readings in the order of the wall; each says the time it speaks of, for what is kept is five minutes coarse. Undefined when none was kept. */
export function sensorBoard({ kinds, refs }: Settings, { sensors, number, time }: RowsOf): Board | undefined {
  const rank = (sensor: SensorState): number => levelOf(sensor) || 9;
  const shown = refs
    ? refs.flatMap((ref) => sensors.find((sensor) => sensor.ref === ref) ?? [])
    : sensors.filter(({ kind }) => !kinds || kinds.includes(kind)).sort((a, b) => rank(a) - rank(b) || a.kind.localeCompare(b.kind) || byValue(a, b) || a.name.localeCompare(b.name, 'vi'));
  if (shown.length === 0) return undefined;
  const valueOf = ({ value, unitOfMeasure }: SensorState): string => `${number(value)} ${unitOfMeasure}`;
  return {
    rows: shown.map((sensor) => ({ text: `${valueOf(sensor)} · ${sensor.name} · ${time(sensor.at)}`, level: levelOf(sensor) })),
    figures: shown.slice(0, LISTED).map((sensor) => figureOf(sensor.name, valueOf(sensor), [sensor])),
  };
}

/** Percent of free flow below which a street is in a state, the worst first; the rest are free. */
const FLOWS = [['jammed', 25], ['heavy', 45], ['slow', 70], ['free', Infinity]] as const;

/** Streets by state from the frame that was kept; undefined when none was. */
export function trafficBoard(_settings: Settings, { frames, number, percent, say }: RowsOf): Board | undefined {
  const kept = frames.find(({ layer }) => layer === 'traffic');
  const speeds = kept && decodeFrame(Buffer.from(kept.bytes, 'base64'))?.placed.kind;
  if (!kept || !speeds || speeds.length === 0) return undefined;
  const flows = Map.groupBy(speeds, (speed) => FLOWS.find(([, below]) => speed < below)![0]);
  const countOf = (flow: (typeof FLOWS)[number][0]): number => flows.get(flow)?.length ?? 0;
  const share = percent((countOf('free') + countOf('slow')) / speeds.length);
  const rows = [`${share} ${say('moving')}`, ...FLOWS.toReversed().map(([flow]) => `${say(flow)}: ${number(countOf(flow))}`)];
  return { rows: rows.map((text) => ({ text, level: 0 })), figures: [{ label: say('streetsMoving'), value: share, source: kept.provenance, isRehearsed: false, asOf: kept.at }] };
}
