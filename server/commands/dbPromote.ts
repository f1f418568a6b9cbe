import { createLog } from '../kernel/log.ts';
import { configOrStop } from '../start/openStore.ts';
import { promote } from '../store/engine/promote.ts';

const config = configOrStop();
if (!config.DATABASE_URL) {
  console.error('✗ Đặt DATABASE_URL tới một cơ sở dữ liệu PostgreSQL trống. / Set DATABASE_URL to an empty PostgreSQL database.');
  process.exit(1);
}
try {
  const { tables } = await promote({ dataFolder: config.dataFolder, databaseUrl: config.DATABASE_URL, log: createLog(config.IOC_LOG) });
  for (const { name, rows } of tables) if (rows > 0) console.log(`  ${name}: ${rows}`);
  console.log('✓ Đã chuyển kho nhúng sang PostgreSQL; kho cũ giữ nguyên. / The embedded store is now in PostgreSQL; the old one is untouched.');
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
