import type { RemovalReceipt, ScenarioRun } from '#contract/scenario.ts';
import type { ScheduledWall } from '#contract/wall.ts';
import { call, keepScene, signIn } from '../../support/door.ts';
import { startProduct } from '../../support/product.ts';
import { resultOf, type Row } from '../row.ts';

const WALL = 'w2x2';
const MOVES = 40;
const NEXT_MS = 300;
const FAST_S = 35;
const LOOK_MS = 100;

/** How soon every output shows the next step, and how long ten minutes take at 20×. */
export const row: Row = {
  name: 'scenario',
  async measure({ rounds }) {
    const product = await startProduct();
    try {
      const cookie = await signIn(product.url);
      const ask = <T>(name: string, body: object) => call<T>(product.url, cookie, `/api/v1/commands/scenario.${name}`, body);
      await keepScene(product.url, cookie, WALL);
      const next: number[] = [];
      const whole: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const run = await ask<ScenarioRun>('start', { scenario: 'khai-truong-ioc', wall: WALL });
        for (let move = 0; move < MOVES; move++) {
          const sentAt = Date.now();
          await ask(Math.floor(move / 10) % 2 === 0 ? 'next' : 'back', { run: run.id });
          next.push((await call<ScheduledWall>(product.url, cookie, `/api/v1/walls/${WALL}/state`)).applyAt - sentAt);
        }
        await ask('stop', { run: run.id });
        const begunAt = Date.now();
        const fast = await ask<ScenarioRun>('start', { scenario: 'khai-truong-ioc', wall: WALL, isAuto: true, rate: 20 });
        while ((await call<ScenarioRun>(product.url, cookie, `/api/v1/scenario-runs/${fast.id}`)).phase !== 'ended') await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        whole.push((Date.now() - begunAt) / 1000);
        await ask('stop', { run: fast.id });
        for (const { id } of [run, fast]) await ask<RemovalReceipt>('remove', { run: id });
      }
      return [
        resultOf('scenario.next', 'ms', next, { against: 'what is promised', peer: NEXT_MS, aim: 'p95 ≤ 300 ms from the key to the moment all outputs show it' }),
        resultOf('scenario.fast', 's', whole, { against: 'what is promised', peer: FAST_S, aim: 'ten minutes at 20× within 35 s' }),
      ];
    } finally {
      await product.close();
    }
  },
};
