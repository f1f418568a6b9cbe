import { Deck, MapView } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import { decodeFrame } from '#contract/frame.ts';
import { createMovingStore } from '../../../client/live/movingStore.ts';
import { createIconAtlas } from '../../../client/map/iconAtlas.ts';
import { createLayerSet } from '../../../client/map/layerSet.ts';
import { EMPTY_SNAPSHOT } from '../../../client/map/snapshot.ts';
import { createFrameColumns } from '../../../server/store/telemetry/frameLayer.ts';

/** What the bench calls in the page; each runs so many ticks, one per animation frame. */
export interface MapBench {
  /** Puts the layers of a way in place and makes what the wire will bring. */
  prepare(way: 'columns' | 'objects' | 'redraw', ticks: number): Promise<void>;
  columns(ticks: number): Promise<void>;
  objects(ticks: number): Promise<void>;
  /** Frames without news, each drawn anew. */
  redraw(ticks: number): Promise<void>;
}

interface Point {
  slot: number;
  position: [number, number];
}

const ON_DUTY_EVERY = 500;
const SETTLE_FRAMES = 5;
const size = Number(new URLSearchParams(location.search).get('points'));
const moves = Number(new URLSearchParams(location.search).get('moves'));
const deck = new Deck({ canvas: 'map', width: 320, height: 180, views: new MapView(), initialViewState: { longitude: 108.21, latitude: 16.06, zoom: 11 }, controller: false, layers: [] });
const atlas = await createIconAtlas();
const place = (slot: number, tick: number): [number, number] => [108.1 + (slot % 400) / 2000 + tick * 1e-5, 15.95 + Math.floor(slot / 400) / 1200];
const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
const feed = createFrameColumns('vehicle', { movesByOffset: true });
const set = (slot: number, tick: number) => feed.set(slot, { position: place(slot, tick), headingDeg: tick % 360, speedKmh: 20, kind: slot % ON_DUTY_EVERY === 0 ? 4 : 1 });
for (let slot = 0; slot < size; slot++) set(slot, 0);
const store = createMovingStore('vehicle', size);
store.take(decodeFrame(feed.keyFrame(0))!);
let layers = createLayerSet(atlas);
const drawing = { zoom: 11, glyphPx: 20, isFlashOn: true, isPickable: false };
let shown: readonly unknown[] = [];
const points = new Map<number, Point>(Array.from({ length: size }, (_, slot) => [slot, { slot, position: place(slot, 0) }]));
let tick = 0;
/** Spread over everything, as vehicles of a city are. */
const moved = () => Array.from({ length: moves }, (_, n) => (tick + n * Math.floor(size / moves)) % size);

function drawColumns(): void {
  const built = layers.layersOf({ ...EMPTY_SNAPSHOT, vehicles: store }, drawing);
  if (built.length === shown.length && built.every((layer, i) => layer === shown[i])) return;
  shown = built;
  deck.setProps({ layers: built });
}
const drawObjects = () => deck.setProps({ layers: [new ScatterplotLayer<Point>({ id: 'objects', data: [...points.values()], getPosition: (point) => point.position, getRadius: 2, radiusUnits: 'pixels', getFillColor: [170, 180, 190, 170] })] });

/** Everything the wire brings is made before the measured ticks. */
async function run(ticks: number, messages: readonly unknown[], take: (message: never) => void): Promise<void> {
  for (let n = 0; n < ticks; n++) {
    take(messages[n] as never);
    await frame();
  }
}

const prepared = { frames: [] as Uint8Array[], texts: [] as string[] };
const bench: MapBench = {
  async prepare(way, ticks) {
    layers = createLayerSet(atlas);
    shown = [];
    if (way === 'objects') drawObjects();
    else drawColumns();
    for (let n = 0; n < SETTLE_FRAMES; n++) await frame();
    prepared.frames = [];
    prepared.texts = [];
    for (let n = 0; n < ticks; n++) {
      tick++;
      const slots = moved();
      slots.forEach((slot) => set(slot, tick));
      prepared.frames.push(feed.delta(tick)!.slice());
      prepared.texts.push(JSON.stringify(slots.map((slot) => ({ slot, position: place(slot, tick) }))));
    }
  },
  columns: (ticks) =>
    run(ticks, prepared.frames, (bytes: Uint8Array) => {
      store.take(decodeFrame(bytes)!);
      drawColumns();
    }),
  objects: (ticks) =>
    run(ticks, prepared.texts, (text: string) => {
      for (const point of JSON.parse(text) as Point[]) points.set(point.slot, point);
      drawObjects();
    }),
  redraw: (ticks) => run(ticks, [], () => deck.redraw('bench')),
};
Object.assign(window, { bench });
