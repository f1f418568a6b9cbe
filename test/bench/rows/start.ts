import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuOfTree } from '../../support/cpuTime.ts';
import { startProduct } from '../../support/product.ts';
import { resultOf, type Row } from '../row.ts';

const AIM_MS = 8000;

/** From the start of the process to the `ready` line, pages built, store template at hand: a new folder, then the same again. */
export const row: Row = {
  name: 'start',
  async measure({ rounds, say }) {
    const first: number[] = [];
    const second: number[] = [];
    const work: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const dataFolder = mkdtempSync(join(tmpdir(), 'toan-canh-bench-'));
      for (const times of [first, second]) {
        const product = await startProduct({ dataFolder, environment: { IOC_SAMPLE: 'on' } });
        times.push(product.readyAfterMs);
        if (times === second) work.push(cpuOfTree(product.child.pid!));
        await product.close();
      }
      rmSync(dataFolder, { recursive: true, force: true });
      say(`round ${round + 1}: first ${Math.round(first.at(-1)!)} ms, second ${Math.round(second.at(-1)!)} ms`);
    }
    return [
      resultOf('start.first', 'ms', first, { against: 'aim of the second start', peer: AIM_MS, aim: 'reported' }),
      resultOf('start.second', 'ms', second, { against: 'aim', peer: AIM_MS, aim: '≤ 8000 ms' }),
      resultOf('start.second.cpu', 'ms', work, { against: 'aim of the time on two cores', peer: AIM_MS, aim: 'reported: processor time, whatever else the machine does' }),
    ];
  },
};
