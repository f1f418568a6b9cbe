import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeBackup } from '../start/backup/backup.ts';
import { configOrStop } from '../start/openStore.ts';
import { ROOT } from '../start/root.ts';

const config = configOrStop();
const now = Date.now();
const stamp = new Date(now).toISOString().replaceAll(':', '-').slice(0, 19);
const folder = resolve(process.argv[2] ?? join(config.dataFolder, 'backups', stamp));
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
try {
  const manifest = await makeBackup(config, folder, { version, now }, (text) => console.log(text));
  const mib = manifest.files.reduce((sum, file) => sum + file.bytes, 0) / 2 ** 20;
  console.log(`✓ ${manifest.files.length} tệp, ${mib.toFixed(1).replace('.', ',')} MiB, đã kiểm tra lại từng byte / files, every byte read again: ${folder}`);
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
