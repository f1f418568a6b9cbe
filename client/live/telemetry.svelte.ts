import { decodeFrame, FRAME_LAYERS, type FrameLayer } from '#contract/frame.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import { createMovingStore } from './movingStore.ts';
import { LatestView, MovingView } from './views.svelte.ts';
import type { Wire } from './wire.ts';

const LAYERS = Object.keys(FRAME_LAYERS) as FrameLayer[];
type TelemetryTopic = FrameLayer | 'sensor';

/** Sensors and moving things of this page: joined at the first look, made whole again after every gap. */
export class Telemetry {
  readonly sensors = new LatestView<SensorState>((sensor) => sensor.ref);
  readonly #moving: Readonly<Record<FrameLayer, MovingView>> = { vehicle: new MovingView(createMovingStore('vehicle')), traffic: new MovingView(createMovingStore('traffic')) };
  readonly #joined = new Set<TelemetryTopic>();
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  moving(layer: FrameLayer): MovingView {
    return this.#moving[layer];
  }

  async join(topic: TelemetryTopic): Promise<void> {
    if (this.#joined.has(topic)) return;
    this.#joined.add(topic);
    if (this.#wire.isUp) await this.#ask(topic);
  }

  takeFrame(bytes: unknown): void {
    const frame = bytes instanceof ArrayBuffer || bytes instanceof Uint8Array ? decodeFrame(bytes) : undefined;
    if (!frame) return;
    const view = this.#moving[frame.layer];
    const wasReady = view.isReady;
    view.columns.take(frame);
    if (!wasReady) view.refresh();
  }

  /** Once a second, for those who count. */
  refresh(): void {
    for (const layer of LAYERS) this.#moving[layer].refresh();
  }

  onUp(): void {
    for (const topic of this.#joined) void this.#ask(topic);
  }

  onDown(): void {
    for (const layer of LAYERS) this.#moving[layer].columns.lose();
  }

  onBeat(): void {
    for (const layer of LAYERS) if (this.#joined.has(layer) && !this.#moving[layer].columns.isWhole) void this.#ask(layer);
  }

  /** What a removed rehearsal made up leaves the page with it. */
  keepRehearsals(rehearsals: readonly string[]): void {
    if (!this.sensors.isReady) return;
    this.sensors.replace(this.sensors.items.filter(({ rehearsal }) => rehearsal === undefined || rehearsals.includes(rehearsal)));
  }

  async #ask(topic: TelemetryTopic): Promise<void> {
    const answer = await this.#wire.send('topic.join', { topic });
    const view = topic === 'sensor' ? this.sensors : this.#moving[topic];
    view.fault = !answer.ok && answer.fault.code.startsWith('AUTH_') ? answer.fault : null;
  }
}
