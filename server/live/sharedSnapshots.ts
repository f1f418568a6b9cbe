import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser';
import type { LogEntry } from '#contract/entry.ts';

/** Stands in an encoded answer where the text of its snapshot belongs; no text of the contract can hold it. */
const PLACE = '\u0000snapshot';
const PLACE_TEXT = JSON.stringify(PLACE);
/** A text shorter than this is sent as it is. Units: characters. */
const PACK_FROM = 16 * 1024;
const pack = promisify(gzip);

/** Snapshots that many screens are given: each is turned into text once, at the first answer that carries it. */
export interface SharedSnapshots {
  share(snapshot: readonly LogEntry[]): void;
  textOf(snapshot: unknown): string | undefined;
  /** The text packed once for all who ask; undefined when it is short or was not shared. */
  packOf(snapshot: readonly LogEntry[]): Promise<Uint8Array | undefined>;
  /** Snapshots turned into text so far. */
  encodes(): number;
}

export function createSharedSnapshots(): SharedSnapshots {
  const texts = new WeakMap<object, string | null>();
  const packs = new WeakMap<object, Promise<Uint8Array>>();
  let encodes = 0;
  const textOf = (snapshot: unknown): string | undefined => {
    if (typeof snapshot !== 'object' || snapshot === null) return undefined;
    const known = texts.get(snapshot);
    if (known !== null) return known;
    encodes++;
    const text = JSON.stringify(snapshot);
    texts.set(snapshot, text);
    return text;
  };
  return {
    share: (snapshot) => void (texts.has(snapshot) || texts.set(snapshot, null)),
    textOf,
    async packOf(snapshot) {
      const known = packs.get(snapshot);
      if (known) return known;
      const text = textOf(snapshot);
      if (text === undefined || text.length < PACK_FROM) return undefined;
      const packing = pack(text);
      packs.set(snapshot, packing);
      return packing;
    },
    encodes: () => encodes,
  };
}

interface SnapshotAnswer {
  data?: { snapshot?: unknown };
}

/** Socket.IO's own parser, but a shared snapshot inside an acknowledgement is neither searched nor written again. The bytes are the same. */
export function parserFor(snapshots: SharedSnapshots): { Encoder: typeof Encoder; Decoder: typeof Decoder } {
  class SharingEncoder extends Encoder {
    override encode(packet: Packet): (string | Buffer)[] {
      const answer = packet.type === PacketType.ACK ? (packet.data as SnapshotAnswer[] | undefined)?.[0] : undefined;
      const text = snapshots.textOf(answer?.data?.snapshot);
      if (text === undefined) return super.encode(packet) as (string | Buffer)[];
      const [head] = super.encode({ ...packet, data: [{ ...answer, data: { ...answer?.data, snapshot: PLACE } }] }) as [string];
      return [head.replace(PLACE_TEXT, () => text)];
    }
  }
  return { Encoder: SharingEncoder, Decoder };
}
