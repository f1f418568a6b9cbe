import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificates } from '../../server/feeds/connector/testing/certificates.ts';
import { REST_CLIENT, startRestVendor } from '../../server/feeds/connector/testing/restVendor.ts';
import { makeWorkbook, SFTP_ACCOUNT, startSftpVendor } from '../../server/feeds/connector/testing/sftpVendor.ts';
import { startSoapVendor } from '../../server/feeds/connector/testing/soapVendor.ts';
import { openBrowser } from '../support/browser.ts';
import { connectorSteps } from '../support/connectorSteps.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, type Screens } from '../support/screens.ts';

const certificates = makeCertificates(Date.now());
const [rest, soap, sftp] = await Promise.all([startRestVendor(), startSoapVendor(certificates), startSftpVendor()]);
let product: Product;
let browser: Browser;
let screens: Screens;
let page: Page;
let steps: ReturnType<typeof connectorSteps>;

beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  screens = await openScreens(browser, product);
  ({ page } = await screens.open('/admin#connectors'));
  steps = connectorSteps(page);
});
afterAll(async () => {
  await screens.close();
  await browser.close();
  await product.close();
  await Promise.all([rest.close(), soap.close(), sftp.close()]);
});

const at = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const inVietnam = (moment: Date) => new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

test('a paged REST system with OAuth2: a wrong secret is named, the preview shows the alerts, it fails and recovers', async () => {
  rest.records = Array.from({ length: 25 }, (_, n) => ({ id: `n-${n}`, reportedAt: at(60 - n).toISOString(), subject: `Ngập tại điểm ${n}`, severity: n % 2 ? 'cao' : 'vừa', lng: 108.2123, lat: 16.0612 }));
  await steps.begin('rest-oauth2', 'Cảnh báo ngập (LGSP)', 'ngap-lgsp');
  await steps.fill({ url: `${rest.url}?page={page}&size={size}&from={since}`, pageSize: '10', everyS: '1', tokenUrl: rest.tokenUrl, clientId: REST_CLIENT.clientId, secret: 'sai' });
  await page.getByLabel('Chỉ hỏi từ mốc mới nhất').check();
  await steps.look('SOURCE_LOGIN');
  await steps.fill({ secret: REST_CLIENT.secret });
  await steps.look('SOURCE_MAPPING');
  await steps.suggest();
  await steps.mapLine('kind', '=flood');
  await steps.mapLine('level', 'severity', 'cao=2; vừa=3');
  await steps.look('fine');
  await steps.untilGood(25);
  expect(await page.locator('[data-preview] tbody > tr').count()).toBe(20);
  await steps.keepAndRun();
  await steps.untilState('ngap-lgsp', 'live');
  rest.mood = 'error-page';
  await steps.untilState('ngap-lgsp', 'failing');
  await steps.untilSaid('ngap-lgsp', 'trang báo lỗi');
  const system = await screens.open('/system');
  await system.page.getByText('1 kết nối với hệ thống ngoài đang lỗi: Cảnh báo ngập (LGSP)').waitFor();
  await system.close();
  rest.mood = 'good';
  await steps.untilState('ngap-lgsp', 'live');
  await steps.untilSaid('ngap-lgsp', '25 / ');
});

test('a SOAP system that wants a certificate: theirs expires and is renewed while the other connection goes on', async () => {
  soap.records = [1, 2, 3].map((n) => ({ ma: `T${n}`, thoiGian: inVietnam(at(n)), noiDung: 'Mực nước vượt báo động', giaTri: '2,4', lon: 108.22, lat: 16.06 }));
  await steps.begin('soap', 'Mực nước sông (SOAP)', 'muc-nuoc');
  await steps.fill({ url: soap.url, body: '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><LayMucNuoc/></e:Body></e:Envelope>', headers: 'SOAPAction: urn:tram/LayMucNuoc', ca: certificates.authority.certificate, everyS: '1', items: 'Envelope.Body.LayMucNuocResponse.KetQua.Row' });
  await steps.look('SOURCE_OWN_CERTIFICATE');
  await steps.fill({ certificate: certificates.client.certificate, privateKey: certificates.client.privateKey });
  await steps.press('Xem thử');
  await page.locator('[data-preview] tbody > tr').first().waitFor();
  await steps.suggest();
  await steps.fill({ key: '{ma}@{thoiGian}' });
  await steps.mapLine('kind', '=flood');
  await steps.mapLine('level', '=3');
  await steps.mapLine('title', '{noiDung}: {giaTri} m');
  await steps.look('fine');
  await steps.untilGood(3);
  await steps.keepAndRun();
  await steps.untilState('muc-nuoc', 'live');
  soap.useExpired(true);
  await steps.untilState('muc-nuoc', 'failing');
  await steps.untilSaid('muc-nuoc', 'Chứng thư của bên kia hết hạn');
  await steps.untilState('ngap-lgsp', 'live');
  soap.useExpired(false);
  await steps.untilState('muc-nuoc', 'live');
});

test('a workbook laid down every night over SFTP: the fingerprint is compared first, half a file enters not at all', async () => {
  const rows = Array.from({ length: 8 }, (_, n) => [`X${n}`, inVietnam(at(60 * n + 1)), `Cháy nhỏ ${n}`, 108.21, 16.06]);
  const whole = await makeWorkbook(['Mã số', 'Thời gian', 'Nội dung', 'Kinh độ', 'Vĩ độ'], rows);
  sftp.files.set('bao-cao-1.xlsx', { bytes: whole, changedAt: 1_790_000_000_000 });
  await steps.begin('sftp', 'Báo cáo đêm (XLSX)', 'bao-cao-dem');
  await steps.fill({ host: '127.0.0.1', port: String(sftp.port), user: SFTP_ACCOUNT.user, folder: SFTP_ACCOUNT.folder, pattern: 'bao-cao-*.xlsx', secret: SFTP_ACCOUNT.password });
  await steps.look('SOURCE_HOST_KEY');
  await steps.press('Đã đối chiếu');
  await page.locator('[data-preview="SOURCE_MAPPING"]').waitFor();
  await steps.suggest();
  await steps.mapLine('kind', '=fire');
  await steps.mapLine('level', '=2');
  await steps.mapLine('title', 'Nội dung');
  await steps.look('fine');
  await steps.untilGood(8);
  sftp.files.set('bao-cao-1.xlsx', { bytes: whole.subarray(0, whole.length - 400), changedAt: 1_790_000_060_000 });
  await steps.keepAndRun();
  await steps.untilState('bao-cao-dem', 'failing');
  await steps.untilSaid('bao-cao-dem', 'đứt giữa chừng');
  sftp.files.set('bao-cao-1.xlsx', { bytes: whole, changedAt: 1_790_000_120_000 });
  await steps.press('Hỏi ngay: Báo cáo đêm (XLSX)');
  await steps.untilState('bao-cao-dem', 'live');
  await steps.untilSaid('bao-cao-dem', '8 / ');
  expect(await page.content()).not.toContain(SFTP_ACCOUNT.password);
  expect(screens.faults()).toEqual([]);
});
