import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeBundle } from '../../../server/start/bundle/makeBundle.ts';
import { ROOT } from '../../house/tree.ts';
import { freePort } from '../../support/freePort.ts';
import { resultOf, type Row } from '../row.ts';

const run = promisify(execFile);
const LIMIT_S = 180;
const ALONE = 'ip link set lo up && exec "$0" "$@"';

/** From the archive to a product that is ready, on a machine that reaches nobody: checked, unpacked, checked file by file, installed, started. */
export const row: Row = {
  name: 'install',
  isFullOnly: true,
  async measure({ say }) {
    const folder = mkdtempSync(join(tmpdir(), 'toan-canh-cai-'));
    const home = join(folder, 'opt');
    try {
      mkdirSync(join(folder, 'bundle'));
      const { archive, bytes } = await makeBundle(ROOT, join(folder, 'bundle'), Date.now(), say);
      const port = await freePort();
      const startedAt = performance.now();
      await run('sha256sum', ['--check', '--quiet', `${archive}.sha256`], { cwd: join(folder, 'bundle') });
      await run('tar', ['--extract', '--gzip', `--file=${archive}`, `--directory=${folder}`]);
      const unpackedMs = performance.now() - startedAt;
      const release = join(folder, archive.slice(archive.lastIndexOf('/') + 1).replace(/\.tar\.gz$/, ''));
      await run('unshare', ['--net', 'sh', '-c', ALONE, join(release, 'install.sh'), '--to', home, '--data', join(folder, 'data'), '--port', String(port), '--no-service'], { maxBuffer: 2 ** 26 });
      const wholeS = (performance.now() - startedAt) / 1000;
      return [
        resultOf('install.unpacked', 's', [unpackedMs / 1000], { against: 'nothing', aim: 'reported' }),
        resultOf('install.ready', 's', [wholeS], { against: 'three minutes', peer: LIMIT_S, aim: '≤ 180 s without a network' }),
        resultOf('install.archive', 'MiB', [bytes / 2 ** 20], { against: 'nothing', aim: 'reported' }),
      ];
    } finally {
      await run(join(home, 'toan-canh.sh'), ['stop']).catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
