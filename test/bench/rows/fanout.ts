import { TOPICS } from '#contract/topics.ts';
import type { Slice, Way } from '../fanout/server.ts';
import { openStage } from '../fanout/stage.ts';
import { isUnstable, median, resultOf, type Result, type Row } from '../row.ts';

const CLIENTS = 1000;
const ENTRY = { epoch: '7f6d0d62-9f2b-4b7e-8a55-1d2f1c9d2a10', seq: 4711, prev: 4710, topic: 'alert', key: 'bench-1', id: 'al-4711', rev: 1, at: 1_790_000_000_000, body: { ...(TOPICS.alert.example as object), state: 'raised', text: 'Nước dâng tại nút giao, xe máy đi chậm; đề nghị phân luồng từ xa.' } };
const FRAME = Buffer.alloc(3032, 7).toString('base64');
const SHAPES: { name: string; slice: Slice; stock: string; raw: string }[] = [
  { name: 'fanout.alert', slice: { ticks: 12, count: 1, body: ENTRY, isBinary: false }, stock: '≤ 0.7 ×', raw: '≤ 1.10 ×' },
  { name: 'fanout.burst', slice: { ticks: 12, count: 16, body: ENTRY, isBinary: false }, stock: '≤ 0.12 ×', raw: '≤ 1.2 ×' },
  { name: 'fanout.vehicles', slice: { ticks: 12, count: 1, body: FRAME, isBinary: true }, stock: 'reported', raw: '≤ 1.15 ×' },
];

/** CPU of the server per delivery, three ways alive at once, slices in A B B A order, a same-against-same pair in every round. */
export const row: Row = {
  name: 'fanout',
  async measure({ rounds, say }) {
    const ways: Way[] = ['train', 'stock', 'ws'];
    const stages = new Map(await Promise.all(ways.map(async (way) => [way, await openStage(way, CLIENTS)] as const)));
    const results: Result[] = [];
    try {
      for (const { name, slice, stock, raw } of SHAPES) {
        const cost: Record<Way, number[]> = { train: [], stock: [], ws: [] };
        const counts: { encodes: number; writes: number }[] = [];
        for (let round = 0; round < rounds + 1; round++) {
          for (const way of ['train', 'stock', 'ws', 'ws', 'stock', 'train'] as const) {
            const played = await stages.get(way)!.play(slice);
            if (round === 0) continue;
            cost[way].push(played.cpuMs);
            if (way === 'train') counts.push(played.counts);
          }
        }
        const deliveries = slice.ticks * slice.count * CLIENTS;
        const unstable = (['train', 'stock', 'ws'] as const).some((way) => isUnstable(median(cost[way].filter((_, at) => at % 2 === 0)), median(cost[way].filter((_, at) => at % 2 === 1))));
        const perMillion = (way: Way) => cost[way].map((ms) => (ms / deliveries) * 1000);
        say(`${name}: ${ways.map((way) => `${way} ${median(perMillion(way)).toFixed(2)}`).join(', ')} CPU s per million`);
        results.push(resultOf(name, 'CPU s/M', perMillion('train'), { against: 'stock Socket.IO', peer: median(perMillion('stock')), aim: stock, isUnstable: unstable }));
        results.push(resultOf(`${name}.raw`, 'CPU s/M', perMillion('train'), { against: 'pre-framed raw writes', peer: median(perMillion('ws')), aim: raw, isUnstable: unstable }));
        results.push(resultOf(`${name}.encodes`, 'per tick', counts.map(({ encodes }) => encodes / slice.ticks), { against: 'messages of a tick', peer: slice.count, aim: '1 ×' }));
        results.push(resultOf(`${name}.writes`, 'per client and tick', counts.map(({ writes }) => writes / slice.ticks / (CLIENTS + 1)), { against: 'limit', peer: 1, aim: '≤ 1' }));
      }
      return results;
    } finally {
      for (const stage of stages.values()) stage.close();
    }
  },
};
