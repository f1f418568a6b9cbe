import { expect, test } from 'vitest';
import type { PurgeReceipt } from '#contract/security.ts';
import { createPurgeReceipts, purgeReceiptPaper } from './purgeReceipt.ts';
import shipped from './settings.vi.json' with { type: 'json' };

const RECEIPT: PurgeReceipt = { id: 'pg-7', at: Date.parse('2026-11-22T03:00:00Z'), what: 'audit', before: Date.parse('2024-11-22T03:00:00Z'), rows: 1234, hash: 'ab'.repeat(32), by: 'ac-2', byName: 'Trần Thị B', reason: 'Hết hạn lưu giữ, biên bản 12/BB' };
const textOf = (receipt: PurgeReceipt) => JSON.stringify(purgeReceiptPaper(receipt, shipped));

test('the paper says what went, how much, when, by whom and why', () => {
  const text = textOf(RECEIPT);
  for (const said of ['Số: pg-7/BN', 'Nhật ký kiểm toán', '10:00 22/11/2024', '1.234', '10:00 22/11/2026', 'Trần Thị B (ac-2)', 'biên bản 12/BB', 'abababababababab abab']) expect(text).toContain(said);
  expect(text).not.toMatch(/\{\w+\}/);
});

test('the daily purge names the system and its rule; a person whose account left keeps the id', () => {
  expect(textOf({ ...RECEIPT, by: 'system', byName: null, reason: null })).toContain('Xóa định kỳ theo quy định lưu giữ');
  expect(textOf({ ...RECEIPT, byName: null })).toContain('"Người thực hiện","ac-2"');
});

test('it is printed as PDF under the number of the receipt', async () => {
  const file = await createPurgeReceipts(() => shipped).receipt(RECEIPT);
  expect([file.name, file.contentType, file.body.subarray(0, 5).toString()]).toEqual(['bien-nhan-xoa-pg-7.pdf', 'application/pdf', '%PDF-']);
});
