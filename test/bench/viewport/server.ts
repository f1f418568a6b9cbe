import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { Adapter } from 'socket.io-adapter';
import { trainAdapter, type TrainCounts } from '../../../server/live/train/trainAdapter.ts';
import { createFrameColumns, type FrameColumns } from '../../../server/store/telemetry/frameLayer.ts';

/** How vehicles reach screens that look at a part of the city: `all` as the product does, a frame cut out for each, or frames of the cells each looks at. */
export type Way = 'all' | 'each' | 'cells';

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
/** Cells along each side of the city. */
const GRID = 8;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const counts: TrainCounts = { encodes: 0, departures: 0, writes: 0 };
const http = createServer();
const io = new Server(http, { path: '/live', transports: ['websocket'], serveClient: false, perMessageDeflate: false, httpCompression: false, pingInterval: 600_000, pingTimeout: 600_000 });
io.adapter(trainAdapter(io.adapter() as unknown as typeof Adapter, counts) as never);
io.on('connection', (socket) => void socket.join(ROOM));

const fleet = Array.from({ length: VEHICLES }, (_, slot): [number, number] => [WEST + ((slot * 7919) % 4000) / 10_000, SOUTH + ((slot * 104_729) % 3600) / 10_000]);
const whole = createFrameColumns('vehicle', { movesByOffset: true });
const own = new Map<string, FrameColumns>();
const cells = Array.from({ length: GRID * GRID }, () => createFrameColumns('vehicle', { movesByOffset: true }));
const cellOf = new Int32Array(VEHICLES).fill(-1);
let areSeated = false;
let tick = 0;

/** The part of the city the nth screen looks at. */
const windowOf = (at: number) => ({ west: WEST + ((at * 37) % 100) * ((WIDTH - WINDOW.width) / 100), south: SOUTH + ((at * 61) % 100) * ((HEIGHT - WINDOW.height) / 100) });
const along = (from: number, whole: number, at: number) => Math.max(0, Math.min(GRID - 1, Math.floor(((at - from) / whole) * GRID)));

const cellAt = (slot: number) => along(SOUTH, HEIGHT, fleet[slot]![1]) * GRID + along(WEST, WIDTH, fleet[slot]![0]);

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
    const { west, south } = windowOf(at++);
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

/** Every screen takes a seat in each cell it sees a part of. */
function seat(): void {
  areSeated = true;
  [...io.of('/').sockets.values()].forEach((socket, at) => {
    const { west, south } = windowOf(at);
    for (let column = along(WEST, WIDTH, west); column <= along(WEST, WIDTH, west + WINDOW.width); column++) {
      for (let row = along(SOUTH, HEIGHT, south); row <= along(SOUTH, HEIGHT, south + WINDOW.height); row++) void socket.join(`${ROOM} ${row * GRID + column}`);
    }
  });
}

function sendCells(slots: readonly number[]): void {
  for (const slot of slots) {
    const cell = cellAt(slot);
    if (cellOf[slot] !== cell) cells[cellOf[slot]!]?.remove(slot);
    cellOf[slot] = cell;
    tell(cells[cell]!, slot);
  }
  cells.forEach((columns, cell) => {
    const bytes = columns.delta(tick);
    if (bytes) io.to(`${ROOM} ${cell}`).emit('frame', bytes);
  });
}

/** What the other ways did meanwhile is known to everybody: a tick sends its own moves only. */
function settle(): void {
  for (let slot = 0; slot < VEHICLES; slot++) {
    tell(whole, slot);
    cells[cellOf[slot]!]?.remove(slot);
    cellOf[slot] = cellAt(slot);
    tell(cells[cellOf[slot]!]!, slot);
  }
  for (const columns of [whole, ...cells]) columns.settle();
}

const SEND: Readonly<Record<Way, (slots: readonly number[]) => void>> = { all: sendAll, each: sendEach, cells: sendCells };

async function run(way: Way, ticks: number): Promise<Played> {
  if (way === 'cells' && !areSeated) seat();
  settle();
  counts.encodes = 0;
  const before = process.cpuUsage();
  for (let n = 0; n < ticks; n++) {
    SEND[way](drive());
    await pause(TICK_MS);
  }
  await pause(SETTLE_MS);
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, encodes: counts.encodes };
}

process.on('message', ({ way, ticks }: { way: Way; ticks: number }) => void run(way, ticks).then((played) => process.send!(played)));
process.on('disconnect', () => process.exit(0));
http.listen(0, '127.0.0.1', () => process.send!({ port: (http.address() as AddressInfo).port }));
