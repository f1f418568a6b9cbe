import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadLayouts } from '../../layouts/load.ts';
import { readConfig } from '../kernel/config.ts';
import { ROOT } from '../start/root.ts';
import { browserCommands, shellLine } from '../start/wallLauncher/browserCommands.ts';
import { findBrowser } from '../start/wallLauncher/findBrowser.ts';
import { installScripts } from '../start/wallLauncher/installScripts.ts';
import { keepWindow } from '../start/wallLauncher/keepWindow.ts';

const AGAIN_AFTER_MS = 2000;
const AGAIN = { ended: 'cửa sổ đã đóng, mở lại / the window ended and is opened again', 'page-died': 'trang đã hỏng, mở lại / the page died and is opened again' };

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, origin: { type: 'string', default: '0,0' }, print: { type: 'boolean' }, 'install-scripts': { type: 'string' } },
});
const { walls } = await loadLayouts(join(ROOT, 'layouts'));
const profile = walls.get(positionals[0] ?? '') ?? fail(`npm run wall <${[...walls.keys()].join('|')}> [-- --print] [--url http://…] [--origin x,y] [--install-scripts folder]`);
const answer = readConfig(process.env, ROOT);
if ('problems' in answer) fail(answer.problems.join('\n'));
const { config } = answer;
const url = values.url ?? `${config.IOC_TLS === 'auto' || config.IOC_TLS_CERT ? 'https' : 'http'}://${config.IOC_HOST}:${config.IOC_PORT}`;
const [x = 0, y = 0] = values.origin.split(',').map(Number);
if (!Number.isInteger(x) || !Number.isInteger(y)) fail('--origin is x,y in desktop pixels');
const origin = { x, y };
const folder = values['install-scripts'];

if (folder !== undefined) {
  mkdirSync(folder, { recursive: true });
  for (const { name, text, isExecutable } of installScripts({ profile, url, origin })) {
    writeFileSync(join(folder, name), name.endsWith('.ps1') ? `\uFEFF${text.replaceAll('\n', '\r\n')}` : text);
    if (isExecutable) chmodSync(join(folder, name), 0o755);
    console.log(join(folder, name));
  }
} else {
  const separator = process.platform === 'win32' ? '\\' : '/';
  const commands = browserCommands({ profile, url, origin, separator, profileFolder: join(config.dataFolder || tmpdir(), 'wall-windows') });
  const browser = findBrowser(process.env, process.platform, existsSync) ?? (values.print ? 'chromium' : fail('Không có Chromium, Chrome hay Edge / no Chromium, Chrome or Edge: set IOC_CHROMIUM'));
  if (values.print) {
    for (const command of commands) console.log(shellLine(browser, command));
  } else {
    const windows = commands.map(({ output, args }) =>
      keepWindow({
        browser,
        args,
        againAfterMs: AGAIN_AFTER_MS,
        onAgain: (why) => console.log(`${output}: ${AGAIN[why]}`),
        onError: (error) => console.error(`${output}: ${error.message}`),
      }),
    );
    console.log(`${profile.outputs.length} cửa sổ / windows · ${url}/wall/${profile.id} (Ctrl+C)`);
    const end = () => {
      for (const window of windows) window.close();
      process.exit(0);
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  }
}
