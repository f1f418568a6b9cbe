import { feedsByTrouble } from '#contract/boards/feeds.ts';
import { chosenSensors, gaugeLevel, type SensorChoice } from '#contract/boards/gauges.ts';
import { FLOWS, flowsOf } from '#contract/boards/streets.ts';
import { decodeFrame } from '#contract/frame.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import { figureOf, type Board, type RowsOf } from './board.ts';

/** A wall lists no more readings than this; the record keeps the same as figures. */
const LISTED = 5;
const LEVELS = { red: 1, amber: 2, normal: 0 };

/** Readings in the order of the wall; each says the time it speaks of, for what is kept is five minutes coarse. Undefined when none was kept. */
export function sensorBoard(settings: SensorChoice, { sensors, number, time }: RowsOf): Board | undefined {
  const shown = chosenSensors(sensors, settings);
  if (shown.length === 0) return undefined;
  const valueOf = ({ value, unitOfMeasure }: SensorState): string => `${number(value)} ${unitOfMeasure}`;
  return {
    rows: shown.map((sensor) => ({ text: `${valueOf(sensor)} · ${sensor.name} · ${time(sensor.at)}`, level: LEVELS[gaugeLevel(sensor)] })),
    figures: shown.slice(0, LISTED).map((sensor) => figureOf(sensor.name, valueOf(sensor), [sensor])),
  };
}

/** Streets by state from the frame that was kept; undefined when none was. */
export function trafficBoard(_settings: object, { frames, number, percent, say }: RowsOf): Board | undefined {
  const kept = frames.find(({ layer }) => layer === 'traffic');
  const speeds = kept && decodeFrame(Buffer.from(kept.bytes, 'base64'))?.placed.kind;
  if (!kept || !speeds || speeds.length === 0) return undefined;
  const flows = flowsOf({ count: speeds.length, kind: speeds });
  const share = percent(flows.moving / flows.total);
  const rows = [`${share} ${say('moving')}`, ...FLOWS.map((flow) => `${say(flow)}: ${number(flows[flow])}`)];
  return { rows: rows.map((text) => ({ text, level: 0 })), figures: [{ label: say('streetsMoving'), value: share, source: kept.provenance, isRehearsed: false, asOf: kept.at }] };
}

const TROUBLE = { down: 1, stale: 2, waiting: 0, live: 0, off: 0 };

/** How the sources stood, those in trouble first; undefined when nobody wrote it down. */
export function feedBoard(_settings: object, { feeds, number, dateTime, say }: RowsOf): Board | undefined {
  if (feeds === null) return undefined;
  const live = feeds.filter(({ state }) => state === 'live').length;
  const rows = feedsByTrouble(feeds).map(({ name, state, lastAt }) => ({ text: [name, say(`feed-${state}`), ...(state !== 'live' && lastAt !== null ? [say('lastHeard', { time: dateTime(lastAt) })] : [])].join(' · '), level: TROUBLE[state] }));
  return { rows: [{ text: say('feedsLive', { live: number(live), all: number(feeds.length) }), level: 0 }, ...rows], figures: [] };
}
