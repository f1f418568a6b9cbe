import type { SensorState, TrafficState, VehicleState } from '#contract/topics/telemetry.ts';
import type { FrameLayer } from '#contract/frame.ts';
import type { ItemResult } from '#contract/entry.ts';
import type { Source } from './door.ts';

export type TelemetryName = 'vehicle' | 'traffic' | 'sensor';

/** Latest values in memory; history is a keyframe per 10 s and 5-minute roll-ups. No sequence numbers: the last `at` wins. */
export interface TelemetryPort {
  /** Takes items that already passed the door's checks; answers in order. */
  take(source: Source, topic: TelemetryName, items: readonly unknown[]): ItemResult[];
  /** Takes what another server took: shown here too, written down there. */
  hear(source: Source, topic: TelemetryName, items: readonly unknown[]): void;
  /** Called with everything newly taken here, so that other servers hear of it. */
  onTaken(listener: (source: Source, topic: TelemetryName, items: readonly unknown[]) => void): void;
  /** Called when a rehearsal that ran here is over. */
  onRehearsalOver(listener: (run: string) => void): void;
  vehicles(): VehicleState[];
  traffic(): TrafficState[];
  sensors(): SensorState[];
  /** Takes away the sensors and vehicles a rehearsal made up. Returns how many went. */
  forgetRehearsal(run: string, isHeard?: boolean): { sensor: number; vehicle: number };
  /** Full frame for one who joins; the next delta follows its number. */
  keyFrame(layer: FrameLayer): Uint8Array;
  /** Called at most every 100 ms per layer with the encoded delta, only while someone follows. */
  followFrames(listener: (layer: FrameLayer, bytes: Uint8Array, isKey: boolean) => void): () => void;
  /** Called with the sensors that changed, at most once a second. */
  followSensors(listener: (changed: SensorState[]) => void): () => void;
}
