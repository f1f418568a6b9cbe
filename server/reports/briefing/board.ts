import type { MixedProvenance, Provenance } from '#contract/base.ts';
import type { FeedHealth, LogEntry } from '#contract/entry.ts';
import type { PastFrame } from '#contract/replay.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import type { LoggedTopic } from '#contract/topics.ts';
import { sourceOf } from './figures.ts';
import type vi from './text.vi.json';

/** One line a tile listed. `level` is an alert's level, 1 for what is ĐỎ, 0 for anything else. */
export interface TileRow {
  text: string;
  level: number;
}

/** One number a tile showed, with where it came from and how old it was then. */
export interface ShownFigure {
  label: string;
  value: string;
  source: MixedProvenance | 'none';
  isRehearsed: boolean;
  asOf: number | null;
}

/** What a board said at a moment: its lines, and its numbers as the record lists them. */
export interface Board {
  rows: TileRow[];
  figures: ShownFigure[];
}

/** What the rows of a tile are read from: the log, the roll-ups of sensors, the kept frames and the sources of one moment. */
export interface RowsOf {
  entries: readonly LogEntry[];
  sensors: readonly SensorState[];
  frames: readonly PastFrame[];
  /** How the sources stood; null when nobody wrote it down. */
  feeds: readonly FeedHealth[] | null;
  at: number;
  language: 'vi' | 'en';
  unitName: (code: string) => string;
  number: (value: number) => string;
  percent: (share: number) => string;
  time: (at: number) => string;
  dateTime: (at: number) => string;
  say: (key: keyof typeof vi, blanks?: Record<string, string>) => string;
}

/** Bodies of one topic as its state type says. */
export const bodiesOf = <T>(topic: LoggedTopic, entries: readonly LogEntry[]): T[] => entries.filter((entry) => entry.topic === topic).map(({ body }) => body as T);

type Sourced = { provenance?: Provenance | null; rehearsal?: unknown; at?: number | undefined };
/** A number of these things: their sources, and the newest time they speak of. */
export function figureOf(label: string, value: string, things: readonly Sourced[]): ShownFigure {
  const times = things.flatMap(({ at }) => at ?? []);
  return { label, value, ...sourceOf(things), asOf: times.length === 0 ? null : Math.max(...times) };
}
