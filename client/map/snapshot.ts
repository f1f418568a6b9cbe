import type { Level, Position } from '#contract/base.ts';
import type { Area } from '#contract/topics/alert.ts';

/** Columns of moving things as the live floor keeps them. Units: 1e-5 degree, 256ths of a turn, km/h. */
export interface MovingPoints {
  readonly count: number;
  readonly slots: Uint32Array;
  readonly lon: Int32Array;
  readonly lat: Int32Array;
  readonly heading: Uint8Array;
  readonly speed: Uint8Array;
  readonly kind: Uint8Array;
  /** The `version` at which each row changed last. */
  readonly stamps: Uint32Array;
  readonly version: number;
}

export interface AlertMark {
  id: string;
  level: Level;
  position: Position;
  area: Area | null;
  isAcknowledged: boolean;
}

export interface FeedbackMark {
  id: string;
  position: Position;
  isOverdue: boolean;
}

export interface CameraMark {
  id: string;
  name: string;
  position: Position;
  azimuth: number;
  fieldOfView: number;
  rangeM: number;
}

export interface SensorMark {
  id: string;
  position: Position;
  label: string;
  level: 'red' | 'amber' | 'normal';
}

/** What keeps a street from its use, on the stretch it lies on. */
export interface StreetMark {
  id: string;
  kind: 'incident' | 'closure' | 'flooded' | 'planned';
  position: Position;
  line: readonly Position[] | null;
  /** The kind in one word, and the whole of it. */
  word: string;
  label: string;
  /** It has begun; what is still to come is drawn thinner. */
  isNow: boolean;
}

/** All that a map may show at one moment. A part that did not change keeps its identity, so that its layer is left alone. */
export interface MapSnapshot {
  alerts: readonly AlertMark[];
  feedback: readonly FeedbackMark[];
  cameras: readonly CameraMark[];
  sensors: readonly SensorMark[];
  streets: readonly StreetMark[];
  vehicles: MovingPoints | null;
  /** `slots` are the feature ids of road segments in the tiles; `kind` is speed in percent of free flow. */
  traffic: MovingPoints | null;
  /** Codes of the units that are ĐỎ. */
  redUnits: readonly string[];
  highlight: Position | null;
}

export const EMPTY_SNAPSHOT: MapSnapshot = { alerts: [], feedback: [], cameras: [], sensors: [], streets: [], vehicles: null, traffic: null, redUnits: [], highlight: null };

/** What every layer needs to know of the drawing itself. */
export interface Drawing {
  /** Zoom in wall pixels. */
  zoom: number;
  /** Size of one legible glyph. Units: wall pixels. */
  glyphPx: number;
  isFlashOn: boolean;
  isPickable: boolean;
}
