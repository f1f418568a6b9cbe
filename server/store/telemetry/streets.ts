import type { Provenance } from '#contract/base.ts';
import type { TrafficItem, TrafficState } from '#contract/topics/telemetry.ts';
import { createFrameColumns, type FrameColumns } from './frameLayer.ts';

/** A measured speed older than this says nothing any more. Units: ms. */
export const SPEED_LIFE_MS = 15 * 60_000;
const HIGHEST_PERCENT = 254;

/** A road segment, as far as its speed is concerned. `feature` is its number in the map tiles. Units: km/h. */
export interface Segment {
  id: string;
  feature: number;
  freeFlowKmh: number;
  line: readonly (readonly [number, number])[];
}

interface Speed {
  state: TrafficState;
  heardAt: number;
}

/**
 * Speeds by road segment. In frames the slot is the segment's number in the map tiles,
 * and `kind` is the speed in percent of free flow.
 */
export interface Streets {
  readonly columns: FrameColumns;
  take(item: TrafficItem, provenance: Provenance, now: number): 'accepted' | 'duplicate' | 'late' | 'unknown';
  sweep(now: number): void;
  list(): TrafficState[];
}

export function createStreets(segments: readonly Segment[]): Streets {
  const columns = createFrameColumns('traffic', { movesByOffset: false });
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  const speeds = new Map<string, Speed>();
  return {
    columns,
    take({ segment: id, speedKmh, at }, provenance, now) {
      const segment = byId.get(id);
      if (!segment) return 'unknown';
      const known = speeds.get(id);
      if (known && at === known.state.at) return 'duplicate';
      if (known && at < known.state.at) return 'late';
      const ratio = segment.freeFlowKmh > 0 ? speedKmh / segment.freeFlowKmh : 0;
      speeds.set(id, { state: { segment: id, speedKmh, ratio, at, provenance }, heardAt: now });
      const middle = segment.line[Math.floor(segment.line.length / 2)] ?? [0, 0];
      columns.set(segment.feature, { position: middle, headingDeg: 0, speedKmh, kind: Math.min(HIGHEST_PERCENT, Math.round(ratio * 100)) });
      return 'accepted';
    },
    sweep(now) {
      for (const [id, { heardAt }] of speeds) {
        if (now - heardAt <= SPEED_LIFE_MS) continue;
        speeds.delete(id);
        columns.remove(byId.get(id)!.feature);
      }
    },
    list: () => [...speeds.values()].map(({ state }) => state),
  };
}
