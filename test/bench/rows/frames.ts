import { decodeFrame } from '#contract/frame.ts';
import { createMovingStore } from '../../../client/live/movingStore.ts';
import { createFrameColumns } from '../../../server/store/telemetry/frameLayer.ts';
import { resultOf, type Row } from '../row.ts';

const VEHICLES = 2000;
const MOVED = 600;
const TICKS = 50;

interface Moving {
  slot: number;
  ref: string;
  kind: string;
  position: [number, number];
  speedKmh: number;
  headingDeg: number;
  at: number;
  provenance: string;
}

const fleetOf = (count: number): Moving[] =>
  Array.from({ length: count }, (_, slot) => ({ slot, ref: `xe-${slot}`, kind: 'car', position: [108 + (slot % 500) / 2000, 16 + Math.floor(slot / 500) / 2000], speedKmh: 20 + (slot % 40), headingDeg: (slot * 7) % 360, at: 1_790_000_000_000, provenance: 'simulated' }));

function drive(fleet: Moving[], tick: number): Moving[] {
  const moved = Array.from({ length: MOVED }, (_, n) => fleet[(tick * 131 + n * 3) % fleet.length]!);
  for (const vehicle of moved) {
    vehicle.position = [vehicle.position[0] + 0.0002, vehicle.position[1] - 0.0001];
    vehicle.headingDeg = (vehicle.headingDeg + 3) % 360;
  }
  return [...new Set(moved)];
}

const timed = (work: () => void): number => {
  const startedAt = performance.now();
  work();
  return (performance.now() - startedAt) * 1000;
};

/** Bytes and reading time of one tick of moving vehicles, as frames and as JSON objects. */
export const row: Row = {
  name: 'frames',
  measure() {
    const fleet = fleetOf(VEHICLES);
    const columns = createFrameColumns('vehicle', { movesByOffset: true });
    const tell = (vehicles: readonly Moving[]) => vehicles.forEach(({ slot, position, headingDeg, speedKmh }) => columns.set(slot, { position, headingDeg, speedKmh, kind: 1 }));
    tell(fleet);
    const store = createMovingStore('vehicle');
    store.take(decodeFrame(columns.keyFrame(0))!);
    const objects = new Map(fleet.map((vehicle) => [vehicle.slot, vehicle]));
    const perPoint: number[] = [];
    const share: number[] = [];
    const frameUs: number[] = [];
    const jsonUs: number[] = [];
    for (let tick = 1; tick <= TICKS; tick++) {
      const moved = drive(fleet, tick);
      tell(moved);
      const bytes = columns.delta(tick)!;
      const json = JSON.stringify(moved);
      perPoint.push(bytes.length / moved.length);
      share.push(bytes.length / Buffer.byteLength(json));
      frameUs.push(timed(() => store.take(decodeFrame(bytes)!)));
      jsonUs.push(timed(() => (JSON.parse(json) as Moving[]).forEach((vehicle) => objects.set(vehicle.slot, vehicle))));
    }
    if (store.count !== VEHICLES) throw new Error('the frames were not applied');
    const json = resultOf('json', 'µs', jsonUs, { against: '', aim: '' });
    return Promise.resolve([
      resultOf('frames.bytes-per-point', 'B', perPoint, { against: 'limit', peer: 20, aim: '≤ 20 B' }),
      resultOf('fanout.vehicles.bytes', 'of JSON', share, { against: 'the same moves as JSON objects', peer: 1, aim: '≤ 0.05' }),
      resultOf('fanout.vehicles.decode', 'µs', frameUs, { against: 'JSON of the same moves', peer: json.value, aim: '≤ 0.02 × JSON' }),
    ]);
  },
};
