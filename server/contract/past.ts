import Type, { type Static } from 'typebox';
import { Closed, EpochMs } from '#contract/base.ts';
import { FeedHealth, LogEntry } from '#contract/entry.ts';
import { PastFrame } from '#contract/replay.ts';
import { SensorState } from '#contract/topics/telemetry.ts';
import { Name, WallState } from '#contract/wall.ts';

/** One line of a wall's own log. Units: `at` domain time, `applyAt` real time. `hash` names the picture, `chain` the line and all before it. */
export const WallLogLine = Closed({
  wall: Name,
  rev: Type.Integer({ minimum: 1 }),
  at: EpochMs,
  applyAt: EpochMs,
  act: Type.String(),
  by: Type.String(),
  why: Type.String(),
  scene: Type.String(),
  hash: Type.String(),
  chain: Type.Union([Type.String(), Type.Null()]),
});
export type WallLogLine = Static<typeof WallLogLine>;

/** What a wall showed from a moment on: the line of its log with the whole state. */
export const PastWall = Closed({ ...WallLogLine.properties, state: WallState });
export type PastWall = WallLogLine & { state: WallState };

/** How all sources stood from a moment on. Units: domain time. */
export const PastFeeds = Closed({ at: EpochMs, feeds: Type.Array(FeedHealth) });
export type PastFeeds = Static<typeof PastFeeds>;

/** Everything as it was at a moment. `from` is the earliest moment that can be shown, `seq` the last entry in the picture, `feeds` null when nobody had written down how the sources stood. Units: domain time. */
export const PastMoment = Closed({
  at: EpochMs,
  from: EpochMs,
  now: EpochMs,
  epoch: Type.String(),
  seq: Type.Integer({ minimum: 0 }),
  entries: Type.Array(LogEntry),
  sensors: Type.Array(SensorState),
  feeds: Type.Union([Type.Array(FeedHealth), Type.Null()]),
  frames: Type.Array(PastFrame),
  walls: Type.Array(PastWall),
});
export interface PastMoment extends Omit<Static<typeof PastMoment>, 'entries' | 'walls'> {
  entries: LogEntry[];
  walls: PastWall[];
}

/** What happened after a moment, up to `until` and not further. */
export const PastStretch = Closed({
  until: EpochMs,
  seq: Type.Integer({ minimum: 0 }),
  entries: Type.Array(LogEntry),
  sensors: Type.Array(SensorState),
  feeds: Type.Array(PastFeeds),
  frames: Type.Array(PastFrame),
  walls: Type.Array(PastWall),
});
export interface PastStretch extends Omit<Static<typeof PastStretch>, 'entries' | 'walls'> {
  entries: LogEntry[];
  walls: PastWall[];
}
