import { verifyAudit } from '../store/accounts/audit.ts';
import { readHeads } from '../store/accounts/auditHeads.ts';
import { verifyWallLog } from '../store/walls/wallChain.ts';
import { withStore } from '../start/openStore.ts';

const WHY = { missing: 'bị xóa / was removed', changed: 'bị sửa / was changed', unsigned: 'chữ ký của đầu chuỗi không đúng / the signature of its head is wrong' };
const PART = { picture: 'hình đã chiếu / the picture shown', line: 'dòng nhật ký / the line' };

await withStore(async (engine, { dataFolder }) => {
  const check = await verifyAudit(engine, readHeads(dataFolder));
  if (check.ok) console.log(`✓ ${check.lines} dòng nhật ký kiểm toán nguyên vẹn / audit lines hold; ${check.head.slice(0, 16)}`);
  else console.error(`✗ dòng / line ${check.firstBad}: ${WHY[check.why]}; ${check.lines} dòng trước đó nguyên vẹn / lines before it hold`);
  const walls = await verifyWallLog(engine);
  if (walls.ok) console.log(`✓ ${walls.lines} trạng thái màn hình ghép nguyên vẹn / wall states hold; ${walls.walls} màn hình / walls`);
  else console.error(`✗ ${walls.wall} bản / revision ${walls.rev}: ${PART[walls.part]} ${WHY[walls.why]}; ${walls.lines} trạng thái trước đó nguyên vẹn / states before it hold`);
  if (!check.ok || !walls.ok) process.exitCode = 1;
});
