import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { keepWindow, type KeptWindow } from './keepWindow.ts';

const folder = mkdtempSync(join(tmpdir(), 'toan-canh-window-'));
const starts = join(folder, 'starts');
let kept: KeptWindow | undefined;

/** A browser made of a script: notes that it started, then does what is asked of it. */
function browserThat(does: string): string {
  const path = join(folder, 'browser');
  writeFileSync(path, `#!${process.execPath}\nconst fs = require('node:fs');\nfs.appendFileSync(${JSON.stringify(starts)}, process.argv.slice(2).join(' ') + '\\n');\n${does}\n`);
  chmodSync(path, 0o755);
  return path;
}
const started = () => (existsSync(starts) ? readFileSync(starts, 'utf8').trim().split('\n') : []);

afterEach(() => {
  kept?.close();
  rmSync(starts, { force: true });
});

test('a browser that ends is started again with the same arguments', async () => {
  const why: string[] = [];
  kept = keepWindow({ browser: browserThat('process.exit(0);'), args: ['--kiosk'], againAfterMs: 5, onAgain: (reason) => why.push(reason), onError: () => undefined });
  await vi.waitFor(() => expect(started().length).toBeGreaterThan(2), 20_000);
  expect(new Set(started())).toEqual(new Set(['--kiosk --remote-debugging-pipe']));
  expect(new Set(why)).toEqual(new Set(['ended']));
});

test('a browser whose page died is ended and started again; other news changes nothing', async () => {
  const why: string[] = [];
  const does = `const out = fs.createWriteStream('', { fd: 4 });
fs.createReadStream('', { fd: 3 }).on('data', (asked) => {
  if (!String(asked).includes('Target.setDiscoverTargets')) process.exit(9);
  out.write('{"method":"Target.targetCreated"}\\0{"method":"Target.target');
  setTimeout(() => out.write('Crashed","params":{}}\\0'), 30);
});
setInterval(() => undefined, 1000);`;
  kept = keepWindow({ browser: browserThat(does), args: [], againAfterMs: 5, onAgain: (reason) => why.push(reason), onError: () => undefined });
  await vi.waitFor(() => expect(started().length).toBeGreaterThan(1), 20_000);
  expect(why[0]).toBe('page-died');
});

test('a closed window stays closed, and a browser that is not there is said', async () => {
  const onError = vi.fn();
  kept = keepWindow({ browser: join(folder, 'none'), args: [], againAfterMs: 60_000, onAgain: () => undefined, onError });
  await vi.waitFor(() => expect(onError).toHaveBeenCalled(), 20_000);
  kept.close();
  expect(started()).toEqual([]);
});
