import { resolve } from 'node:path';
import { restoreBackup } from '../start/backup/restore.ts';
import { configOrStop } from '../start/openStore.ts';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('npm run restore -- <thư mục sao lưu / backup folder>');
  process.exit(2);
}
const config = configOrStop();
const startedAt = Date.now();
try {
  const { manifest, epoch, aside } = await restoreBackup(config, resolve(folder), startedAt);
  console.log(`✓ Đã khôi phục bản ${manifest.madeAt} trong ${Math.round((Date.now() - startedAt) / 1000)} s; kỷ nguyên mới / restored, new epoch: ${epoch}`);
  if (aside.length > 0) console.log(`  Dữ liệu đang có được giữ ở / what stood there is kept in ${config.dataFolder}: ${aside.join(', ')}`);
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
