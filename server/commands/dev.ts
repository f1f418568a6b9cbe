import { spawn, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../start/root.ts';

const WATCHED = ['client', 'server', 'layouts', 'geo'];
const IGNORED = /(^|\/)(dist|node_modules|data)\/|\.test\.ts$|\.(md|tmp)$|~$/;
const QUIET_MS = 300;

const held: { child?: ChildProcess; timer?: NodeJS.Timeout; isStopping: boolean } = { isStopping: false };

function start(): void {
  held.child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(ROOT, 'server', 'main.ts')], { cwd: ROOT, stdio: 'inherit' });
  held.child.once('exit', (code) => {
    if (held.isStopping) process.exit(code ?? 0);
  });
}

function restart(path: string): void {
  clearTimeout(held.timer);
  held.timer = setTimeout(() => {
    console.error(`thay đổi / changed: ${path}`);
    const { child } = held;
    if (!child || child.exitCode !== null || child.signalCode !== null) return start();
    child.once('exit', start);
    child.kill('SIGTERM');
  }, QUIET_MS);
}

function stop(): void {
  held.isStopping = true;
  clearTimeout(held.timer);
  if (!held.child || held.child.exitCode !== null) process.exit(0);
  held.child.kill('SIGTERM');
}

for (const folder of WATCHED) {
  watch(join(ROOT, folder), { recursive: true }, (_event, name) => {
    const path = `${folder}/${name ?? ''}`;
    if (!IGNORED.test(path)) restart(path);
  });
}
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
start();
