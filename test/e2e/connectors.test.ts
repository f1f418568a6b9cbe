import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificates } from '../../server/feeds/connector/testing/certificates.ts';
import { REST_CLIENT, startRestVendor } from '../../server/feeds/connector/testing/restVendor.ts';
import { makeWorkbook, SFTP_ACCOUNT, startSftpVendor } from '../../server/feeds/connector/testing/sftpVendor.ts';
import { startSoapVendor } from '../../server/feeds/connector/testing/soapVendor.ts';
import { openBrowser } from '../support/browser.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, type Screens } from '../support/screens.ts';

const certificates = makeCertificates(Date.now());
const [rest, soap, sftp] = await Promise.all([startRestVendor(), startSoapVendor(certificates), startSftpVendor()]);
let product: Product;
let browser: Browser;
let screens: Screens;
let page: Page;

beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  screens = await openScreens(browser, product);
  page = (await screens.open('/admin#connectors')).page;
});
afterAll(async () => {
  await screens.close();
  await browser.close();
  await product.close();
  await Promise.all([rest.close(), soap.close(), sftp.close()]);
});

const at = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const inVietnam = (moment: Date) => new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const fill = async (values: Record<string, string>) => {
  for (const [name, value] of Object.entries(values)) await page.locator(`.editor [name="${name}"]`).fill(value);
};
const begin = async (template: string, name: string, id: string) => {
  await page.locator('select[name="template"]').selectOption(template);
  await page.getByRole('button', { name: 'Khai báo kết nối' }).click();
  await fill({ 'connector-name': name, 'connector-id': id });
};
const look = () => page.getByRole('button', { name: 'Xem thử' }).click();
const previewSays = (what: string) => page.locator(`[data-preview="${what}"]`).waitFor();
const keepAndRun = () => page.getByRole('button', { name: 'Lưu và cho chạy' }).click();
const untilState = (id: string, state: string) => page.locator(`tr[data-connector="${id}"][data-state="${state}"]`).waitFor();
const mapLine = (field: string, from: string, more = '') => fill({ [`from-${field}`]: from, [`more-${field}`]: more });
const suggest = () => page.getByRole('button', { name: 'Điền theo gợi ý' }).click();

test('a paged REST system with OAuth2: a wrong secret is named, the preview shows the alerts, it fails and recovers', async () => {
  rest.records = Array.from({ length: 25 }, (_, n) => ({ id: `n-${n}`, reportedAt: at(60 - n).toISOString(), subject: `Ngập tại điểm ${n}`, severity: n % 2 ? 'cao' : 'vừa', lng: 108.2123, lat: 16.0612 }));
  await begin('rest-oauth2', 'Cảnh báo ngập (LGSP)', 'ngap-lgsp');
  await fill({ url: `${rest.url}?page={page}&size={size}&from={since}`, pageSize: '10', everyS: '1', tokenUrl: rest.tokenUrl, clientId: REST_CLIENT.clientId, secret: 'sai' });
  await page.getByLabel('Chỉ hỏi từ mốc mới nhất').check();
  await look();
  await previewSays('SOURCE_LOGIN');
  await fill({ secret: REST_CLIENT.secret });
  await look();
  await previewSays('SOURCE_MAPPING');
  await suggest();
  await mapLine('kind', '=flood');
  await mapLine('level', 'severity', 'cao=2; vừa=3');
  await look();
  await page.locator('[data-preview="fine"] [data-good="25"]').waitFor();
  expect(await page.locator('[data-preview] tbody > tr').count()).toBe(20);
  await keepAndRun();
  await untilState('ngap-lgsp', 'live');
  rest.mood = 'error-page';
  await untilState('ngap-lgsp', 'failing');
  await page.locator('tr[data-connector="ngap-lgsp"]').getByText('trang báo lỗi').waitFor();
  rest.mood = 'good';
  await untilState('ngap-lgsp', 'live');
  await page.locator('tr[data-connector="ngap-lgsp"]').getByText('25 / ').waitFor();
});

test('a SOAP system that wants a certificate: theirs expires and is renewed while the other connection goes on', async () => {
  soap.records = [1, 2, 3].map((n) => ({ ma: `T${n}`, thoiGian: inVietnam(at(n)), noiDung: 'Mực nước vượt báo động', giaTri: '2,4', lon: 108.22, lat: 16.06 }));
  await begin('soap', 'Mực nước sông (SOAP)', 'muc-nuoc');
  await fill({ url: soap.url, body: '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><LayMucNuoc/></e:Body></e:Envelope>', headers: 'SOAPAction: urn:tram/LayMucNuoc', ca: certificates.authority.certificate, everyS: '1', items: 'Envelope.Body.LayMucNuocResponse.KetQua.Row' });
  await look();
  await previewSays('SOURCE_OWN_CERTIFICATE');
  await fill({ certificate: certificates.client.certificate, privateKey: certificates.client.privateKey });
  await look();
  await page.locator('[data-preview] tbody > tr').first().waitFor();
  await suggest();
  await fill({ key: '{ma}@{thoiGian}' });
  await mapLine('kind', '=flood');
  await mapLine('level', '=3');
  await mapLine('title', '{noiDung}: {giaTri} m');
  await look();
  await page.locator('[data-preview="fine"] [data-good="3"]').waitFor();
  await keepAndRun();
  await untilState('muc-nuoc', 'live');
  soap.useExpired(true);
  await untilState('muc-nuoc', 'failing');
  await untilState('ngap-lgsp', 'live');
  soap.useExpired(false);
  await untilState('muc-nuoc', 'live');
});

test('a workbook laid down every night over SFTP: the fingerprint is compared first, half a file enters not at all', async () => {
  const rows = Array.from({ length: 8 }, (_, n) => [`X${n}`, inVietnam(at(60 * n + 1)), `Cháy nhỏ ${n}`, 108.21, 16.06]);
  const whole = await makeWorkbook(['Mã số', 'Thời gian', 'Nội dung', 'Kinh độ', 'Vĩ độ'], rows);
  sftp.files.set('bao-cao-1.xlsx', { bytes: whole, changedAt: 1_790_000_000_000 });
  await begin('sftp', 'Báo cáo đêm (XLSX)', 'bao-cao-dem');
  await fill({ host: '127.0.0.1', port: String(sftp.port), user: SFTP_ACCOUNT.user, folder: SFTP_ACCOUNT.folder, pattern: 'bao-cao-*.xlsx', secret: SFTP_ACCOUNT.password });
  await look();
  await previewSays('SOURCE_HOST_KEY');
  await page.getByRole('button', { name: 'Đã đối chiếu' }).click();
  await previewSays('SOURCE_MAPPING');
  await suggest();
  await mapLine('kind', '=fire');
  await mapLine('level', '=2');
  await mapLine('title', 'Nội dung');
  await look();
  await page.locator('[data-preview="fine"] [data-good="8"]').waitFor();
  sftp.files.set('bao-cao-1.xlsx', { bytes: whole.subarray(0, whole.length - 400), changedAt: 1_790_000_060_000 });
  await keepAndRun();
  await untilState('bao-cao-dem', 'failing');
  await page.locator('tr[data-connector="bao-cao-dem"]').getByText('đứt giữa chừng').waitFor();
  sftp.files.set('bao-cao-1.xlsx', { bytes: whole, changedAt: 1_790_000_120_000 });
  await page.getByRole('button', { name: 'Hỏi ngay: Báo cáo đêm (XLSX)' }).click();
  await untilState('bao-cao-dem', 'live');
  await page.locator('tr[data-connector="bao-cao-dem"]').getByText('8 / ').waitFor();
  expect(await page.content()).not.toContain(SFTP_ACCOUNT.password);
  expect(screens.faults()).toEqual([]);
});
