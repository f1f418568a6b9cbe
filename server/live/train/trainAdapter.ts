import type { Socket as TcpSocket } from 'node:net';
import type { Adapter } from 'socket.io-adapter';
import { createTrainQueue } from './trainQueue.ts';
import { framesOf } from './wsFrame.ts';

/** After a departure the next waits at most this long; the first after a quiet time leaves at once. Units: ms. */
const HEADWAY_MS = 50;
/** With more than this in a socket's own buffer its bytes go through the engine's queue, which is bounded. */
const DIRECT_LIMIT_BYTES = 1024 * 1024;

export interface TrainCounts {
  encodes: number;
  departures: number;
  writes: number;
}

/** A train of this size leaves without waiting. Units: bytes. */
const FULL_TRAIN_BYTES = 256 * 1024;

type Packet = Parameters<Adapter['broadcast']>[0];
type Options = Parameters<Adapter['broadcast']>[1];
type Encode = (packet: Packet) => (string | Uint8Array)[];

/** The parts of an engine connection that the train touches. */
export interface Connection {
  readyState: string;
  writeBuffer: unknown[];
  transport: { name?: string; writable?: boolean; socket?: { readyState?: number; _socket?: TcpSocket } };
  write(data: string, options: { preEncoded: true; wsPreEncodedFrame: Buffer[] }): unknown;
}

/** Writes pre-framed bytes to one client, in order with everything else that is sent to it. */
export function writeTo(connection: Connection, bytes: Buffer): void {
  const { transport, readyState, writeBuffer } = connection;
  const tcp = transport.socket?._socket;
  const isFree = readyState === 'open' && transport.name === 'websocket' && transport.writable && writeBuffer.length === 0 && transport.socket?.readyState === 1;
  if (isFree && tcp && tcp.writableLength < DIRECT_LIMIT_BYTES) tcp.write(bytes);
  else connection.write('', { preEncoded: true, wsPreEncodedFrame: [bytes] });
}

/** A broadcast that the train can carry: an event for exactly one room, nobody excepted, not to be dropped. */
const isCargo = (packet: Packet, { rooms, except, flags }: Options) => packet.type === 2 && rooms.size === 1 && !except?.size && !flags?.volatile;

/**
 * Socket.IO's own adapter, but everything said to rooms within a tick is encoded and framed once per room and written once per client.
 * The bytes on the wire are those of the stock path, only closer together.
 */
export function trainAdapter(Stock: typeof Adapter, counts: TrainCounts, now: () => number = () => performance.now()): typeof Adapter {
  return class TrainAdapter extends Stock {
    readonly #queue = createTrainQueue();
    #departure: NodeJS.Immediate | NodeJS.Timeout | undefined;
    #leftAt = -Infinity;
    #loadedBytes = 0;

    override broadcast(packet: Packet, options: Options): void {
      if (!isCargo(packet, options)) {
        this.#depart();
        super.broadcast(packet, options);
        return;
      }
      const [room] = options.rooms;
      if (!this.rooms.get(room!)?.size) return;
      packet.nsp = this.nsp.name;
      counts.encodes++;
      const { encode } = (this as unknown as { encoder: { encode: Encode } }).encoder;
      const bytes = framesOf(encode.call((this as unknown as { encoder: object }).encoder, packet));
      this.#queue.add(room!, bytes);
      this.#loadedBytes += bytes.length;
      if (this.#loadedBytes > FULL_TRAIN_BYTES) this.#depart();
      else this.#schedule();
    }

    /** Who joins a room must not get what was said before. */
    override addAll(id: string, rooms: Set<string>): void {
      for (const room of rooms) if (this.#queue.waits(room)) this.#depart();
      super.addAll(id, rooms);
    }

    override close(): void {
      this.#unschedule();
    }

    #schedule(): void {
      if (this.#departure) return;
      const waitMs = this.#leftAt + HEADWAY_MS - now();
      const depart = () => {
        this.#departure = undefined;
        this.#depart();
      };
      this.#departure = waitMs > 0 ? setTimeout(depart, waitMs) : setImmediate(depart);
    }

    #unschedule(): void {
      clearTimeout(this.#departure as NodeJS.Timeout);
      clearImmediate(this.#departure as NodeJS.Immediate);
      this.#departure = undefined;
    }

    #depart(): void {
      this.#unschedule();
      this.#loadedBytes = 0;
      let isEmpty = true;
      this.#queue.depart(
        (room) => this.rooms.get(room) ?? [],
        (id, bytes) => {
          const socket = this.nsp.sockets.get(id) as { client: { conn: Connection } } | undefined;
          if (!socket) return;
          isEmpty = false;
          counts.writes++;
          writeTo(socket.client.conn, bytes);
        },
      );
      if (isEmpty) return;
      counts.departures++;
      this.#leftAt = now();
    }
  };
}
