import type { Checked } from './acceptance.ts';
import byHand from './byHand.vi.json' with { type: 'json' };
import words from './text.vi.json' with { type: 'json' };

const cell = (text: string) => text.replaceAll('|', '/');

/** The sheet that is printed and signed: what the machine checked, what people check beside the wall, who signs. */
export function sheetOf(url: string, results: readonly Checked[], at: Date): string {
  const lines = results.map(({ id, ok, seen, tookMs }, index) => `| ${index + 1} | ${words[id]} | ${ok ? 'Đạt' : 'KHÔNG ĐẠT'} | ${cell(seen)} | ${tookMs} ms |`);
  const good = results.filter(({ ok }) => ok).length;
  return [
    '# BIÊN BẢN NGHIỆM THU KỸ THUẬT',
    '',
    `Hệ thống: Toàn Cảnh, ${url}`,
    `Thời điểm: ${at.toLocaleString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh' })}`,
    '',
    '## A. Máy kiểm tra',
    '',
    '| TT | Nội dung | Kết quả | Ghi nhận | Thời gian |',
    '|---|---|---|---|---|',
    ...lines,
    '',
    `Đạt ${good}/${Object.keys(words).length}.`,
    '',
    '## B. Kiểm tra tại chỗ',
    '',
    '| TT | Nội dung | Đạt | Không đạt | Ghi chú |',
    '|---|---|---|---|---|',
    ...byHand.map((text, index) => `| ${index + 1} | ${text} | ☐ | ☐ | |`),
    '',
    '| Đại diện đơn vị sử dụng | Đại diện đơn vị triển khai |',
    '|---|---|',
    '| (ký, ghi rõ họ tên) | (ký, ghi rõ họ tên) |',
    '',
  ].join('\n');
}
