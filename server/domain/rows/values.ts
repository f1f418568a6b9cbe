import { DateTime } from 'luxon';
import words from './text.vi.json' with { type: 'json' };

/** A value, or why there is none. */
export type Read = { value: unknown } | { code: string; reason: string };

const EPOCH_MS = /^\d{12,13}$/;

const say = (template: string, text: unknown, more = '') => template.replace('{text}', String(text).slice(0, 60)).replace('{form}', more);

/** A number as Việt Nam (`comma`: 1.234,5) or English (`point`: 1,234.5) writes it. Fails: ROW_NUMBER. */
export function readNumber(text: unknown, style: 'point' | 'comma' = 'point'): Read {
  if (typeof text === 'number' && Number.isFinite(text)) return { value: text };
  const written = String(text).trim().replaceAll(/[\s\u00a0]/g, '');
  const plain = style === 'comma' ? written.replaceAll('.', '').replace(',', '.') : written.replaceAll(/,(?=\d{3})/g, '');
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? { value } : { code: 'ROW_NUMBER', reason: say(words.number, text) };
}

/** A moment as epoch ms. A bare number of its length is one already; an ISO time without a zone needs `zone`: guessing would shift it by hours. Fails: ROW_TIME, ROW_ZONE. */
export function readTime(text: unknown, form = 'iso', zone?: string): Read {
  if (form === 'ms' || form === 'seconds') {
    const number = readNumber(text);
    return 'value' in number ? { value: Math.round(Number(number.value) * (form === 'ms' ? 1 : 1000)) } : number;
  }
  const written = String(text).trim();
  if (form === 'iso' && EPOCH_MS.test(written)) return { value: Number(written) };
  if (!zone && form === 'iso' && !/(Z|[+-]\d{2}:?\d{2})$/i.test(written)) return { code: 'ROW_ZONE', reason: say(words.zone, written) };
  const options = { zone: zone ?? 'Asia/Ho_Chi_Minh', locale: 'vi' };
  const moment = form === 'iso' ? DateTime.fromISO(written, options) : DateTime.fromFormat(written, form, options);
  return moment.isValid ? { value: moment.toMillis() } : { code: 'ROW_TIME', reason: say(words.time, written, form) };
}

/** True or false, as people write it. Fails: ROW_BOOLEAN. */
export function readBoolean(text: unknown): Read {
  if (typeof text === 'boolean') return { value: text };
  const written = String(text).trim().toLocaleLowerCase('vi');
  if (['1', 'true', 'yes', 'có', 'đúng', 'x'].includes(written)) return { value: true };
  if (['0', 'false', 'no', 'không', 'sai'].includes(written)) return { value: false };
  return { code: 'ROW_BOOLEAN', reason: say(words.boolean, text) };
}

/** A GeoJSON point as a position, or a polygon as an area. Fails: ROW_GEOMETRY. */
export function readGeometry(geometry: unknown, wanted: 'position' | 'area'): Read {
  const { type, coordinates } = (typeof geometry === 'object' && geometry !== null ? geometry : {}) as { type?: string; coordinates?: unknown };
  if (wanted === 'position' && type === 'Point' && Array.isArray(coordinates)) return { value: coordinates.slice(0, 2) };
  if (wanted === 'area' && (type === 'Polygon' || type === 'MultiPolygon')) return { value: { type, coordinates } };
  return { code: 'ROW_GEOMETRY', reason: words.geometry.replace('{wanted}', wanted === 'position' ? 'Point' : 'Polygon') };
}
