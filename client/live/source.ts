import type { Static } from 'typebox';
import type { MixedProvenance } from '#contract/base.ts';
import type { FeedHealth } from '#contract/entry.ts';
import type { Fault } from '#contract/faults.ts';
import type { WallLogLine } from '#contract/past.ts';
import type { QualityRow } from '#contract/quality.ts';
import type { FrameLayer } from '#contract/frame.ts';
import type { Share } from '#contract/share.ts';
import type { StreetSign } from '#contract/traffic.ts';
import type { ALL_TOPICS, LoggedTopic } from '#contract/topics.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import type { FrameLoop } from '../ui/frameLoop.ts';
import type { MediaLine } from './mediaLine.ts';
import type { CameraPast } from './past/cameraFilm.ts';
import type { MovingColumns } from './movingStore.ts';
import type { ShareLine } from './share/shareLine.ts';

/** The public state of a thing of a topic. */
export type StateOf<N extends LoggedTopic> = Static<(typeof ALL_TOPICS)[N]['state']>;

/** What is known of a list of things; reactive. */
export interface Reading<Item> {
  readonly items: readonly Item[];
  readonly isReady: boolean;
  readonly fault: Fault | null;
}

/** Things that move: the columns for a map, a version that rises at most once a second for figures. */
export interface MovingReading {
  readonly columns: MovingColumns;
  readonly isReady: boolean;
  readonly fault: Fault | null;
  readonly version: number;
}

/** What a widget must know of the past it shows. */
export interface PastFacts {
  /** The moment shown. Units: domain time. */
  readonly at: number;
  /** Where moving things come from, and how finely they were kept; null when nothing was. */
  readonly moved: { provenance: MixedProvenance; grain: 'keyframe' | 'five-minutes' } | null;
  readonly recordings: { of(camera: string): CameraPast };
}

/** Everything a widget may read; live, from the last picture, or made up for the gallery. */
export interface WidgetSource {
  /** Drawing contexts the browser took away since the page was opened. */
  contextLosses: number;
  /** Domain time; reactive, once a second. */
  readonly now: number;
  /** Phase of the shared flash, by server time. */
  readonly isFlashOn: boolean;
  readonly isOnline: boolean;
  /** True while the wall stands still: nothing new is shown. */
  readonly isHeld: boolean;
  /** Set while the past is shown. */
  readonly past: PastFacts | null;
  /** Domain time of the last sign of the server. */
  readonly heardAt: number | null;
  readonly loop: FrameLoop;
  serverNow(): number;
  domainNow(): number;
  topic<N extends LoggedTopic>(name: N): Reading<StateOf<N>>;
  sensors(): Reading<SensorState>;
  feeds(): Reading<FeedHealth>;
  /** Đúng, đủ, sạch, sống of every source and indicator; empty while nothing is known, and of the past. */
  quality(): readonly QualityRow[];
  /** What was done to a wall, or to all of them, newest first, up to the moment shown. */
  wallLog(wall: string | null): Reading<WallLogLine>;
  /** Incidents, closures, water and plans on the streets at the moment shown. */
  streets(): Reading<StreetSign>;
  moving(layer: FrameLayer): MovingReading;
  /** Name of a unit by its official code; the code itself while unknown. */
  unitName(code: string | null): string;
  /** The way pictures come with little delay; undefined where nothing is live. */
  mediaLine(): MediaLine | undefined;
  /** What people share from their browsers now. */
  shares(): Reading<Share>;
  /** The way shared pictures come; undefined where nothing is live. */
  shareLine(): Pick<ShareLine, 'watch'> | undefined;
  /** A thing the widgets of a page share, made by the first that needs it. */
  shared<T>(name: string, make: () => T): T;
}
