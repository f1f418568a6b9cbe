import { purgeSimulated } from '../store/collections/purgeSimulated.ts';
import { withStore } from '../start/openStore.ts';
import plans from '../start/sample/plans.vi.json' with { type: 'json' };

await withStore(async (engine) => {
  const receipt = await purgeSimulated(engine);
  // Their names may stand in traces of work, so the accounts stay and can be used no more.
  await engine.query('update account set disabled_at = coalesce(disabled_at, $2) where login = any($1)', [plans.people.map(({ user }) => user), Date.now()]);
  const total = Object.values(receipt).reduce((sum, rows) => sum + rows, 0);
  for (const [table, rows] of Object.entries(receipt)) if (rows > 0) console.log(`  ${table}: ${rows}`);
  console.log(`Đã xóa ${total} dòng mô phỏng; dữ liệu thật giữ nguyên. / ${total} simulated rows removed; real data is untouched.`);
});
