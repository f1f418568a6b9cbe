import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkApp, formOf, type WorkApp } from './testing/workApp.ts';

const CANARY = { name: 'Người Phản Ánh Canary', phone: '0912345678', email: 'canary-reporter@example.org' };
const SIGNS = [CANARY.name, CANARY.phone, CANARY.email, 'canary-reporter'];

describe('a reporter is never shown to an agency', () => {
  let work: WorkApp;
  let id: string;
  let code: string;

  beforeAll(async () => {
    work = await createWorkApp();
    const { payload, headers } = formOf({ key: 'canary-report-0001', service: 'environment', description: 'Rác chưa thu gom trước cổng chợ', lon: '108.2131', lat: '16.0668', ...CANARY });
    const sent = await work.app.inject({ method: 'POST', url: '/api/v1/report', payload, headers });
    code = sent.json().code;
    const [row] = await work.store.engine.query<{ n: number }>('select n from feedback');
    id = `fb-${row!.n}`;
    await work.command('feedback.assign', { id, unit: '20242' });
  });
  afterAll(() => work.close());

  const as = (person: string | null, url: string) => work.app.inject({ method: 'GET', url, headers: person === null ? {} : { cookie: `__Host-ioc=${person}` } });

  it('keeps the contact sealed: the rows and the log of the store hold no word of it', async () => {
    for (const table of ['feedback', 'event_log', 'work_act', 'handling_request', 'message']) {
      const rows = await work.store.engine.query(`select * from ${table}`);
      for (const sign of SIGNS) expect(JSON.stringify(rows), table).not.toContain(sign);
    }
  });

  it('crawls every answer an agency, a leader, a guest and the public can get and finds 0 reporter fields', { timeout: 120_000 }, async () => {
    const addresses = work.describePolicies().filter(({ method }) => method === 'GET').map(({ url }) => url.replace(':code', code).replace('/:z/:x/:y', '/3/1/1').replaceAll(/:[a-z]+/gi, id).replace('*', 'x'));
    let answers = 0;
    for (const person of ['ward-officer', 'other-officer', 'leader', 'guest', null]) {
      for (const url of addresses) {
        const answer = await as(person, url);
        answers += 1;
        for (const sign of SIGNS) expect(answer.body, `${person} ${url}`).not.toContain(sign);
      }
    }
    expect(answers).toBeGreaterThan(300);
  });

  it('gives an agency the report without the reporter, and refuses the contact', async () => {
    const list = await as('ward-officer', '/api/v1/feedback');
    const fields = Object.keys(list.json().items[0] ?? {});
    expect(fields.length).toBeGreaterThan(10);
    expect(fields.filter((field) => /name|phone|mail|contact|reporter/i.test(field))).toEqual([]);
    expect((await as('ward-officer', `/api/v1/feedback/${id}/contact`)).statusCode).toBe(403);
    expect((await as('admin', `/api/v1/feedback/${id}/contact`)).statusCode).not.toBe(500);
    expect((await as('operator', `/api/v1/feedback/${id}/contact`)).json()).toEqual(CANARY);
  });
});
