import { purgeSimulated } from '../store/collections/purgeSimulated.ts';
import { withStore } from '../start/openStore.ts';

await withStore(async (engine) => {
  const receipt = await purgeSimulated(engine);
  const total = Object.values(receipt).reduce((sum, rows) => sum + rows, 0);
  for (const [table, rows] of Object.entries(receipt)) if (rows > 0) console.log(`  ${table}: ${rows}`);
  console.log(`Đã xóa ${total} dòng mô phỏng; dữ liệu thật giữ nguyên. / ${total} simulated rows removed; real data is untouched.`);
});
