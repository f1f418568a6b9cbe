import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Page as Listing } from '#contract/http.ts';
import type { OutputHealth } from '#contract/wall.ts';
import { loadLayouts } from '../../layouts/load.ts';
import { SESSION_COOKIE } from '../../server/http/session.ts';
import { installScripts } from '../../server/start/wallLauncher/installScripts.ts';
import { ROOT } from '../house/tree.ts';
import { call, keepScene, signIn } from '../support/door.ts';
import { freePort } from '../support/freePort.ts';
import { chromiumPath } from '../support/machine.ts';
import { sharedProduct } from '../support/shared.ts';

const SCENE = { schema: 2, id: 'kiosk', name: { vi: 'Đồng hồ', en: 'Clock' }, size: [1920, 1080], tiles: [{ id: 'clock', widget: 'clock', rect: { x: 0, y: 0, width: 1920, height: 1080 } }] };
const WITHOUT_DISPLAY = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** Four browsers that start at once on two cores. */
const WITHIN = { timeout: 120_000 };

const { walls } = await loadLayouts(join(ROOT, 'layouts'));
const outputsOf = (wall: string) => walls.get(wall)!.outputs.map(({ id }) => id);
let folder: string;
let url: string;
let cookie: string;
let launcher: ChildProcess | undefined;
const doors = new Map<string, number>();

const command = (name: string, body: object) => call<Record<string, unknown>>(url, cookie, `/api/v1/commands/${name}`, body);
const startsOf = (output: string): number[] => {
  const noted = join(folder, 'starts');
  const lines = existsSync(noted) ? readFileSync(noted, 'utf8').trim().split('\n') : [];
  return lines.filter((line) => line.endsWith(` ${output}`)).map((line) => Number.parseInt(line, 10));
};
const isOpen = (output: string) => fetch(`http://127.0.0.1:${doors.get(output)}/json/version`).then(() => true, () => false);
async function shownOn(wall: string): Promise<Map<string, string>> {
  const { items } = await call<Listing<OutputHealth>>(url, cookie, '/api/v1/outputs');
  return new Map(items.filter((one) => one.wall === wall && one.connected).map(({ output, client }) => [output, client]));
}

/** The installed browser with nothing to show on, which notes its starts and lets the test look in. */
async function browserFor(outputs: readonly string[]): Promise<string> {
  for (const output of outputs) doors.set(output, await freePort());
  const path = join(folder, 'browser');
  const cases = outputs.map((output) => `*-${output}\\ *) output=${output} door=${doors.get(output)};;`).join(' ');
  writeFileSync(path, `#!/bin/sh\ncase "$*" in ${cases} esac\necho "$$ $output" >>'${join(folder, 'starts')}'\nexec '${chromiumPath()}' ${WITHOUT_DISPLAY.join(' ')} --remote-debugging-port=$door "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

async function inPage<T>(output: string, work: (page: Page) => Promise<T>): Promise<T> {
  await expect.poll(() => isOpen(output), WITHIN).toBe(true);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${doors.get(output)}`, WITHIN);
  try {
    return await work(browser.contexts()[0]!.pages()[0]!);
  } finally {
    await browser.close();
  }
}

/** Lets every output of a wall in, and waits until its browser has written that down: it does so half a minute later. */
async function pair(wall: string, profiles: string): Promise<void> {
  for (const output of outputsOf(wall)) {
    const code = await inPage(output, (page) => page.locator('[data-pairing-code]').getAttribute('data-pairing-code', WITHIN));
    await call(url, cookie, '/api/v1/pairing/approve', { code, wall });
  }
  for (const output of outputsOf(wall)) {
    const cookies = join(folder, profiles, `${wall}-${output}`, 'Default', 'Cookies');
    await expect.poll(() => existsSync(cookies) && readFileSync(cookies, 'latin1').includes(SESSION_COOKIE), WITHIN).toBe(true);
  }
}

/** Another window on this output, the same ones on all others. */
async function cameBack(wall: string, output: string, before: ReadonlyMap<string, string>, starts: number): Promise<void> {
  await expect.poll(() => startsOf(output).length, WITHIN).toBeGreaterThan(starts);
  const others = (shown: ReadonlyMap<string, string>) => [...shown].filter(([id]) => id !== output).sort();
  await expect
    .poll(async () => {
      const now = await shownOn(wall);
      return { isAnother: now.has(output) && now.get(output) !== before.get(output), others: others(now) };
    }, WITHIN)
    .toEqual({ isAnother: true, others: others(before) });
}

const start = (program: string, args: readonly string[], browser: string): ChildProcess =>
  spawn(program, args, { cwd: ROOT, stdio: 'ignore', detached: true, env: { PATH: process.env.PATH, HOME: folder, IOC_DATA: folder, IOC_CHROMIUM: browser } });

beforeAll(async () => {
  ({ url } = await sharedProduct('quiet'));
  cookie = await signIn(url);
  await command('scene.save', { scene: SCENE });
  await command('scene.publish', { id: SCENE.id, version: 1 });
  for (const wall of ['w1x1', 'w2x2']) {
    await keepScene(url, cookie, wall);
    await command('wall.apply', { wall, act: { do: 'scene', scene: SCENE.id } });
  }
  folder = mkdtempSync(join(tmpdir(), 'toan-canh-kiosk-'));
});

afterEach(() => {
  if (launcher?.pid !== undefined && launcher.exitCode === null && launcher.signalCode === null) process.kill(-launcher.pid, 'SIGKILL');
});

afterAll(async () => {
  for (const wall of ['w1x1', 'w2x2']) await command('wall.apply', { wall, act: { do: 'scene', scene: 'toan-canh' } });
  await command('scene.withdraw', { id: SCENE.id });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('npm run wall opens one window per output, brings back one that is killed or whose page dies, and ends all with itself', async () => {
  const outputs = outputsOf('w2x2');
  launcher = start(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/commands/wall.ts', 'w2x2', '--url', url], await browserFor(outputs));
  await pair('w2x2', 'wall-windows');
  await expect.poll(async () => [...(await shownOn('w2x2')).keys()].sort(), WITHIN).toEqual(outputs);
  expect(outputs.map((output) => startsOf(output).length)).toEqual([1, 1, 1, 1]);

  const first = await shownOn('w2x2');
  process.kill(startsOf('r1c2')[0]!, 'SIGKILL');
  await cameBack('w2x2', 'r1c2', first, 1);

  const second = await shownOn('w2x2');
  const starts = startsOf('r2c1').length;
  await inPage('r2c1', async (page) => {
    const door = await page.context().newCDPSession(page);
    door.send('Page.crash').catch(() => undefined);
    await expect.poll(() => startsOf('r2c1').length, WITHIN).toBeGreaterThan(starts);
  });
  await cameBack('w2x2', 'r2c1', second, starts);

  launcher.kill('SIGTERM');
  await expect.poll(() => launcher!.exitCode, WITHIN).toBe(0);
  await expect.poll(async () => (await Promise.all(outputs.map(isOpen))).some(Boolean), WITHIN).toBe(false);
});

test('the script of a wall PC does the same without the product being installed there', async () => {
  const [script] = installScripts({ profile: walls.get('w1x1')!, url, origin: { x: 0, y: 0 } });
  const path = join(folder, script!.name);
  writeFileSync(path, script!.text.replaceAll('/var/lib/toan-canh-wall', join(folder, 'installed')));
  const before = startsOf('r1c1').length;
  launcher = start('sh', [path], await browserFor(['r1c1']));
  await pair('w1x1', 'installed');
  await expect.poll(async () => (await shownOn('w1x1')).size, WITHIN).toBe(1);
  const shown = await shownOn('w1x1');
  process.kill(startsOf('r1c1').at(-1)!, 'SIGKILL');
  await cameBack('w1x1', 'r1c1', shown, before + 1);
  process.kill(-launcher.pid!, 'SIGTERM');
  await expect.poll(() => isOpen('r1c1'), WITHIN).toBe(false);
});
