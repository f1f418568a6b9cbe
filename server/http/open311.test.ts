import { XMLParser } from 'fast-xml-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { asPerson, KEY } from './testing/people.ts';
import { createWorkApp, formOf } from './testing/workApp.ts';

const REPORT = { service_code: 'public-lighting', description: 'Đèn đường tắt cả dãy <b>tối</b> & nguy hiểm', lat: '16.0601', long: '108.2201', address_string: 'Đường Trần Phú', email: 'canary@example.vn', first_name: 'Canary', phone: '0900 000 777' };
const REQUEST_FIELDS = ['service_request_id', 'status', 'status_notes', 'service_name', 'service_code', 'description', 'agency_responsible', 'service_notice', 'requested_datetime', 'updated_datetime', 'expected_datetime', 'address', 'address_id', 'zipcode', 'lat', 'long', 'media_url'];
const W3 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;

const work = await createWorkApp();
const get = (path: string) => work.app.inject(`/open311/v2/${path}`);
const post = (params: Record<string, string>, format = 'json') =>
  work.app.inject({ method: 'POST', url: `/open311/v2/requests.${format}`, payload: new URLSearchParams(params).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
const xml = (text: string) => new XMLParser({ parseTagValue: false }).parse(text);

afterAll(() => work.close());

describe('services', () => {
  it('are a list of the documented fields, in both formats alike', async () => {
    const json = (await get('services.json')).json();
    expect(json.length).toBeGreaterThan(5);
    for (const service of json) {
      expect(Object.keys(service).sort()).toEqual(['description', 'group', 'keywords', 'metadata', 'service_code', 'service_name', 'type']);
      expect(service.metadata).toBe(false);
      expect(['realtime', 'batch', 'blackbox']).toContain(service.type);
    }
    const answer = await get('services.xml');
    expect(answer.headers['content-type']).toMatch(/^text\/xml/);
    expect(xml(answer.body).services.service.map((service: { service_code: string }) => service.service_code)).toEqual(json.map((service: { service_code: string }) => service.service_code));
  });
});

describe('what a client asks before it posts', () => {
  it('is where the service is, in both formats', async () => {
    const json = (await get('discovery.json')).json();
    expect(json.endpoints).toEqual([{ specification: 'http://wiki.open311.org/GeoReport_v2', url: expect.stringMatching(/^https?:\/\/[^/]+\/open311\/v2\/$/), changeset: expect.stringMatching(W3), type: 'production', formats: ['application/json', 'text/xml'] }]);
    const { discovery } = xml((await get('discovery.xml')).body);
    expect(discovery.endpoints.endpoint).toMatchObject({ url: json.endpoints[0].url, formats: { format: json.endpoints[0].formats } });
  });

  it('is what a service wants to know: nothing beyond the usual', async () => {
    expect((await get('services/drainage.json')).json()).toEqual({ service_code: 'drainage', attributes: [] });
    expect(xml((await get('services/drainage.xml')).body)).toMatchObject({ service_definition: { service_code: 'drainage', attributes: '' } });
    for (const unknown of ['services/none.json', 'services/constructor.json', 'services/drainage']) expect((await get(unknown)).statusCode).toBe(404);
  });

  it('may carry parameters of other dialects: a jurisdiction, a size of page', async () => {
    expect((await get('services.json?jurisdiction_id=danang.gov.vn')).statusCode).toBe(200);
    expect((await get('requests.json?jurisdiction_id=danang.gov.vn&page_size=5&page=1')).statusCode).toBe(200);
  });
});

describe('requests', () => {
  it('are posted once, read back by their system whole, and by others without words, address and exact place', async () => {
    const posted = await post({ ...REPORT, api_key: KEY });
    expect(posted.statusCode, posted.body).toBe(200);
    const [{ service_request_id: id, service_notice: notice, account_id: account }] = posted.json();
    expect([typeof id, notice, account]).toEqual(['string', '', null]);
    expect((await post({ ...REPORT, api_key: KEY })).json()[0].service_request_id).toBe(id);

    const [own] = (await get(`requests/${id}.json?api_key=${KEY}`)).json();
    expect(Object.keys(own)).toEqual(REQUEST_FIELDS);
    expect(own).toMatchObject({ service_request_id: id, status: 'open', service_code: 'public-lighting', description: REPORT.description, address: REPORT.address_string, lat: 16.0601, long: 108.2201 });
    for (const field of ['requested_datetime', 'updated_datetime', 'expected_datetime']) expect(own[field]).toMatch(W3);
    const [anyone] = (await get(`requests/${id}.json`)).json();
    expect(anyone).toMatchObject({ description: null, address: null, lat: 16.06, long: 108.22 });
    const answer = await get(`requests.xml?service_request_id=${id}&api_key=${KEY}`);
    expect(answer.body).toContain('&lt;b&gt;tối&lt;/b&gt; &amp; nguy hiểm');
    expect(Object.keys(xml(answer.body).service_requests.request)).toEqual(REQUEST_FIELDS);
    for (const secret of ['canary@example.vn', '0900 000 777', 'Canary']) for (const page of [await get('requests.json'), answer]) expect(page.body).not.toContain(secret);
    const contact = await work.app.inject({ url: `/api/v1/feedback/${id}/contact`, headers: asPerson('operator') });
    expect(contact.json()).toEqual({ name: 'Canary', phone: '0900 000 777', email: 'canary@example.vn' });
  });

  it('are found by service, status and time', async () => {
    const [{ service_request_id: id }] = (await post({ ...REPORT, description: 'Nắp hố ga mất', service_code: 'drainage', api_key: KEY })).json();
    const ids = async (query: string) => (await get(`requests.json?${query}`)).json().map((row: { service_request_id: string }) => row.service_request_id);
    expect(await ids('service_code=drainage')).toEqual([id]);
    expect(await ids('service_code=drainage&status=open')).toEqual([id]);
    expect(await ids('service_code=drainage&status=closed')).toEqual([]);
    await work.command('feedback.reject', { id, reason: 'Đã xử lý trước đó' });
    expect(await ids('service_code=drainage&status=closed')).toEqual([id]);
    expect(await ids('start_date=2020-01-01T00:00:00Z&end_date=2020-02-01T00:00:00Z')).toEqual([]);
    expect(await ids(`start_date=${encodeURIComponent('2026-09-30T00:00:00+07:00')}&service_code=drainage`)).toEqual([id]);
  });

  it.each([
    [{ api_key: '' }, 403, 'AUTH_KEY'],
    [{ api_key: 'ioc_nobody_xxxx' }, 403, 'AUTH_KEY'],
    [{ service_code: '' }, 400, 'REPORT_SERVICE'],
    [{ service_code: 'constructor' }, 400, 'REPORT_SERVICE'],
    [{ description: '' }, 400, 'REPORT_EMPTY'],
    [{ lat: '', long: '', address_string: '' }, 400, 'REPORT_PLACE_MISSING'],
    [{ lat: '48.85', long: '2.35' }, 400, 'REPORT_PLACE'],
    [{ lat: 'NaN' }, 400, 'REPORT_PLACE'],
    [{ email: 'x' }, 400, 'REPORT_CONTACT'],
  ])('posted with %j are refused with %i %s in both formats', async (change, status, code) => {
    const params = { ...REPORT, api_key: KEY, ...change };
    const json = await post(params);
    expect([json.statusCode, json.json()]).toEqual([status, [{ code: status, description: expect.stringContaining(code) }]]);
    const answer = await post(params, 'xml');
    expect(answer.statusCode).toBe(status);
    expect(xml(answer.body).errors.error).toMatchObject({ code: String(status), description: expect.stringContaining(code) });
  });

  it.each([
    ['requests/fb-999999.json', 404], ['requests/fb-1', 404], ['requests/x.xml', 404], ['requests.json?start_date=yesterday', 400], ['requests.json?status=lost', 400], ['tokens/AAAA-BBBB-CCCC.json', 404], ['tokens/x.xml', 404],
  ])('asked as %s are answered %i', async (path, status) => {
    const answer = await get(path);
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toMatch(/"code":|<code>/);
  });

  it('take another body for what it is', async () => {
    const answer = await work.app.inject({ method: 'POST', url: '/open311/v2/requests.json', payload: { api_key: KEY } });
    expect(answer.statusCode).toBe(415);
  });
});

it('a token leads to its report', async () => {
  const form = formOf({ key: 'phone-key-0000000009', service: 'environment', description: 'Rác', lon: '108.2201', lat: '16.0601' });
  const { code } = (await work.app.inject({ method: 'POST', url: '/api/v1/report', ...form })).json();
  const [row] = (await get(`tokens/${code}.json`)).json();
  expect(row).toEqual({ service_request_id: expect.stringMatching(/^fb-\d+$/), token: code });
  expect(xml((await get(`tokens/${code}.xml`)).body).service_requests.request).toEqual(row);
});
