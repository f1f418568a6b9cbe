/** What one client gets in one departure; clients with the same rooms share it. */
interface Train {
  readonly parts: readonly Buffer[];
  readonly longer: Map<string, Train>;
  bytes?: Buffer;
}

const bytesOf = (train: Train): Buffer => (train.bytes ??= train.parts.length === 1 ? train.parts[0]! : Buffer.concat(train.parts));

/** Alerts before every other entry, entries before state, vehicle frames last. */
const rankOf = (room: string): number => (room.startsWith('log alert ') ? 0 : room.startsWith('log ') ? 1 : room.startsWith('frame ') ? 3 : 2);

export interface TrainQueue {
  add(room: string, bytes: Buffer): void;
  waits(room: string): boolean;
  /** Empties the queue: one run of bytes per client, in the order of the ranks, and within a room in the order they were added. */
  depart(membersOf: (room: string) => Iterable<string>, send: (client: string, bytes: Buffer) => void): void;
}

export function createTrainQueue(): TrainQueue {
  let waiting = new Map<string, Buffer[]>();
  return {
    add(room, bytes) {
      const known = waiting.get(room);
      if (known) known.push(bytes);
      else waiting.set(room, [bytes]);
    },
    waits: (room) => waiting.has(room),
    depart(membersOf, send) {
      const loads = [...waiting].sort(([a], [b]) => rankOf(a) - rankOf(b));
      waiting = new Map();
      const empty: Train = { parts: [], longer: new Map() };
      const trains = new Map<string, Train>();
      for (const [room, parts] of loads) {
        for (const client of membersOf(room)) {
          const train = trains.get(client) ?? empty;
          let longer = train.longer.get(room);
          if (!longer) train.longer.set(room, (longer = { parts: [...train.parts, ...parts], longer: new Map() }));
          trains.set(client, longer);
        }
      }
      for (const [client, train] of trains) send(client, bytesOf(train));
    },
  };
}
