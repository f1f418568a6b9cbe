import type { FeedHealth } from '#contract/entry.ts';
import { faultOf } from '#contract/faults.ts';
import type { FrameLayer } from '#contract/frame.ts';
import type { LoggedTopic } from '#contract/topics.ts';
import type { WallLogLine } from '#contract/past.ts';
import type { QualityRow } from '#contract/quality.ts';
import type { Share } from '#contract/share.ts';
import type { StreetSign } from '#contract/traffic.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import type { FrameLoop } from '../ui/frameLoop.ts';
import { createMovingStore } from './movingStore.ts';
import sample from './sample.json';
import type { MovingReading, Reading, StateOf, WidgetSource } from './source.ts';
import { wholeSecond } from './second.ts';

/** What the made-up world is like. */
export type Condition = 'live' | 'loading' | 'stale' | 'empty' | 'refused';
export const CONDITIONS: readonly Condition[] = ['live', 'loading', 'stale', 'empty', 'refused'];

const SILENT_MS = 4 * 60_000;
const FLASH_HALF_MS = 500;

type Row = [slot: number, lon: number, lat: number, heading: number, speed: number, kind: number];

function movingOf(layer: FrameLayer, rows: readonly Row[], condition: Condition): MovingReading {
  const { at } = sample;
  const store = createMovingStore(layer);
  const column = (index: number): number[] => rows.map((row) => row[index] ?? 0);
  store.take({
    layer,
    isKey: true,
    number: 0,
    at,
    placed: { slot: Uint32Array.from(column(0)), lon: Int32Array.from(column(1)), lat: Int32Array.from(column(2)), heading: Uint8Array.from(column(3)), speed: Uint8Array.from(column(4)), kind: Uint8Array.from(column(5)) },
    moved: { slot: new Uint32Array(0), dLon: new Int16Array(0), dLat: new Int16Array(0), heading: new Uint8Array(0), speed: new Uint8Array(0) },
    removed: new Uint32Array(0),
  });
  return { columns: store, isReady: condition !== 'loading', fault: condition === 'refused' ? faultOf('AUTH_FORBIDDEN') : null, version: 1 };
}

/** A small made-up city that stands still, for the gallery: the same picture every time, in any condition. */
export class StillSource implements WidgetSource {
  now = $state(sample.at);
  isFlashOn = $state(true);
  readonly isOnline: boolean;
  readonly isHeld = false;
  readonly past = null;
  contextLosses = 0;
  readonly heardAt: number | null = sample.at - SILENT_MS;
  readonly loop: FrameLoop;
  readonly #condition: Condition;
  readonly #moving: Record<FrameLayer, MovingReading>;
  readonly #units = new Map(sample.units as [string, string][]);
  readonly #shared: Map<string, unknown>;
  readonly #stop: () => void;
  readonly #startedAt = performance.now();

  constructor(loop: FrameLoop, condition: Condition, shared: Map<string, unknown> = new Map()) {
    this.loop = loop;
    this.#condition = condition;
    this.#shared = shared;
    this.isOnline = condition !== 'stale';
    const isFull = condition === 'live' || condition === 'stale';
    this.#moving = { vehicle: movingOf('vehicle', isFull ? (sample.vehicles as Row[]) : [], condition), traffic: movingOf('traffic', isFull ? (sample.traffic as Row[]) : [], condition) };
    this.#stop = loop.onFrame(() => {
      const isOn = Math.floor(this.serverNow() / FLASH_HALF_MS) % 2 === 0;
      if (isOn !== this.isFlashOn) this.isFlashOn = isOn;
      const second = wholeSecond(this.serverNow());
      if (second !== this.now) this.now = second;
    });
  }

  serverNow(): number {
    return sample.at + performance.now() - this.#startedAt;
  }

  domainNow(): number {
    return this.serverNow();
  }

  topic<N extends LoggedTopic>(name: N): Reading<StateOf<N>> {
    const topics: Record<string, unknown[]> = sample.topics;
    return this.#reading((Object.hasOwn(topics, name) ? topics[name] : []) as StateOf<N>[]);
  }

  sensors(): Reading<SensorState> {
    return this.#reading(sample.sensors as SensorState[]);
  }

  mediaLine(): undefined {
    return undefined;
  }

  shares(): Reading<Share> {
    return this.#reading(sample.shares as Share[]);
  }

  shareLine(): undefined {
    return undefined;
  }

  feeds(): Reading<FeedHealth> {
    return this.#reading(sample.feeds as FeedHealth[]);
  }

  quality(): readonly QualityRow[] {
    return this.#condition === 'live' || this.#condition === 'stale' ? (sample.quality as QualityRow[]) : [];
  }

  wallLog(): Reading<WallLogLine> {
    return this.#reading(sample.wallLog);
  }

  streets(): Reading<StreetSign> {
    return this.#reading(sample.streets as StreetSign[]);
  }

  moving(layer: FrameLayer): MovingReading {
    return this.#moving[layer];
  }

  unitName(code: string | null): string {
    return code === null ? '' : (this.#units.get(code) ?? code);
  }

  shared<T>(name: string, make: () => T): T {
    if (!this.#shared.has(name)) this.#shared.set(name, make());
    return this.#shared.get(name) as T;
  }

  close(): void {
    this.#stop();
  }

  #reading<Item>(items: Item[]): Reading<Item> {
    const isFull = this.#condition === 'live' || this.#condition === 'stale';
    return { items: isFull ? items : [], isReady: this.#condition !== 'loading', fault: this.#condition === 'refused' ? faultOf('AUTH_FORBIDDEN') : null };
  }
}
