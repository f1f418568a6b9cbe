import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { ROOT } from '../../house/tree.ts';
import { openBrowser, openPage } from '../../support/browser.ts';
import { ADMIN_PASSWORD } from '../../support/product.ts';
import { signIn } from '../../support/door.ts';
import { untilState } from '../../support/screens.ts';
import { resultOf, type Result, type Row } from '../row.ts';

const run = promisify(execFile);
const READY_WITHIN_MS = 20 * 60_000;

interface Times {
  install: number;
  ready: number;
  painted: number;
}

/** The ground of the map is there; vehicles on it never stand still. Units: bytes of the picture, an empty one has a few thousand. */
const DRAWN_BYTES = 20_000;
async function untilGround(page: Page): Promise<void> {
  const map = page.locator('.maplibregl-canvas').first();
  await map.waitFor();
  for (const startedAt = performance.now(); (await map.screenshot()).length < DRAWN_BYTES; ) {
    if (performance.now() - startedAt > 60_000) throw new Error('the map was not drawn within a minute');
  }
}

/** Clones the tree, starts it as a newcomer does and looks at the wall. Units: ms from the start of the clone, `install` alone. */
async function startBare(cache: string | undefined): Promise<Times> {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-clone-'));
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;
  try {
    await run('git', ['clone', '--quiet', '--no-hardlinks', ROOT, join(folder, 'tree')]);
    const environment = { PATH: process.env.PATH, HOME: process.env.HOME, IOC_PORT: '0', IOC_ADMIN_PASSWORD: ADMIN_PASSWORD, npm_config_cache: cache ?? join(folder, 'cache') };
    const child = spawn('npm', ['start'], { cwd: join(folder, 'tree'), env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const times: Times = { install: Number.NaN, ready: 0, painted: 0 };
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const done = /xong \/ done: (\d+) s/.exec(text);
      if (done) times.install = Number(done[1]) * 1000;
    });
    try {
      const url = await new Promise<string>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('not ready in time')), READY_WITHIN_MS);
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          const ready = /^ready (\S+)$/m.exec(text);
          if (!ready) return;
          clearTimeout(timer);
          resolve(ready[1]!);
        });
        child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
      });
      times.ready = since();
      const browser = await openBrowser();
      try {
        const { page } = await openPage(browser, { width: 1920, height: 1080, cookie: await signIn(url), url });
        await page.goto(`${url}/wall/w2x2`);
        await untilState(page, 'live');
        await untilGround(page);
        times.painted = since();
      } finally {
        await browser.close();
      }
    } finally {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null) process.kill(-child.pid!, 'SIGTERM');
      await ended;
    }
    return times;
  } finally {
    // Its children end a moment after npm does.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
  }
}

/** From nothing to a painted wall: once with an empty package cache (everything is downloaded), once with the cache of this machine. */
export const row: Row = {
  name: 'clone',
  isFullOnly: true,
  async measure({ say }) {
    const { stdout } = await run('npm', ['config', 'get', 'cache']);
    const results: Result[] = [];
    for (const [name, cache] of [['cached', stdout.trim()], ['downloaded', undefined]] as const) {
      const { install, ready, painted } = await startBare(cache);
      say(`${name}: libraries ${Math.round(install / 1000)} s, ready after ${Math.round(ready / 1000)} s, painted after ${Math.round(painted / 1000)} s`);
      results.push(
        resultOf(`clone.${name}.install`, 's', [install / 1000], { against: 'nothing', aim: 'reported' }),
        resultOf(`clone.${name}.ready`, 's', [ready / 1000], { against: 'nothing', aim: 'reported' }),
        resultOf(`clone.${name}.painted`, 's', [painted / 1000], { against: 'nothing', aim: 'reported' }),
      );
    }
    return results;
  },
};
