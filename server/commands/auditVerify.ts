import { verifyAudit } from '../store/accounts/audit.ts';
import { withStore } from '../start/openStore.ts';

const WHY = { missing: 'bị xóa / was removed', changed: 'bị sửa / was changed' };

await withStore(async (engine) => {
  const check = await verifyAudit(engine);
  if (check.ok) {
    console.log(`✓ ${check.lines} dòng nhật ký kiểm toán nguyên vẹn / audit lines hold; ${check.head.slice(0, 16)}`);
    return;
  }
  console.error(`✗ dòng / line ${check.firstBad}: ${WHY[check.why]}; ${check.lines} dòng trước đó nguyên vẹn / lines before it hold`);
  process.exitCode = 1;
});
