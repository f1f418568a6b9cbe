import { io } from 'socket.io-client';
import { CONTRACT_VERSION } from '#contract/version.ts';
import type { PushedEntry } from '#contract/entry.ts';
import type { Static } from 'typebox';
import { catalogueOf, CATALOGUE } from '../../../server/store/red/testing/bench.ts';
import { evaluateIndicator, type Point } from '../../../server/domain/indicator/evaluate.ts';
import { endOf, indexAt } from '../../../server/domain/indicator/period.ts';
import { call, post, signIn } from '../../support/door.ts';
import { startProduct, type Product } from '../../support/product.ts';
import { resultOf, type Row } from '../row.ts';

const [INDICATORS, UNITS, MONTHS] = [150, 200, 36];
const DAY_MS = 86_400_000;

/** Status of every indicator at every unit from its whole history. */
function judgeAll(rounds: number): number[] {
  const indicator = catalogueOf(CATALOGUE).indicators.get('UP')!;
  const first = indexAt('month', Date.UTC(2024, 0, 15));
  const histories = Array.from({ length: UNITS }, (_, unit) => Array.from({ length: MONTHS }, (_month, n): Point => ({ index: first + n, value: 50 + ((n * 37 + unit * 13) % 60), at: n, provenance: 'simulated' })));
  const now = endOf('month', first + MONTHS - 1) + DAY_MS;
  return Array.from({ length: rounds }, () => {
    const begun = performance.now();
    for (let n = 0; n < INDICATORS; n += 1) for (const [unit, points] of histories.entries()) evaluateIndicator(indicator, `U${unit}`, points, now);
    return performance.now() - begun;
  });
}

/** From a value at the door to the push of its status on a wall's socket. */
async function toTheWall(product: Product, cookie: string, times: number): Promise<number[]> {
  const socket = io(product.url, { path: '/live', transports: ['websocket'], auth: { contract: CONTRACT_VERSION }, extraHeaders: { cookie } });
  const told = new Map<string, () => void>();
  socket.on('log.entry', ({ topic, body }: Static<typeof PushedEntry>) => {
    if (topic === 'red-status') told.get(`${(body as { unit: string }).unit}/${(body as { value: number }).value}`)?.();
  });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('connect_error', reject);
    });
    await socket.emitWithAck('topic.join', { topic: 'red-status' });
    const month = new Date(Date.now() - 40 * DAY_MS).toISOString().slice(0, 7);
    const taken: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const value = 1 + n / 100;
      const begun = performance.now();
      const pushed = new Promise<void>((resolve, reject) => {
        told.set(`20242/${value}`, resolve);
        setTimeout(() => reject(new Error('no push within 20 s')), 20_000).unref();
      });
      await post(product.url, 'indicator', [{ key: `bench-red-${n}`, at: Date.now() - 1000 + n, unit: '20242', code: 'KTXH-01', period: month, value }]);
      await pushed;
      taken.push(performance.now() - begun);
    }
    return taken;
  } finally {
    socket.close();
  }
}

/** A weekly report drafted, locked and printed. */
async function weekly(product: Product, cookie: string): Promise<number> {
  const begun = performance.now();
  const { id } = await call<{ id: string }>(product.url, cookie, '/api/v1/reports', { kind: 'weekly' });
  const pdf = await fetch(`${product.url}/api/v1/reports/${id}/report.pdf`, { headers: { cookie } });
  if (!pdf.ok || (await pdf.arrayBuffer()).byteLength < 10_000) throw new Error(`no report: HTTP ${pdf.status}`);
  return (performance.now() - begun) / 1000;
}

/** ĐỎ: judging a province from its history, one value to the wall, the weekly report. */
export const row: Row = {
  name: 'red',
  async measure({ rounds }) {
    const judged = judgeAll(rounds * 4);
    const product = await startProduct();
    try {
      const cookie = await signIn(product.url);
      const wall = await toTheWall(product, cookie, rounds * 10);
      const reports: number[] = [];
      for (let round = 0; round < rounds; round += 1) reports.push(await weekly(product, cookie));
      return [
        resultOf('red.status-150x200x36', 'ms', judged, { against: 'nothing', aim: 'p95 ≤ 300' }),
        resultOf('red.value-to-wall', 'ms', wall, { against: 'nothing', aim: '≤ 1000' }),
        resultOf('red.weekly-report', 's', reports, { against: 'nothing', aim: '≤ 5' }),
      ];
    } finally {
      await product.close();
    }
  },
};
