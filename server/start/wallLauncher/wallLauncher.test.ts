import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadLayouts } from '../../../layouts/load.ts';
import { browserCommands, desktopPlace, shellLine } from './browserCommands.ts';
import { findBrowser } from './findBrowser.ts';
import { installScripts } from './installScripts.ts';

const { walls } = await loadLayouts(fileURLToPath(new URL('../../../layouts/', import.meta.url)));
const profile = walls.get('w9x3')!;
const plan = { profile, url: 'http://10.0.0.5:8080/', origin: { x: 1920, y: 0 } };

test('every output has one window with its own profile on its own display', () => {
  const commands = browserCommands({ ...plan, profileFolder: '/tmp/p', separator: '/' });
  expect(commands).toHaveLength(27);
  expect(commands.at(-1)?.args).toEqual(expect.arrayContaining(['--kiosk', '--app=http://10.0.0.5:8080/wall/w9x3/r3c9', '--user-data-dir=/tmp/p/w9x3-r3c9', '--window-position=17280,2160', '--window-size=1920,1080', '--disable-background-timer-throttling']));
  expect(new Set(commands.map(({ args }) => args[2])).size).toBe(27);
});

test('gaps for bezels are no gaps on the desktop', () => {
  const outputs = [{ id: 'r1c1', rect: { x: 0, y: 0, width: 1920, height: 1080 } }, { id: 'r1c2', rect: { x: 1933, y: 0, width: 1280, height: 1080 } }, { id: 'r1c3', rect: { x: 3226, y: 0, width: 1920, height: 1080 } }];
  expect(outputs.map((output) => desktopPlace(outputs, output).x)).toEqual([0, 1920, 3200]);
});

test('the printed line survives a shell', () => {
  expect(shellLine('/opt/My Browser', { output: 'r1c1', args: ['--app=http://a/b?c=1&d=2'] })).toBe(`'/opt/My Browser' '--app=http://a/b?c=1&d=2'`);
});

test('the scripts name every output, leave no blank, and the shell can read them', () => {
  const files = installScripts(plan);
  expect(files.map(({ name }) => name)).toEqual(['toan-canh-wall-w9x3.sh', 'toan-canh-wall-w9x3.service', 'toan-canh-wall-w9x3.ps1', 'README.txt']);
  for (const { text } of files) expect(text).not.toContain('{{');
  for (const index of [0, 2]) for (const { id } of profile.outputs) expect(files[index]?.text).toContain(`/wall/w9x3/${id}`);
  execFileSync('sh', ['-n'], { input: files[0]!.text });
});

test('the named browser goes first, none is found where none is', () => {
  expect(findBrowser({ IOC_CHROMIUM: '/x' }, 'linux', () => false)).toBe('/x');
  expect(findBrowser({}, 'linux', (path) => path === '/usr/bin/google-chrome')).toBe('/usr/bin/google-chrome');
  expect(findBrowser({ ProgramFiles: 'C:\\P' }, 'win32', (path) => path.endsWith('msedge.exe'))).toBe('C:\\P\\Microsoft\\Edge\\Application\\msedge.exe');
  expect(findBrowser({}, 'aix', () => true)).toBeUndefined();
});
