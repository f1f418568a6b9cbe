import { fork } from 'node:child_process';
import { join } from 'node:path';
import { answerOf } from '../answerOf.ts';
import { isUnstable, median, resultOf, type Row } from '../row.ts';
import type { Played, Way } from '../viewport/server.ts';

const SCREENS = 500;
const TICKS = 10;
const FLAGS = { execArgv: ['--disable-warning=ExperimentalWarning'] };

/** 500 screens that each look at a part of 20,000 vehicles, 6,000 of them moved in a tick: one frame for all of them, as the product sends, against one cut out for each, and against frames of cells. */
export const row: Row = {
  name: 'fanout.viewport',
  async measure({ rounds, say }) {
    const server = fork(join(import.meta.dirname, '../viewport/server.ts'), [], FLAGS);
    const { port } = await answerOf<{ port: number }>(server);
    const crowd = fork(join(import.meta.dirname, '../fanout/crowd.ts'), [`http://127.0.0.1:${port}`, String(SCREENS)], FLAGS);
    await answerOf(crowd);
    const cpu: Record<Way, number[]> = { all: [], each: [], cells: [] };
    const kilobytes: Record<Way, number[]> = { all: [], each: [], cells: [] };
    const play = async (way: Way, isMeasured: boolean) => {
      server.send({ way, ticks: TICKS });
      const { cpuMs, encodes } = await answerOf<Played>(server);
      crowd.send('count');
      const { bytes, messages } = await answerOf<{ bytes: number; messages: number }>(crowd);
      if (way === 'all' && (encodes !== TICKS || messages !== SCREENS * TICKS * 2)) throw new Error(`${encodes} encodings and ${messages} messages for ${TICKS} ticks`);
      if (!isMeasured) return;
      cpu[way].push(cpuMs / TICKS);
      kilobytes[way].push(bytes / SCREENS / TICKS / 1000);
    };
    try {
      for (const way of ['all', 'each', 'cells'] as const) await play(way, false);
      for (let round = 0; round < rounds; round++) for (const way of ['all', 'each', 'cells', 'cells', 'each', 'all'] as const) await play(way, true);
    } finally {
      server.disconnect();
      crowd.disconnect();
    }
    say(`a tick: ${(['all', 'each', 'cells'] as const).map((way) => `${way} ${median(cpu[way]).toFixed(1)} ms and ${median(kilobytes[way]).toFixed(1)} KB`).join('; ')}`);
    const halves = [0, 1].map((half) => median(cpu.all.filter((_, at) => at % 2 === half)));
    return [
      resultOf('fanout.viewport.cpu', 'ms a tick', cpu.all, { against: 'a frame cut out for each screen', peer: median(cpu.each), aim: '≤ 0.15 ×', isUnstable: isUnstable(halves[0]!, halves[1]!) }),
      resultOf('fanout.viewport.bytes', 'KB a screen and tick', kilobytes.all, { against: 'a frame cut out for each screen', peer: median(kilobytes.each), aim: 'reported' }),
      resultOf('fanout.viewport.cells.cpu', 'ms a tick', cpu.cells, { against: 'one frame for all screens', peer: median(cpu.all), aim: 'reported: how it would be by cells' }),
      resultOf('fanout.viewport.cells.bytes', 'KB a screen and tick', kilobytes.cells, { against: 'one frame for all screens', peer: median(kilobytes.all), aim: 'reported' }),
    ];
  },
};
