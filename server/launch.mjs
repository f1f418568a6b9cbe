import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = 'start', ...rest] = process.argv.slice(2);

const ENTRIES = {
  start: ['server/main.ts'],
  test: ['test/run.ts'],
  'test:full': ['test/run.ts', '--full'],
  'test:faults': ['test/run.ts', '--only', 'faults'],
  'test:soak': ['test/run.ts', '--only', 'soak'],
  check: ['test/run.ts', '--only', 'static'],
  bench: ['test/bench/run.ts'],
  'scenario:pictures': ['test/pictures/chapters.ts'],
  'geo:build': ['geo/import/build.ts'],
  'geo:import': ['geo/import/import.ts'],
};
const entry = ENTRIES[command] ?? [`server/commands/${command.replace(/:(\w)/g, (_, letter) => letter.toUpperCase())}.ts`];

const say = (text) => process.stderr.write(`${text}\n`);

function stop(text) {
  say(text);
  process.exit(1);
}

const lock = join(root, 'package-lock.json');
const installedFor = join(root, 'node_modules', '.installed-for');
const hashOfLock = () => createHash('sha256').update(readFileSync(lock)).digest('hex');

/** A lock file that was only touched, as a change of branch does, installs nothing again. */
function isInstalled() {
  if (existsSync(installedFor)) return readFileSync(installedFor, 'utf8') === hashOfLock();
  const done = join(root, 'node_modules', '.package-lock.json');
  return existsSync(done) && statSync(done).mtimeMs >= statSync(lock).mtimeMs;
}

function run(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    child.on('error', (error) => stop(`${file}: ${error.message}`));
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, pass);
      resolve(signal ? 1 : (code ?? 1));
    });
  });
}

async function install() {
  say('Cài đặt thư viện (lần đầu khoảng một phút) / installing libraries (about a minute the first time)');
  const startedAt = Date.now();
  const ticker = setInterval(() => say(`  … ${Math.round((Date.now() - startedAt) / 1000)} s`), 10_000);
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const stdio = ['ignore', 2, 2];
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { stdio })
    : await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { stdio, shell: process.platform === 'win32' });
  clearInterval(ticker);
  if (code !== 0) stop('Cài đặt không xong: kiểm tra mạng hoặc kho npm rồi chạy lại / installing failed: check the network or the npm registry and run again');
  writeFileSync(installedFor, hashOfLock());
  say(`  xong / done: ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

function runtime() {
  const isWindows = process.platform === 'win32';
  const folders = [`node-${isWindows ? 'win' : process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
  for (const folder of folders) {
    const file = join(root, 'node_modules', folder, 'bin', isWindows ? 'node.exe' : 'node');
    if (existsSync(file)) return file;
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return stop(`Không có Node 24 cho ${process.platform}-${process.arch}; hãy cài Node 24 trở lên / there is no Node 24 for this machine on npm: install Node 24 or newer`);
}

if (Number(process.versions.node.split('.')[0]) < 20) stop('Cần Node 20 trở lên / Node 20 or newer is needed');
if (!isInstalled()) await install();
if (!existsSync(join(root, entry[0]))) stop(`Không có lệnh này / there is no such command: ${command}`);
// Compiled code is kept between starts.
const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'), ...process.env };
process.exit(await run(runtime(), ['--disable-warning=ExperimentalWarning', ...entry, ...rest], { env }));
