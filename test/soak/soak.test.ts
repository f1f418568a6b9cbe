import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noteCount } from '../faults/counts.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser } from '../support/browser.ts';
import { keepScene, post, signIn } from '../support/door.ts';
import { openInspector } from '../support/inspector.ts';
import { startProduct } from '../support/product.ts';
import { openScreens, untilState } from '../support/screens.ts';
import { slopeOf } from '../support/slope.ts';
import leak from './leak.json' with { type: 'json' };
import { heldByPage, heldByServer, type PageHeld, type ServerHeld } from './held.ts';

/** A control room hears some 20 alerts and as many changes of them in an hour; fifty times that, and vehicles each second. */
const RATE = 50;
const ALERTS_PER_S = (40 / 3600) * RATE;
const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 5);
const BATCH = Math.max(1, Math.round(ALERTS_PER_S * 10));
const VEHICLES = 200;
const LOOKS = 10;
/** What opening, first scenes and prepared texts take on purpose is over by then. */
const WARM_LOOKS = 3;
/** Alerts that stay on screens: the same ones change again and again, so that what is shown stays the same size. */
const THINGS = 60;

interface Soaked {
  events: number;
  server: ServerHeld[];
  page: PageHeld[];
  serverSlope: number;
  pageSlope: number;
}

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
});

async function soak(minutes: number, environment: Record<string, string> = {}): Promise<Soaked> {
  const product = await startProduct({ environment, isInspected: true });
  const inspector = await openInspector(product);
  try {
    const cookie = await signIn(product.url);
    await keepScene(product.url, cookie, 'w1x1');
    const screens = await openScreens(browser, product);
    const { page, context } = await screens.open('/wall/w1x1/r1c1', { width: 480, height: 270 });
    await untilState(page, 'live');
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    const server: ServerHeld[] = [];
    const pages: PageHeld[] = [];
    const at: number[] = [];
    let events = 0;
    const endsAt = performance.now() + minutes * 60_000;
    for (let look = 0; look < LOOKS; look++) {
      const untilAt = endsAt - ((LOOKS - 1 - look) / LOOKS) * minutes * 60_000;
      do {
        const now = Date.now();
        const alerts = Array.from({ length: BATCH }, (_, n) => ({ key: `s-${events + n}`, ref: `s-${(events + n) % THINGS}`, at: now, kind: 'flood', level: 3, title: `Điểm ngập ${(events + n) % THINGS}`, text: `Lần ${events + n}`, position: [108.2 + ((events + n) % THINGS) / 1000, 16.05] }));
        const vehicles = Array.from({ length: VEHICLES }, (_, n) => ({ key: `v-${now}-${n}`, ref: `xe-${n}`, at: now, position: [108.2 + n / 10_000, 16.05 + (now % 1000) / 100_000], speedKmh: 30, headingDeg: 90, kind: 'bus' }));
        await post(product.url, 'alert', alerts);
        await post(product.url, 'vehicle', vehicles);
        events += BATCH + VEHICLES;
      } while (performance.now() < untilAt);
      server.push(await heldByServer(product.url, inspector.collect));
      pages.push(await heldByPage(session));
      at.push(events);
    }
    await screens.close();
    const slope = (values: readonly { heapBytes: number }[]) => slopeOf(values.slice(WARM_LOOKS).map(({ heapBytes }, n) => [at[n + WARM_LOOKS]!, heapBytes] as const));
    return { events, server, page: pages, serverSlope: slope(server), pageSlope: slope(pages) };
  } finally {
    inspector.close();
    await product.close();
  }
}

const flat = <T extends object>(looks: readonly T[], name: keyof T): number[] => looks.slice(WARM_LOOKS).map((look) => Number(look[name]));
const spread = (numbers: readonly number[]): number => Math.max(...numbers) - Math.min(...numbers);

test(`${MINUTES} minutes at ${RATE} times the rate: memory does not grow with events, counts stay flat, and a leaking build is caught`, async () => {
  const sound = await soak(MINUTES);
  const leaking = await soak(Math.max(0.7, MINUTES / 3), { NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${new URL('../security/mutants/hook.ts', import.meta.url).href}`, SEEDED_FAULT: JSON.stringify(leak) });
  const counts = {
    sockets: spread(flat(sound.server, 'sockets')), audiences: spread(flat(sound.server, 'audiences')), storeConnections: spread(flat(sound.server, 'storeConnections')),
    contexts: spread(flat(sound.page, 'contexts')), media: spread(flat(sound.page, 'media')), listeners: spread(flat(sound.page, 'listeners')), nodes: spread(flat(sound.page, 'nodes')),
    arrayBufferMib: Math.round(spread(flat(sound.server, 'arrayBufferBytes')) / 2 ** 20),
  };
  const report = { minutes: MINUTES, rate: RATE, events: sound.events, serverBytesPerEvent: sound.serverSlope, pageBytesPerEvent: sound.pageSlope, spreads: counts, leaking: { name: leak.name, events: leaking.events, serverBytesPerEvent: leaking.serverSlope }, server: sound.server, page: sound.page };
  mkdirSync(join(ROOT, 'test', 'report'), { recursive: true });
  writeFileSync(join(ROOT, 'test', 'report', 'soak-slopes.json'), JSON.stringify(report, null, 2));
  noteCount(`soak, ${MINUTES} minutes at ${RATE} times the rate`, `${sound.events} events; server ${sound.serverSlope.toFixed(2)} B per event, page ${sound.pageSlope.toFixed(2)}; spreads ${Object.entries(counts).map(([name, spread]) => `${name} ${spread}`).join(', ')}; the leaking build ${leaking.serverSlope.toFixed(1)} B per event over ${leaking.events} events`);
  expect(counts).toMatchObject({ sockets: 0, contexts: 0, media: 0, audiences: 0 });
  expect(counts.listeners).toBeLessThan(100);
  expect(leaking.serverSlope, 'the leaking build').toBeGreaterThan(Math.max(4, sound.serverSlope * 2));
  expect(sound.serverSlope).toBeLessThan(leaking.serverSlope / 2);
});
