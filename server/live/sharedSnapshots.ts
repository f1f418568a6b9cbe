import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser';
import type { LogEntry } from '#contract/entry.ts';

/** Stands in an encoded answer where the text of its snapshot belongs; no text of the contract can hold it. */
const PLACE = '\u0000snapshot';
const PLACE_TEXT = JSON.stringify(PLACE);

/** Snapshots that many screens are given: each is turned into text once, at the first answer that carries it. */
export interface SharedSnapshots {
  share(snapshot: readonly LogEntry[]): void;
  textOf(snapshot: unknown): string | undefined;
  /** Snapshots turned into text so far. */
  encodes(): number;
}

export function createSharedSnapshots(): SharedSnapshots {
  const texts = new WeakMap<object, string | null>();
  let encodes = 0;
  return {
    share: (snapshot) => void (texts.has(snapshot) || texts.set(snapshot, null)),
    textOf(snapshot) {
      if (typeof snapshot !== 'object' || snapshot === null) return undefined;
      const known = texts.get(snapshot);
      if (known !== null) return known;
      encodes++;
      const text = JSON.stringify(snapshot);
      texts.set(snapshot, text);
      return text;
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
