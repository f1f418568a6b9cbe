import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { Adapter } from 'socket.io-adapter';
import { WebSocketServer, type WebSocket } from 'ws';
import { trainAdapter, type TrainCounts } from '../../../server/live/train/trainAdapter.ts';
import { wsFrame } from '../../../server/live/train/wsFrame.ts';

/** What is asked of a sending process: `count` bodies in each of `ticks` ticks. */
export interface Slice {
  ticks: number;
  count: number;
  body: unknown;
  isBinary: boolean;
}

/** What a slice cost. Units: CPU ms of the whole process. */
export interface SliceCost {
  cpuMs: number;
  counts: TrainCounts;
}

export type Way = 'train' | 'stock' | 'ws';

const TICK_MS = 60;
const SETTLE_MS = 200;
const ROOM = { entry: 'log alert *', frame: 'frame vehicle' };
const way = process.argv[2] as Way;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const http = createServer();
const counts: TrainCounts = { encodes: 0, departures: 0, writes: 0 };
const send = way === 'ws' ? sendRaw() : sendSocketIo();

/** The bare way: every body framed once, all bodies of a tick in one write per client. */
function sendRaw(): (slice: Slice) => void {
  const clients = new Set<WebSocket & { _socket: { write(bytes: Buffer): void } }>();
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  server.on('connection', (client) => {
    client.send('0{"sid":"x","upgrades":[],"pingInterval":600000,"pingTimeout":600000}');
    client.on('message', () => client.send('40{"sid":"x"}'));
    clients.add(client as never);
  });
  return ({ count, body, isBinary }) => {
    const bytes = Buffer.concat(Array.from({ length: count }, () => (isBinary ? wsFrame(body as Buffer, true) : wsFrame(Buffer.from(`42${JSON.stringify(['log.entry', body])}`), false))));
    for (const client of clients) client._socket.write(bytes);
  };
}

function sendSocketIo(): (slice: Slice) => void {
  const io = new Server(http, { path: '/live', transports: ['websocket'], serveClient: false, perMessageDeflate: false, httpCompression: false, pingInterval: 600_000, pingTimeout: 600_000 });
  if (way === 'train') io.adapter(trainAdapter(io.adapter() as unknown as typeof Adapter, counts) as never);
  io.on('connection', (socket) => void socket.join([ROOM.entry, ROOM.frame]));
  return ({ count, body, isBinary }) => {
    for (let n = 0; n < count; n++) {
      if (isBinary) io.to(ROOM.frame).emit('frame', body);
      else io.to(ROOM.entry).emit('log.entry', body);
    }
  };
}

async function run(slice: Slice): Promise<SliceCost> {
  Object.assign(counts, { encodes: 0, departures: 0, writes: 0 });
  const asked = slice.isBinary ? { ...slice, body: Buffer.from(slice.body as string, 'base64') } : slice;
  const before = process.cpuUsage();
  for (let tick = 0; tick < slice.ticks; tick++) {
    send(asked);
    await pause(TICK_MS);
  }
  await pause(SETTLE_MS);
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, counts: { ...counts } };
}

process.on('message', (slice: Slice) => void run(slice).then((cost) => process.send!(cost)));
process.on('disconnect', () => process.exit(0));
http.listen(0, '127.0.0.1', () => process.send!({ port: (http.address() as AddressInfo).port }));
