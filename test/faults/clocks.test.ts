import { afterEach, expect, test } from 'vitest';
import type { IngestAnswer, LogAnswer } from '#contract/http.ts';
import type { SystemState } from '#contract/system.ts';
import { openListener } from '../delivery/listener.ts';
import { call, post, signIn } from '../support/door.ts';
import { startSite } from '../support/nodes.ts';
import type { Product } from '../support/product.ts';
import { noteCount } from './counts.ts';

const IS_FULL = process.env.TEST_FULL === '1';
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
/** Seven hours is what a machine is wrong by that takes local time for UTC. */
const SHIFTS = IS_FULL ? [7 * HOUR, HOUR, -HOUR] : [7 * HOUR];
const HOOK = new URL('./shiftedClock.ts', import.meta.url).href;
/** A source may be ahead by five minutes. */
const MOST_AHEAD_MS = 5 * MINUTE;

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const signed = (ms: number) => `${ms > 0 ? '+' : '-'}${Math.abs(ms) / HOUR} h`;
const alert = (key: string, at: number) => ({ key, at, kind: 'flood', level: 3, title: `Điểm ngập ${key}`, position: [108.2, 16.05] });
const answersOf = (results: IngestAnswer['results']) => results.map(({ status, fault }) => fault?.code ?? status);
const mine = (keys: Iterable<string>) => [...keys].filter((key) => key.startsWith('g-'));

test.each(SHIFTS.map((ms) => [signed(ms), ms] as const))('a server whose clock is wrong by %s takes, orders and shows what comes, and says so', async (_, shiftMs) => {
  const site = await startSite();
  closing.push(site.close);
  const right = await site.add();
  const wrong = await site.add({ NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${HOOK}`, SHIFT_MS: String(shiftMs) });
  const cookies = new Map<Product, string>([[right, await signIn(right.url)], [wrong, await signIn(wrong.url)]]);
  const tokenOf = (at: Product) => cookies.get(at)!.slice(cookies.get(at)!.indexOf('=') + 1);
  const screens = [openListener(right.url, tokenOf(right)), openListener(wrong.url, tokenOf(wrong))];
  closing.push(() => screens.forEach((screen) => screen.close()));
  await expect.poll(() => screens.every(({ isOnline }) => isOnline)).toBe(true);

  const isTooNew = shiftMs < -MOST_AHEAD_MS;
  const taken: string[] = [];
  for (let n = 0; n < 10; n++) {
    for (const [at, by] of [[right, 'd'], [wrong, 's']] as const) {
      const answers = answersOf(await post(at.url, 'alert', [alert(`g-${n}${by}`, Date.now() - 1000)]));
      expect(answers).toEqual([at === wrong && isTooNew ? 'INGEST_FUTURE' : 'accepted']);
      if (answers[0] === 'accepted') taken.push(`g-${n}${by}`);
    }
  }
  for (const screen of screens) await expect.poll(() => mine(screen.shown().keys()).sort()).toEqual([...taken].sort());
  const logs = await Promise.all([right, wrong].map((at) => call<LogAnswer>(at.url, cookies.get(at)!, '/api/v1/log?topic=alert&limit=1000')));
  expect(logs[0]!.entries).toEqual(logs[1]!.entries);
  expect(mine(logs[0]!.entries.map(({ key }) => key))).toEqual(taken);

  const dutyOf = async (at: Product) => (await call<SystemState>(at.url, cookies.get(at)!, '/api/v1/system')).nodes.filter(({ isOnDuty }) => isOnDuty).map(({ name }) => name);
  await expect.poll(() => dutyOf(right)).toHaveLength(1);
  expect(await dutyOf(wrong)).toEqual(await dutyOf(right));
  expect(wrong.logged()).toContain('the clock of this machine and that of the database differ');
  noteCount(`a server whose clock is wrong by ${signed(shiftMs)}`, `${taken.length} of 20 alerts taken${isTooNew ? ', the rest refused one by one as ahead of its clock' : ''}: 0 lost, 0 twice, one order at both servers, one of them on duty, the difference said in its log`);
});

test('screens a day wrong show the same, by the time of the server; what a source dates is judged by its own time', async () => {
  const site = await startSite();
  closing.push(site.close);
  const server = await site.add();
  const cookie = await signIn(server.url);
  const shifts = [-DAY, 0, DAY];
  const screens = shifts.map((ms) => openListener(server.url, cookie.slice(cookie.indexOf('=') + 1), { localNow: () => Date.now() + ms }));
  closing.push(() => screens.forEach((screen) => screen.close()));
  await expect.poll(() => screens.every(({ isOnline }) => isOnline)).toBe(true);

  const now = Date.now();
  const sent = [alert('g-nay', now - 1000), alert('g-qua', now - DAY), alert('g-sap', now + 4 * MINUTE), alert('g-sau', now + 7 * HOUR), alert('g-truoc', now - HOUR)];
  expect(answersOf(await post(server.url, 'alert', sent))).toEqual(['accepted', 'accepted', 'accepted', 'INGEST_FUTURE', 'accepted']);
  for (const screen of screens) await expect.poll(() => mine(screen.shown().keys()).sort()).toEqual(['g-nay', 'g-qua', 'g-sap', 'g-truoc']);
  const { entries } = await call<LogAnswer>(server.url, cookie, '/api/v1/log?topic=alert&limit=1000');
  expect(mine(entries.map(({ key }) => key))).toEqual(['g-nay', 'g-qua', 'g-sap', 'g-truoc']);
  await expect.poll(() => Math.max(...screens.map((screen) => Math.abs(screen.serverNow() - Date.now())))).toBeLessThan(1000);
  noteCount('screens a day behind and ahead, a source of yesterday and of tomorrow', `3 screens alike and by the time of the server within a second; 4 of 5 messages taken, in the order they came; the one 7 hours ahead refused by name`);
});
