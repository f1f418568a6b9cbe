import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MQTT_ACCOUNT, startMqttVendor } from '../../server/feeds/connector/testing/mqttVendor.ts';
import { REST_CLIENT, startRestVendor } from '../../server/feeds/connector/testing/restVendor.ts';
import { SQL_ACCOUNT, startSqlVendor } from '../../server/feeds/connector/testing/sqlVendor.ts';
import { openBrowser } from '../support/browser.ts';
import { connectorSteps } from '../support/connectorSteps.ts';
import { post } from '../support/door.ts';
import { sharedProduct } from '../support/shared.ts';
import { openScreens, type Screens } from '../support/screens.ts';

const SECRET = 'khoa-ky-cua-ben-nhan';
const [sql, mqtt, rest] = await Promise.all([startSqlVendor(), startMqttVendor(), startRestVendor()]);
const heard: { signature: string; key: string; body: string }[] = [];
let status = 200;
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString('utf8')));
  request.on('end', () => {
    if (status === 200) heard.push({ signature: String(request.headers['x-ioc-signature']), key: String(request.headers['idempotency-key']), body });
    response.writeHead(status).end();
  });
});
let product: { url: string };
let browser: Browser;
let screens: Screens;
let page: Page;
let steps: ReturnType<typeof connectorSteps>;

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  [browser, product] = await Promise.all([openBrowser(), sharedProduct('quiet')]);
  screens = await openScreens(browser, product);
  ({ page } = await screens.open('/admin#connectors'));
  steps = connectorSteps(page);
});
afterAll(async () => {
  await screens?.close();
  await browser?.close();
  receiver.closeAllConnections();
  receiver.close();
  await Promise.all([sql.close(), mqtt.close(), rest.close()]);
});

test('a view of another database: a wrong name is said, its rows are shown before they are taken', async () => {
  for (let n = 0; n < 6; n++) await sql.add(n, 60 - n);
  await steps.begin('sql', 'Điểm ngập (SQL)', 'ngap-sql');
  await steps.fill({ host: '127.0.0.1', port: String(sql.port), database: 'postgres', user: SQL_ACCOUNT.user, view: 'chia_se.sai', timeColumn: 'luc', everyS: '1', secret: SQL_ACCOUNT.password });
  await page.locator('[name="tls"]').uncheck();
  await steps.look('SOURCE_VIEW');
  await steps.fill({ view: SQL_ACCOUNT.view });
  await steps.look('SOURCE_MAPPING');
  await steps.fill({ key: '{ma}' });
  await steps.mapLine('at', 'luc', 'iso @ Asia/Ho_Chi_Minh');
  await steps.mapLine('kind', '=flood');
  await steps.mapLine('level', 'muc');
  await steps.mapLine('title', 'noi_dung');
  await steps.look('fine');
  await steps.untilGood(6);
  await steps.keepAndRun();
  await steps.untilState('ngap-sql', 'live');
  await sql.add(7, 1);
  await steps.untilSaid('ngap-sql', '7 / ');
  expect(await page.content()).not.toContain(SQL_ACCOUNT.password);
  await steps.remove('Điểm ngập (SQL)');
});

test('a broker of sensors: it is listened to for a while, then for good', async () => {
  await steps.begin('mqtt', 'Mực nước (MQTT)', 'muc-nuoc-mqtt');
  await steps.fill({ host: '127.0.0.1', port: String(mqtt.port), user: MQTT_ACCOUNT.user, filters: MQTT_ACCOUNT.filter, secret: 'sai' });
  await page.locator('[name="tls"]').uncheck();
  await steps.mapLine('kind', '=water-level');
  await steps.mapLine('unitOfMeasure', '=m');
  await steps.look('SOURCE_LOGIN');
  await steps.fill({ secret: MQTT_ACCOUNT.password });
  await steps.press('Xem thử');
  let isShown = false;
  const shown = page.locator('[data-preview="fine"]').waitFor().then(() => (isShown = true));
  while (!isShown) {
    await mqtt.publish([['a', 2.4]]);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  }
  await shown;
  await steps.keepAndRun();
  await steps.untilState('muc-nuoc-mqtt', 'live');
  await mqtt.publish([['b', { value: 3.1, lon: 108.21, lat: 16.06 }]]);
  await steps.untilSaid('muc-nuoc-mqtt', '1 / ');
  await steps.remove('Mực nước (MQTT)');
});

test('a mapping that does not fit, times of a wrong zone and pages that never end are said in plain words', async () => {
  const rowsAt = (aheadHours: number) => Array.from({ length: 12 }, (_, n) => ({ id: `n-${n}`, reportedAt: new Date(Date.now() + aheadHours * 3_600_000 - n * 60_000).toISOString(), subject: `Ngập tại điểm ${n}`, severity: 'cao', lng: 108.2123, lat: 16.0612 }));
  rest.records = rowsAt(0);
  await steps.begin('rest-oauth2', 'Thử sai', 'thu-sai');
  await steps.fill({ url: `${rest.url}?page={page}&size={size}`, pageSize: '10', tokenUrl: rest.tokenUrl, clientId: REST_CLIENT.clientId, secret: REST_CLIENT.secret, key: '{id}' });
  for (const [field, from] of [['at', 'reportedAt'], ['kind', '=flood'], ['level', 'subject'], ['title', 'subject']] as const) await steps.mapLine(field, from);
  await steps.look('SOURCE_MAPPING');
  await page.getByText('Ánh xạ cột không khớp').waitFor();
  await steps.mapLine('level', '=2');
  rest.records = rowsAt(7);
  await steps.look('SOURCE_ZONE');
  await page.getByText('có lẽ sai múi giờ').waitFor();
  rest.mood = 'repeats';
  await steps.look('SOURCE_REPEATS');
  await page.getByText('phân trang không kết thúc').waitFor();
  await steps.press('Thôi');
});

test('another system is told of an alert once, signed; while it is away nothing is lost', async () => {
  await page.locator('[data-act="begin-receiver"]').click();
  await steps.fill({ 'receiver-name': 'Nền tảng đô thị', 'receiver-id': 'nen-tang', 'receiver-url': 'khong-phai', 'receiver-secret': 'ngan' });
  await page.locator('[data-act="keep-receiver"]').click();
  await page.getByText('Khóa ký cần ít nhất 16 ký tự').waitFor();
  await steps.fill({ 'receiver-url': `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/su-kien`, 'receiver-secret': SECRET });
  await page.locator('[data-act="keep-receiver"]').click();
  await steps.row('nen-tang').waitFor();
  const test = page.getByRole('button', { name: 'Gửi thử: Nền tảng đô thị' });
  await test.click();
  await page.locator('[data-tested="SOURCE_ADDRESS"]').waitFor();
  await steps.press('Sửa: Nền tảng đô thị');
  await page.locator('[name="receiver-allowPrivate"]').check();
  await page.locator('[data-act="keep-receiver"]').click();
  await page.locator('form[data-form="receiver"]').waitFor({ state: 'detached' });
  await test.click();
  await page.locator('[data-tested="taken"]').waitFor();
  await steps.press('Cho gửi: Nền tảng đô thị');
  await steps.untilState('nen-tang', 'waiting');
  heard.length = 0;
  status = 503;
  await post(product.url, 'alert', [{ key: 'bao-ra-1', at: Date.now(), kind: 'flood', level: 2, title: 'Ngập sâu 30 cm', position: [108.2123, 16.0612] }]);
  await steps.untilState('nen-tang', 'failing');
  status = 200;
  await steps.untilState('nen-tang', 'live');
  await steps.untilSaid('nen-tang', '1 / 0');
  expect(heard.map(({ body }) => (JSON.parse(body) as { topic: string; state: { title: string } }).state.title)).toEqual(['Ngập sâu 30 cm']);
  expect(heard[0]!.signature).toBe(`sha256=${createHmac('sha256', SECRET).update(heard[0]!.body).digest('hex')}`);
  await steps.press('Nhật ký: Nền tảng đô thị');
  await page.locator('[data-delivery="sent"]').waitFor();
  await steps.remove('Nền tảng đô thị');
  await post(product.url, 'alert', [{ key: 'bao-ra-2', ref: 'bao-ra-1', at: Date.now(), kind: 'flood', level: 2, title: 'Ngập sâu 30 cm', status: 'ended', position: [108.2123, 16.0612] }]);
  expect(screens.faults()).toEqual([]);
});
