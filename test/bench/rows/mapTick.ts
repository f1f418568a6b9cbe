import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import { openBrowser } from '../../support/browser.ts';
import type { MapBench } from '../page/mapBench.ts';
import { isUnstable, median, resultOf, type Result, type Row } from '../row.ts';

const MOVES = 5000;
/** Drawn by software, a frame of 100,000 points takes seconds outside the main thread: fewer of them are asked for. */
const SIZES = [
  { size: 10_000, ticks: 10, most: Infinity },
  { size: 100_000, ticks: 4, most: 2 },
];
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

type Way = 'columns' | 'objects' | 'redraw';

async function servePage(): Promise<{ url: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-bench-'));
  await build({ configFile: false, root: join(import.meta.dirname, '../page'), logLevel: 'error', build: { outDir: folder, emptyOutDir: true, target: 'es2023' } });
  const server = createServer((request, reply) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    reply.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).on('error', () => reply.writeHead(404).end()).pipe(reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** CPU of the page's main thread per tick of live points, 5,000 of them moved, against an array of objects on the same map. Each includes its animation frame; beside them what drawing again without news costs. */
export const row: Row = {
  name: 'map.tick',
  async measure({ rounds, say }) {
    const site = await servePage();
    const browser = await openBrowser();
    const results: Result[] = [];
    try {
      for (const { size, ticks: ticksEach, most } of SIZES) {
        const page = await browser.newPage();
        await page.goto(`${site.url}/?points=${size}&moves=${MOVES}`);
        await page.waitForFunction(() => 'bench' in window);
        const cdp = await page.context().newCDPSession(page);
        await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
        const busy = async () => (await cdp.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
        const play = async (way: Way): Promise<number> => {
          const asked = { way, ticks: ticksEach };
          await page.evaluate(({ way: name, ticks }) => (window as unknown as { bench: MapBench }).bench.prepare(name, ticks), asked);
          const before = await busy();
          await page.evaluate(({ way: name, ticks }) => (window as unknown as { bench: MapBench }).bench[name](ticks), asked);
          return ((await busy()) - before) / ticksEach;
        };
        for (const way of ['columns', 'objects', 'redraw'] as const) await play(way);
        const cost: Record<Way, number[]> = { columns: [], objects: [], redraw: [] };
        for (let round = 0; round < Math.min(rounds, most); round++) for (const way of ['columns', 'objects', 'redraw', 'objects', 'columns'] as const) cost[way].push(await play(way));
        say(`${size} points: columns ${median(cost.columns).toFixed(2)}, objects ${median(cost.objects).toFixed(2)}, redraw ${median(cost.redraw).toFixed(2)} ms per tick`);
        const halves = [0, 1].map((half) => median(cost.columns.filter((_, at) => at % 2 === half)));
        const peer = median(cost.objects);
        results.push(
          resultOf(`map.tick.${size}`, 'ms', cost.columns, { against: 'an array of objects', peer, aim: size === 100_000 ? '≤ 5 ms; ≤ 0.15 ×' : 'reported', isUnstable: isUnstable(halves[0]!, halves[1]!) }),
          resultOf(`map.tick.redraw.${size}`, 'ms', cost.redraw, { against: 'an array of objects', peer, aim: 'reported' }),
        );
        await page.close();
      }
      return results;
    } finally {
      await browser.close();
      await site.close();
    }
  },
};
