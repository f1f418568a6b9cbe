import { createFormats } from '../../ui/i18n/formats.ts';
import { toField } from '../../ui/localTime.ts';

const MINUTE_MS = 60_000;

/** A stretch of the past that is to be rehearsed. Units: epoch ms. */
export interface Stretch {
  fromAt: number;
  toAt: number;
}

/** So long from a moment on, never beyond now and never shorter than a minute. */
export const stretchFrom = (fromAt: number, longMs: number, now: number): Stretch => ({ fromAt: Math.round(fromAt), toAt: Math.round(Math.max(fromAt + MINUTE_MS, Math.min(fromAt + longMs, now))) });

/** How its scenario is called: by its hour and day, so that two stretches never stand in each other's place. */
export function namesOf({ fromAt, toAt }: Stretch): { id: string; name: { vi: string; en: string } } {
  const [vi, en] = [createFormats('vi'), createFormats('en')];
  return {
    id: `lam-lai-${toField(fromAt).replace(/\D/g, '').replace(/^(\d{8})/, '$1-')}`,
    name: { vi: `Làm lại ${vi.time(fromAt)}–${vi.time(toAt)} ngày ${vi.date(fromAt)}`, en: `Again: ${en.time(fromAt)}–${en.time(toAt)} on ${en.date(fromAt)}` },
  };
}

/** The wall and the moment a page was led here with; null when it was not. */
export function askedFor(query: string): { wall: string; from: number } | null {
  const asked = new URLSearchParams(query);
  const [wall, from] = [asked.get('wall'), Number(asked.get('from'))];
  return wall !== null && Number.isSafeInteger(from) && from > 0 ? { wall, from } : null;
}
