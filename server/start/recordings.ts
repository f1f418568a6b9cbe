import type { FootageSource } from '#contract/footage.ts';
import type { FootagePort } from '../domain/ports/footage.ts';
import type { RecordingsPort } from '../domain/ports/past.ts';

const SOONEST = ['sample', 'ring', 'clip', 'recorder'] as const;
/** How much is played at a time: a recorder sends at the speed it was filmed, so that of it little is asked for. Units: ms. */
const PLAYED_MS: Readonly<Record<FootageSource, number>> = { sample: 60_000, ring: 60_000, clip: 60_000, recorder: 10_000 };

/** Film of a camera around a moment, for those who look at the past. */
export function createRecordings(footage: Pick<FootagePort, 'spans'>): RecordingsPort {
  return {
    async find(camera, at) {
      const spans = (await footage.spans(camera, at, at + PLAYED_MS.sample)).filter(({ from, to }) => from <= at && to > at);
      const span = SOONEST.map((source) => spans.find((one) => one.source === source)).find(Boolean);
      if (!span) return null;
      const endsAt = Math.min(span.to, at + PLAYED_MS[span.source]);
      return { url: `/media/${camera}/footage.mp4?from=${at}&to=${endsAt}`, startsAt: at, endsAt };
    },
  };
}
