import type { Outcome } from '#contract/faults.ts';
import type { PastMoment, PastStretch, WallLogLine } from '#contract/past.ts';
import type { Bookmark } from '#contract/replay.ts';
import type { SensorState, TrafficState } from '#contract/topics/telemetry.ts';
import type { LoggedTopic } from '#contract/topics.ts';
import type { Scope } from '../scope.ts';

/** What of the past is asked for. `wall` null = every wall. */
export interface PastQuery {
  topics: readonly LoggedTopic[];
  wall: string | null;
  scope: Scope;
}

/** A vehicle as a keyframe keeps it: its place in the frame, not its name. Units: degrees, km/h. */
export interface PastVehicle {
  slot: number;
  position: [number, number];
  speedKmh: number;
  headingDeg: number;
  kind: number;
  at: number;
}

/** Everything as it was, from the log, its keyframes and the history of telemetry. Units: domain time, epoch ms. */
export interface PastPort {
  /** Fails: STORE_UNAVAILABLE. */
  moment(at: number, query: PastQuery): Promise<Outcome<PastMoment>>;
  /** What came after entry `after` and moment `from`, in order. Fails: STORE_UNAVAILABLE. */
  stretch(span: { after: number; from: number; until: number }, query: PastQuery): Promise<Outcome<PastStretch>>;
  sensors(at: number, scope: Scope): Promise<Outcome<SensorState[]>>;
  vehicles(at: number): Promise<Outcome<PastVehicle[]>>;
  traffic(at: number): Promise<Outcome<TrafficState[]>>;
  /** Lines of walls, newest first. Fails: STORE_UNAVAILABLE. */
  wallLog(query: { wall: string | null; from?: number | undefined; until?: number | undefined; limit: number }): Promise<Outcome<WallLogLine[]>>;
  /** Bookmarks, newest moment first. Fails: STORE_UNAVAILABLE. */
  bookmarks(): Promise<Outcome<Bookmark[]>>;
}

/** Recorded footage of a camera around a moment, where something records it. */
export interface RecordingsPort {
  /** Where film of that moment and on to `endsAt` can be had, or null: nothing was recorded. Units: domain time. */
  find(camera: string, at: number): Promise<{ url: string; startsAt: number; endsAt: number } | null>;
}
