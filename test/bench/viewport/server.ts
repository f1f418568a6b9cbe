import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { Adapter } from 'socket.io-adapter';
import { trainAdapter, type TrainCounts } from '../../../server/live/train/trainAdapter.ts';
import { createFrameColumns, type FrameColumns } from '../../../server/store/telemetry/frameLayer.ts';

/** How vehicles reach screens that look at a part of the city: `all` as the product does, or a frame cut out for each. */
export type Way = 'all' | 'each';

/** Units: processor ms of the whole process. */
export interface Played {
  cpuMs: number;
  encodes: number;
}

const VEHICLES = 20_000;
const MOVED = 6000;
const TICK_MS = 200;
const SETTLE_MS = 300;
/** Each screen looks at a thirtieth of the city. */
const WINDOW = { width: 0.08, height: 0.06 };
const WEST = 108;
const SOUTH = 15.9;
const WIDTH = 0.4;
const HEIGHT = 0.36;
const ROOM = 'frame vehicle';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const counts: TrainCounts = { encodes: 0, departures: 0, writes: 0 };
const http = createServer();
const io = new Server(http, { path: '/live', transports: ['websocket'], serveClient: false, perMessageDeflate: false, httpCompression: false, pingInterval: 600_000, pingTimeout: 600_000 });
io.adapter(trainAdapter(io.adapter() as unknown as typeof Adapter, counts) as never);
io.on('connection', (socket) => void socket.join(ROOM));

const fleet = Array.from({ length: VEHICLES }, (_, slot): [number, number] => [WEST + ((slot * 7919) % 4000) / 10_000, SOUTH + ((slot * 104_729) % 3600) / 10_000]);
const whole = createFrameColumns('vehicle', { movesByOffset: true });
const own = new Map<string, FrameColumns>();
let tick = 0;

function drive(): number[] {
  tick++;
  const slots = Array.from({ length: MOVED }, (_, n) => (tick * 131 + n * 3) % VEHICLES);
  for (const slot of slots) fleet[slot]![0] += 0.0001;
  return slots;
}

const tell = (columns: FrameColumns, slot: number) => columns.set(slot, { position: fleet[slot]!, headingDeg: tick % 360, speedKmh: 30, kind: 1 });

function sendAll(slots: readonly number[]): void {
  for (const slot of slots) tell(whole, slot);
  io.to(ROOM).emit('frame', whole.delta(tick)!);
}

function sendEach(slots: readonly number[]): void {
  let at = 0;
  for (const socket of io.of('/').sockets.values()) {
    const west = WEST + ((at * 37) % 100) * ((WIDTH - WINDOW.width) / 100);
    const south = SOUTH + ((at++ * 61) % 100) * ((HEIGHT - WINDOW.height) / 100);
    const columns = own.get(socket.id) ?? createFrameColumns('vehicle', { movesByOffset: true });
    own.set(socket.id, columns);
    for (const slot of slots) {
      const [lon, lat] = fleet[slot]!;
      if (lon >= west && lon < west + WINDOW.width && lat >= south && lat < south + WINDOW.height) tell(columns, slot);
    }
    const bytes = columns.delta(tick);
    if (bytes) socket.emit('frame', bytes);
  }
}

async function run(way: Way, ticks: number): Promise<Played> {
  counts.encodes = 0;
  const before = process.cpuUsage();
  for (let n = 0; n < ticks; n++) {
    const slots = drive();
    if (way === 'all') sendAll(slots);
    else sendEach(slots);
    await pause(TICK_MS);
  }
  await pause(SETTLE_MS);
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, encodes: counts.encodes };
}

for (let slot = 0; slot < VEHICLES; slot++) tell(whole, slot);
whole.settle();
process.on('message', ({ way, ticks }: { way: Way; ticks: number }) => void run(way, ticks).then((played) => process.send!(played)));
process.on('disconnect', () => process.exit(0));
http.listen(0, '127.0.0.1', () => process.send!({ port: (http.address() as AddressInfo).port }));
