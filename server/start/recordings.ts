import type { FootagePort } from '../domain/ports/footage.ts';
import type { RecordingsPort } from '../domain/ports/past.ts';

/** How much is played from a moment on. Units: ms. */
const PLAYED_MS = 60_000;
const SOONEST = ['sample', 'ring', 'clip', 'recorder'] as const;

/** Film of a camera around a moment, for those who look at the past. */
export function createRecordings(footage: Pick<FootagePort, 'spans'>): RecordingsPort {
  return {
    async find(camera, at) {
      const spans = (await footage.spans(camera, at, at + PLAYED_MS)).filter(({ from, to }) => from <= at && to > at);
      const span = SOONEST.map((source) => spans.find((one) => one.source === source)).find(Boolean);
      if (!span) return null;
      if (span.source === 'clip') return { url: `/api/v1/camera-clips/${span.clip}/film.mp4`, startsAt: span.from };
      return { url: `/media/${camera}/footage.mp4?from=${at}&to=${Math.min(span.to, at + PLAYED_MS)}`, startsAt: at };
    },
  };
}
