import { decodeFrame, POSITION_STEPS } from '#contract/frame.ts';
import { createMovingStore } from '../../../client/live/movingStore.ts';
import { createVehicleBuffers, fillVehicles } from '../../../client/map/layers/vehicles.ts';
import { createFrameColumns } from '../../../server/store/telemetry/frameLayer.ts';
import { median, isUnstable, resultOf, type Result, type Row } from '../row.ts';

const MOVES = 5000;
const TICKS = 40;
const SIZES = [10_000, 100_000];

interface Point {
  slot: number;
  position: [number, number];
  heading: number;
}

const cpuMs = (work: () => void): number => {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};

/** What the page computes for one tick: frame in, buffers for the graphics card out. */
function columnsOf(size: number): (tick: number) => number {
  const told = createFrameColumns('vehicle', { movesByOffset: true });
  const place = (slot: number, tick: number) => told.set(slot, { position: [108 + (slot % 1000) / 4000 + tick * 1e-5, 16 + Math.floor(slot / 1000) / 4000], headingDeg: (slot + tick) % 360, speedKmh: 20, kind: 1 });
  for (let slot = 0; slot < size; slot++) place(slot, 0);
  const store = createMovingStore('vehicle', size);
  store.take(decodeFrame(told.keyFrame(0))!);
  const buffers = createVehicleBuffers();
  fillVehicles(buffers, store);
  return (tick) => {
    for (let n = 0; n < MOVES; n++) place((tick * MOVES + n) % size, tick);
    const bytes = told.delta(tick)!;
    return cpuMs(() => {
      store.take(decodeFrame(bytes)!);
      fillVehicles(buffers, store);
    });
  };
}

/** The usual way: JSON in, an array of objects whose accessors fill the same buffers. */
function objectsOf(size: number): (tick: number) => number {
  const points = new Map<number, Point>();
  for (let slot = 0; slot < size; slot++) points.set(slot, { slot, position: [108 + (slot % 1000) / 4000, 16], heading: 0 });
  const positions = new Float64Array(size * 3);
  const angles = new Float32Array(size);
  const getPosition = (point: Point) => point.position;
  const getAngle = (point: Point) => -point.heading;
  return (tick) => {
    const json = JSON.stringify(Array.from({ length: MOVES }, (_, n) => ({ slot: (tick * MOVES + n) % size, position: [108 + tick / POSITION_STEPS, 16], heading: tick % 360 })));
    return cpuMs(() => {
      for (const point of JSON.parse(json) as Point[]) points.set(point.slot, point);
      const rows = [...points.values()];
      for (let row = 0; row < rows.length; row++) {
        const [lon, lat] = getPosition(rows[row]!);
        positions[row * 3] = lon;
        positions[row * 3 + 1] = lat;
        angles[row] = getAngle(rows[row]!);
      }
    });
  };
}

/** Thread CPU of one tick of live points in the page's own code, 5,000 of them moved; the drawing is not in it. */
export const row: Row = {
  name: 'map.tick',
  measure() {
    const results: Result[] = [];
    for (const size of SIZES) {
      const own = columnsOf(size);
      const usual = objectsOf(size);
      const slices: [number[], number[], number[], number[]] = [[], [], [], []];
      let tick = 1;
      for (let round = 0; round < TICKS; round++, tick++) {
        slices[0].push(own(tick));
        slices[1].push(usual(tick));
        slices[2].push(usual(tick));
        slices[3].push(own(++tick));
      }
      const mine = [...slices[0], ...slices[3]].slice(8);
      results.push(resultOf(`map.tick.${size}`, 'ms', mine, { against: 'object arrays', peer: median([...slices[1], ...slices[2]]), aim: size === 100_000 ? '≤ 5 ms; ≤ 0.15 ×' : 'reported', isUnstable: isUnstable(median(slices[0]), median(slices[3])) }));
    }
    return Promise.resolve(results);
  },
};
