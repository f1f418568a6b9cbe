import { DateTime } from 'luxon';
import type { HttpWay } from '#contract/connector.ts';

/** What may stand in an address or body. */
export interface Holes {
  since: number;
  until: number;
  page: number;
  size: number;
  cursor: string;
}

const ZONE = 'Asia/Ho_Chi_Minh';
const NAMES = /\{(since|until|page|size|cursor)\}/g;

function writeMoment(at: number, form: 'iso' | 'ms' | 'seconds' | 'date'): string {
  if (form === 'ms') return String(at);
  if (form === 'seconds') return String(Math.floor(at / 1000));
  return form === 'iso' ? new Date(at).toISOString() : DateTime.fromMillis(at, { zone: ZONE }).toFormat('yyyy-MM-dd');
}

/** Fills `{since}`, `{until}`, `{page}`, `{size}`, `{cursor}`; `escape` keeps a value from breaking out of its place. */
export function fillHoles(text: string, holes: Holes, form: NonNullable<HttpWay['since']>['form'], escape: (value: string) => string): string {
  return text.replaceAll(NAMES, (_, name: keyof Holes) => escape(name === 'since' || name === 'until' ? writeMoment(holes[name], form) : String(holes[name])));
}

/** Whether a span of the past can be asked for. */
export const hasRange = ({ url, body = '' }: Pick<HttpWay, 'url' | 'body'>): boolean => ['{since}', '{until}'].every((hole) => `${url}${body}`.includes(hole));

/** Escapes a value for the body it is put into. */
export function escapeFor(format: string): (value: string) => string {
  if (format === 'xml') return (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');
  return (value) => JSON.stringify(value).slice(1, -1);
}
