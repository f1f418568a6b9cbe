import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { call, signIn } from '../support/door.ts';
import { freePort } from '../support/freePort.ts';
import { ADMIN_PASSWORD } from '../support/product.ts';
import { sharedProduct } from '../support/shared.ts';

interface Ended {
  code: number;
  sheet: string;
  said: string;
}

/** The command as a customer runs it. */
const run = (url: string, password: string): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, ['--disable-warning=ExperimentalWarning', join(ROOT, 'server/commands/acceptance.ts'), url], { env: { PATH: process.env.PATH, ACCEPTANCE_PASSWORD: password } }, (_error, sheet, said) => resolve({ code: child.exitCode ?? -1, sheet, said }));
  });

test('the acceptance script prints a sheet to sign, names what is missing, and leaves nothing open behind', async () => {
  const { url } = await sharedProduct('quiet');
  const cookie = await signIn(url);
  const { backups } = await call<{ backups: unknown[] }>(url, cookie, '/api/v1/upkeep');
  const { code, sheet, said } = await run(url, ADMIN_PASSWORD);
  const failed = said.split('\n').filter((line) => line.startsWith('✗') && !line.includes('Ổ đĩa'));
  expect(failed).toEqual(backups.length > 0 ? [] : [expect.stringContaining('Sao lưu và thử ngay')]);
  expect(code).toBe(said.includes('✗') ? 1 : 0);
  expect(sheet).toContain('# BIÊN BẢN NGHIỆM THU KỸ THUẬT');
  expect(sheet.match(/^\| \d+ \| /gm)).toHaveLength(12 + 8);
  const { items } = await call<{ items: { title: string; status: string }[] }>(url, cookie, '/api/v1/alerts?limit=200');
  expect(items.find(({ title }) => title.startsWith('Nghiệm thu'))).toMatchObject({ status: 'ended' });
  const { items: keys } = await call<{ items: { source: string; revokedAt: number | null }[] }>(url, cookie, '/api/v1/keys');
  expect(keys.filter(({ source }) => source === 'nghiemthu').every(({ revokedAt }) => revokedAt !== null)).toBe(true);
});

test('a wrong password and a server that is away are said in one plain line', async () => {
  const { url } = await sharedProduct('quiet');
  const wrong = await run(url, 'khong-phai-mat-khau');
  expect(wrong.code).toBe(1);
  expect(wrong.said.trim().split('\n')).toEqual([expect.stringMatching(/^✗ Đăng nhập bằng tài khoản quản trị: HTTP 401: \S/)]);
  const away = await run(`http://127.0.0.1:${await freePort()}`, ADMIN_PASSWORD);
  expect(away.said).toContain('không nối được tới máy chủ');
});
