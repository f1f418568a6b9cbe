import { Encoder, PacketType, type Packet } from 'socket.io-parser';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { LogEntry } from '#contract/entry.ts';
import { createSharedSnapshots, parserFor } from './sharedSnapshots.ts';

const snapshot = [{ topic: 'alert', body: { title: 'Cháy “chợ” $& \u2028', note: '$1' } }] as unknown as LogEntry[];
const answerOf = (id: number, found: unknown): Packet => ({ type: PacketType.ACK, nsp: '/', id, data: [{ ok: true, data: { epoch: 'e', head: 7, snapshot: found } }] });

test('a shared snapshot is written once and gives the bytes of the stock parser', () => {
  const snapshots = createSharedSnapshots();
  snapshots.share(snapshot);
  const encoder = new (parserFor(snapshots).Encoder)();
  for (const id of [3, 4]) expect(encoder.encode(answerOf(id, snapshot))).toEqual(new Encoder().encode(answerOf(id, snapshot)));
  expect(snapshots.encodes()).toBe(1);
});

test('a long snapshot is packed once for all, a short one and a foreign one never', async () => {
  const snapshots = createSharedSnapshots();
  const long = Array.from({ length: 500 }, (_, n) => ({ id: `al-${n}`, body: { title: 'Điểm ngập trên đường' } })) as unknown as LogEntry[];
  for (const one of [snapshot, long]) snapshots.share(one);
  const [bytes, again] = await Promise.all([snapshots.packOf(long), snapshots.packOf(long)]);
  expect(JSON.parse(gunzipSync(bytes!).toString())).toEqual(long);
  expect(again).toBe(bytes);
  expect(snapshots.encodes()).toBe(1);
  expect([await snapshots.packOf(snapshot), await snapshots.packOf([...long])]).toEqual([undefined, undefined]);
});

test.each([
  ['a snapshot nobody shared', answerOf(1, [...snapshot])],
  ['an answer without one', { type: PacketType.ACK, nsp: '/', id: 2, data: [{ ok: false, fault: { code: 'X' } }] } as Packet],
  ['a push', { type: PacketType.EVENT, nsp: '/', data: ['beat', { at: 1 }] } as Packet],
])('%s goes the stock way', (_what, packet) => {
  const snapshots = createSharedSnapshots();
  snapshots.share(snapshot);
  expect(new (parserFor(snapshots).Encoder)().encode(packet)).toEqual(new Encoder().encode(packet));
  expect(snapshots.encodes()).toBe(0);
});
