import fc from 'fast-check';
import { Server } from 'socket.io';
import type { Adapter } from 'socket.io-adapter';
import { expect, test } from 'vitest';
import { isTrainSound } from './selfTest.ts';
import { writeTo, type Connection } from './trainAdapter.ts';
import { createTrainQueue } from './trainQueue.ts';
import { wsFrame } from './wsFrame.ts';

const stock = () => {
  const io = new Server();
  return { Stock: io.adapter() as unknown as typeof Adapter, encoder: (io as unknown as { encoder: object }).encoder };
};

test('the train writes what this Socket.IO writes', () => {
  const { Stock, encoder } = stock();
  expect(isTrainSound(Stock, encoder)).toBe(true);
});

test('a Socket.IO that encodes otherwise or has lost a part is noticed', () => {
  const { Stock, encoder } = stock();
  const isOther = class extends Stock {
    override broadcast(...[packet, options]: Parameters<Adapter['broadcast']>) {
      super.broadcast({ ...packet, data: ['other'] } as never, options);
    }
  };
  expect(isTrainSound(isOther, encoder)).toBe(false);
  expect(isTrainSound(Stock, {})).toBe(false);
});

test('every client gets everything of its rooms, once, in order, alerts first and vehicles last', () => {
  const rooms = ['frame vehicle', 'scope *', 'log camera *', 'log alert *'] as const;
  fc.assert(
    fc.property(fc.array(fc.record({ room: fc.constantFrom(...rooms), n: fc.nat(255) })), fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.uniqueArray(fc.constantFrom(...rooms))), (said, members) => {
      const queue = createTrainQueue();
      for (const { room, n } of said) queue.add(room, Buffer.of(n));
      const got = new Map<string, number[]>();
      const clients = Object.keys(members);
      queue.depart((room) => clients.filter((client) => members[client]!.includes(room as never)), (client, bytes) => {
        expect(got.has(client)).toBe(false);
        got.set(client, [...bytes]);
      });
      for (const client of clients) {
        const expected = rooms.toReversed().flatMap((room) => (members[client]!.includes(room) ? said.filter((word) => word.room === room).map(({ n }) => n) : []));
        expect(got.get(client) ?? []).toEqual(expected);
      }
    }),
  );
});

test.each([5, 125, 126, 65_535, 65_536])('a frame of %i bytes says its length', (length) => {
  const frame = wsFrame(new Uint8Array(length), true);
  expect(frame.length - length).toBe(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  expect(frame[0]).toBe(0x82);
});

test('bytes for a client whose engine is busy wait in its queue, in order', () => {
  const direct: Buffer[] = [];
  const queued: Buffer[] = [];
  const connection = (over: object): Connection => ({
    readyState: 'open',
    writeBuffer: [],
    transport: { name: 'websocket', writable: true, socket: { readyState: 1, _socket: { writableLength: 0, write: (bytes: Buffer) => direct.push(bytes) } as never } },
    write: (_data, { wsPreEncodedFrame }) => queued.push(...wsPreEncodedFrame),
    ...over,
  });
  writeTo(connection({}), Buffer.of(1));
  writeTo(connection({ writeBuffer: [{}] }), Buffer.of(2));
  writeTo(connection({ transport: { name: 'websocket', writable: false } }), Buffer.of(3));
  expect([direct, queued]).toEqual([[Buffer.of(1)], [Buffer.of(2), Buffer.of(3)]]);
});
