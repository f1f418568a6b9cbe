import type { Adapter } from 'socket.io-adapter';
import { trainAdapter, type Connection } from './trainAdapter.ts';
import { wsFrame } from './wsFrame.ts';

const ROOM = 'log alert *';
const SAMPLES: readonly (readonly [string, unknown])[] = [
  ['log.entry', { seq: 1, body: { title: 'Ngập sâu 30 cm trên đường Nguyễn Văn Linh' } }],
  ['log.entry', { text: 'ữ'.repeat(30_000) }],
  ['frame', Uint8Array.from({ length: 300 }, (_, index) => index % 256)],
];

interface StockOptions {
  wsPreEncodedFrame?: Uint8Array[];
}

/** A namespace with one member, as far as adapters look at it. */
function stageFor(encoder: object, heard: { stock: Buffer[]; train: Buffer[] }) {
  const writeToEngine = (packets: (string | Uint8Array)[], options: StockOptions) => {
    if (options.wsPreEncodedFrame) heard.stock.push(...options.wsPreEncodedFrame.map((part) => Buffer.from(part)));
    else for (const part of packets) heard.stock.push(typeof part === 'string' ? wsFrame(Buffer.from(`4${part}`), false) : wsFrame(part, true));
  };
  const conn: Connection = {
    readyState: 'open',
    writeBuffer: [],
    transport: { name: 'test' },
    write: (_data, { wsPreEncodedFrame }) => heard.train.push(...wsPreEncodedFrame),
  };
  return { name: '/', server: { encoder }, sockets: new Map([['member', { id: 'member', client: { writeToEngine, conn } }]]) };
}

/** Whether the train writes, byte for byte, what the stock adapter of this Socket.IO writes. Never throws: a changed library is a `false`. */
export function isTrainSound(Stock: typeof Adapter, encoder: object): boolean {
  try {
    return SAMPLES.every(([name, body]) => {
      const heard = { stock: [] as Buffer[], train: [] as Buffer[] };
      const stage = stageFor(encoder, heard);
      const packet = () => ({ type: 2, data: [name, body] }) as never;
      const stock = new Stock(stage);
      const train = new (trainAdapter(Stock, { encodes: 0, departures: 0, writes: 0 }))(stage);
      for (const adapter of [stock, train]) {
        adapter.addAll('member', new Set([ROOM]));
        adapter.broadcast(packet(), { rooms: new Set([ROOM]), except: new Set(), flags: {} });
      }
      train.addAll('newcomer', new Set([ROOM]));
      return heard.stock.length > 0 && Buffer.concat(heard.stock).equals(Buffer.concat(heard.train));
    });
  } catch {
    return false;
  }
}
