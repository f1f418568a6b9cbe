import type { SensorItem } from '#contract/topics/telemetry.ts';
import type { Subscription } from './settings.ts';

/** Why a message of the broker can not be a reading. */
export type MessageFlaw = 'MQTT_FORM' | 'MQTT_VALUE' | 'MQTT_TIME' | 'MQTT_PLACE';

/** Whether a topic is meant by a filter: `+` is one level, `#` the rest. */
export function matches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (levels[index] === undefined || (level !== '+' && level !== levels[index])) return false;
  }
  return wanted.length === levels.length;
}

/**
 * Reads one message; the topic names the sensor.
 * Shape: a number as text, or `{ value, at?, lon?, lat?, name? }` with `at` in epoch ms, epoch seconds or ISO 8601 with a zone.
 * Fails: the code of what can not be read.
 */
export function parseMessage(topic: string, payload: string, { kind, unitOfMeasure }: Subscription, now: number): SensorItem | MessageFlaw {
  const sent = readJson(payload);
  if (sent === undefined) return 'MQTT_FORM';
  const { value, at: time, lon, lat, name } = typeof sent === 'object' ? sent : { value: sent };
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'MQTT_VALUE';
  const at = time === undefined ? now : readTime(time);
  if (at === undefined) return 'MQTT_TIME';
  const hasPlace = lon !== undefined || lat !== undefined;
  if (hasPlace && (typeof lon !== 'number' || typeof lat !== 'number')) return 'MQTT_PLACE';
  return {
    key: `${topic}@${at}`, ref: topic, at, kind, value, unitOfMeasure,
    ...(hasPlace ? { position: [lon as number, lat as number] as [number, number] } : {}),
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
  };
}

interface Sent {
  value?: unknown;
  at?: unknown;
  lon?: unknown;
  lat?: unknown;
  name?: unknown;
}

function readJson(payload: string): number | Sent | undefined {
  try {
    const sent: unknown = JSON.parse(payload);
    return typeof sent === 'number' || (typeof sent === 'object' && sent !== null && !Array.isArray(sent)) ? (sent as number | Sent) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readTime(time: unknown): number | undefined {
  if (typeof time === 'number' && Number.isFinite(time) && time > 0) return Math.round(time < 1e11 ? time * 1000 : time);
  const at = typeof time === 'string' && /(Z|[+-]\d{2}:\d{2})$/.test(time) ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
