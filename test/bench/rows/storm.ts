import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { post, signIn } from '../../support/door.ts';
import { figureOf } from '../../support/metrics.ts';
import { startProduct, type Product } from '../../support/product.ts';
import { openCrowd } from '../crowd/crowd.ts';
import { isUnstable, median, resultOf, type Row } from '../row.ts';

const SCREENS = 1000;
const ALERTS = 1000;
const BATCH = 500;
const ENCODES_AIM = 3;

/** A state of about half a megabyte, every alert at a place of its own. */
async function fill(product: Product): Promise<void> {
  for (let from = 0; from < ALERTS; from += BATCH) {
    const alerts = Array.from({ length: BATCH }, (_, n) => ({ key: `storm-${from + n}`, at: Date.now(), kind: 'flood', level: 3, title: `Điểm ngập ${from + n}`, text: 'Nước dâng tại nút giao, xe máy đi chậm.', position: [108.1 + ((from + n) % 40) / 200, 15.98 + Math.floor((from + n) / 40) / 200] }));
    await post(product.url, 'alert', alerts);
  }
}

/** The server ends and starts again; every screen comes back at once and loads the whole state. Held against the same screens that only shake hands, each after a restart of its own: a warm server would flatter either. */
export const row: Row = {
  name: 'storm',
  async measure({ rounds, say }) {
    const dataFolder = mkdtempSync(join(tmpdir(), 'toan-canh-storm-'));
    let product = await startProduct({ dataFolder });
    const [whole, bare, encodes]: [number[], number[], number[]] = [[], [], []];
    try {
      await fill(product);
      for (let round = 0; round < rounds; round++) {
        for (const isWhole of [false, true, true, false]) {
          await product.kill('SIGTERM');
          product = await startProduct({ dataFolder });
          const cookie = await signIn(product.url);
          const crowd = await openCrowd(product.url, cookie.slice(cookie.indexOf('=') + 1));
          try {
            const before = await figureOf(product.url, 'ioc_live_snapshot_encodes');
            const { tookMs, bytes, held } = await crowd.ask({ do: 'come', count: SCREENS, isWhole, stuck: 0 });
            (isWhole ? whole : bare).push(tookMs);
            if (isWhole) encodes.push((await figureOf(product.url, 'ioc_live_snapshot_encodes')) - before);
            if (isWhole && held !== ALERTS) throw new Error('not every screen got the state');
            say(`${isWhole ? 'whole' : 'bare'}: ${Math.round(tookMs)} ms, ${Math.round(bytes / SCREENS / 1000)} KB a screen`);
          } finally {
            crowd.close();
          }
        }
      }
    } finally {
      await product.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
    const halves = [0, 1].map((half) => median(whole.filter((_, at) => at % 2 === half)));
    return [
      resultOf('storm', 'ms', whole, { against: 'bare handshakes', peer: median(bare), aim: '≤ 1.2 ×', isUnstable: isUnstable(halves[0]!, halves[1]!) }),
      resultOf('storm.encodes', 'snapshots', encodes, { against: 'limit', peer: ENCODES_AIM, aim: `≤ ${ENCODES_AIM}` }),
    ];
  },
};
