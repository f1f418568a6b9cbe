import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogAnswer } from '#contract/http.ts';
import { noteCount, spreadOf } from '../faults/counts.ts';
import { call, signIn } from '../support/door.ts';
import { startProduct, type Product } from '../support/product.ts';
import { createTcpProxy, type TcpProxy } from '../support/tcpProxy.ts';
import { openListener, type Listener } from './listener.ts';
import { FLAP_MS } from './schedule.ts';
import { createSender, type Sender } from './sender.ts';

const SCHEDULES = process.env.TEST_FULL === '1' ? 60 : 10;
/** A screen that is not whole by then has lost something; the promise is 5 s, and the slowest is printed. */
const LOST_AFTER_MS = 30_000;

let product: Product;
let cookie: string;
let sender: Sender;
let proxies: TcpProxy[];
let listeners: Listener[];
const told = { kills: 0, cuts: 0, schedules: 0, slowestMs: 0, againMs: [] as number[] };

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('burst' as const), count: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), count: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut' as const), screen: fc.integer({ min: 0, max: 1 }), how: fc.constantFrom('fin' as const, 'rst' as const, 'blackhole' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flap' as const), screen: fc.integer({ min: 0, max: 1 }), times: fc.integer({ min: 3, max: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('heal' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('one-by-one' as const), count: fc.integer({ min: 1, max: 6 }) }) },
);
const schedule = fc.record({ before: fc.array(step, { minLength: 2, maxLength: 8 }), kills: fc.boolean(), after: fc.array(step, { minLength: 1, maxLength: 6 }) });
type Step = { do: 'burst'; count: number } | { do: 'repeat'; count: number } | { do: 'cut'; screen: number; how: 'fin' | 'rst' | 'blackhole' } | { do: 'flap'; screen: number; times: number } | { do: 'heal' } | { do: 'one-by-one'; count: number };

async function play(steps: readonly Step[]): Promise<void> {
  for (const one of steps) {
    if (one.do === 'burst') await sender.burst(one.count);
    else if (one.do === 'repeat') await sender.repeat(one.count);
    else if (one.do === 'heal') proxies.forEach((proxy) => proxy.heal());
    else if (one.do === 'one-by-one') await oneByOne(one.count);
    else if (one.do === 'flap') await flap(proxies[one.screen]!, one.times);
    else {
      told.cuts++;
      proxies[one.screen]!.cut(one.how);
    }
  }
}

/** A line that comes and goes while alerts come. */
async function flap(proxy: TcpProxy, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    told.cuts++;
    proxy.cut('rst');
    await Promise.all([sender.burst(1), new Promise((resolve) => setTimeout(resolve, FLAP_MS))]);
  }
}

/** Each alert must be on every screen before the next is sent: nothing behind it can call it back. */
async function oneByOne(count: number): Promise<void> {
  proxies.forEach((proxy) => proxy.heal());
  await untilOnline();
  for (let n = 0; n < count; n++) {
    await sender.burst(1);
    told.slowestMs = Math.max(told.slowestMs, await untilAllShown());
  }
}

/** Kills the server in the middle of a batch and starts it again on the same port and folder. */
async function killInTheMiddle(): Promise<void> {
  const { port } = new URL(product.url);
  const sending = sender.burst(50);
  await product.kill('SIGKILL');
  told.kills++;
  product = await startProduct({ dataFolder: product.dataFolder, environment: { IOC_PORT: port } });
  told.againMs.push(product.readyAfterMs);
  await sending;
}

async function wholeLog(): Promise<LogAnswer['entries']> {
  const entries: LogAnswer['entries'] = [];
  for (let after = ''; ; ) {
    const page = await call<LogAnswer>(product.url, cookie, `/api/v1/log?topic=alert&limit=1000${after}`);
    entries.push(...page.entries);
    if (page.entries.length < 1000) return entries;
    after = `&after=${page.epoch}:${page.entries.at(-1)!.seq}`;
  }
}

const unshownBy = (listener: Listener): string[] => {
  const shown = listener.shown();
  return [...sender.answered.keys()].filter((key) => !shown.has(key));
};

async function untilAllShown(): Promise<number> {
  const calmAt = performance.now();
  /** Looked at again and again by the process the screens live in: while it looks they hear nothing. */
  const missing = () => listeners.map((listener) => unshownBy(listener).length);
  try {
    await expect.poll(missing, { timeout: LOST_AFTER_MS, interval: 50 }).toEqual(listeners.map(() => 0));
  } catch (error) {
    const seen = listeners.map((listener) => listener.told()).join('\n');
    const lost = [...new Set(listeners.flatMap(unshownBy))].map((key) => [key, sender.answered.get(key)] as const);
    const kept = new Map((await wholeLog()).map(({ key, seq }) => [key, seq]));
    const unkept = lost.filter(([key]) => !kept.has(key));
    console.log(`not shown in time: ${lost.join(' ')}; not in the log: ${unkept.join(' ') || 'none'}; the log ends at ${[...kept.values()].at(-1)}\n${seen}\nnow missing ${missing().join(', ')}; the server said:\n${product.logged().slice(-4000)}`);
    throw error;
  }
  return performance.now() - calmAt;
}

beforeAll(async () => {
  product = await startProduct();
  cookie = await signIn(product.url);
  const token = cookie.slice(cookie.indexOf('=') + 1);
  const port = Number(new URL(product.url).port);
  proxies = [await createTcpProxy(port), await createTcpProxy(port)];
  sender = createSender(() => product.url);
  listeners = [openListener(product.url, token), ...proxies.map((proxy) => openListener(`http://127.0.0.1:${proxy.port}`, token))];
});

afterAll(async () => {
  for (const listener of listeners ?? []) listener.close();
  for (const proxy of proxies ?? []) await proxy.close();
  await product?.close();
});

const untilOnline = () => expect.poll(() => listeners.every(({ isOnline }) => isOnline), { timeout: LOST_AFTER_MS, interval: 50 }).toBe(true);

test('whatever is cut or killed, each accepted alert is in the log once and on every screen', async () => {
  await untilOnline();
  await fc.assert(
    fc.asyncProperty(schedule, async ({ before, kills, after }) => {
      await play(before);
      if (kills) await killInTheMiddle();
      await play(after);
      proxies.forEach((proxy) => proxy.heal());
      await untilOnline();
      told.slowestMs = Math.max(told.slowestMs, await untilAllShown());
      told.schedules++;

      const log = await wholeLog();
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => log[0]!.seq + at));
      expect(new Map(log.map(({ key, seq }) => [key, seq]))).toEqual(sender.answered);
      expect(log).toHaveLength(sender.answered.size);
      for (const listener of listeners) expect([...listener.shown().keys()].sort()).toEqual([...sender.answered.keys()].sort());
    }),
    { numRuns: SCHEDULES, endOnFailure: true },
  );
  noteCount('schedules over one server on the embedded store', `${told.schedules} schedules, ${told.kills} kills, ${told.cuts} cuts; ${sender.answered.size} alerts in ${sender.tries} requests: 0 lost, 0 twice; slowest whole screen ${(told.slowestMs / 1000).toFixed(1)} s after calm${told.kills > 0 ? `; serving again after a kill ${spreadOf(told.againMs)}` : ''}`);
});
