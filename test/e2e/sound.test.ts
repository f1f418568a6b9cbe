import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, CDPSession } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { openBrowser } from '../support/browser.ts';
import { call, post, signIn } from '../support/door.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, type Screens } from '../support/screens.ts';

const PICTURES = join(ROOT, 'test/report/screenshots');

/** Reads from a page as nobody's hand: what a test asks in the usual way counts as a touch, and lets sound out. */
async function readUntouched(session: CDPSession, expression: string): Promise<unknown> {
  return (await session.send('Runtime.evaluate', { expression, userGesture: false, returnByValue: true })).result.value;
}

let browser: Browser;
let product: Product;
let screens: Screens;

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct()]);
  screens = await openScreens(browser, product);
});
afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

test('a page nobody has touched says that it is mute; one touch and it sounds until somebody takes the alert', async () => {
  const cookie = await signIn(product.url);
  const { page, context } = await screens.open('/desk', { width: 1440, height: 900 }, cookie);
  const session = await context.newCDPSession(page);
  await expect.poll(() => readUntouched(session, `document.querySelector('[data-act="sound"]')?.innerText.trim()`), { timeout: 90_000 }).toBe('Tiếng bị chặn');
  const { data } = await session.send('Page.captureScreenshot');
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, 'sound-blocked.png'), data, 'base64');

  await page.locator('[data-act="sound"]').click();
  await page.getByRole('dialog').getByRole('alert').waitFor({ state: 'detached' });
  await page.locator('[data-act="test-sound"]').click();
  await page.getByText(/Đã thử loa lúc .*: có tín hiệu/).waitFor();
  await page.keyboard.press('Escape');

  const [alert] = await post(product.url, 'alert', [{ key: 'chay', at: Date.now(), kind: 'fire', level: 1, title: 'Cháy tại chợ', position: [108.22, 16.06] }]);
  await page.locator('[data-sound="sounding"]').waitFor();
  await call(product.url, cookie, '/api/v1/commands/alert.acknowledge', { id: alert!.id });
  await page.locator('[data-sound="quiet"]').waitFor();
  expect(screens.faults()).toEqual([]);
});
