import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkApp, type WorkApp } from './testing/workApp.ts';

describe('the shift log and the views of a desk', () => {
  let work: WorkApp;
  beforeAll(async () => void (work = await createWorkApp()), 60_000);
  afterAll(() => work.close());

  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, person = 'operator') => {
    const answer = await work.app.inject({ method, url, headers: { cookie: `__Host-ioc=${person}` }, ...(payload ? { payload } : {}) });
    return { status: answer.statusCode, body: answer.json() };
  };

  it('hands a shift over with the figures of the moment, and only to another person', async () => {
    expect((await call('POST', '/api/v1/duty/log', { form: 'handover', words: '  ' })).body.fault.code).toBe('STATE_REASON');
    const { body: entry } = await call('POST', '/api/v1/duty/log', { form: 'handover', words: 'Theo dõi điểm ngập đường Nguyễn Văn Linh' });
    expect(entry).toMatchObject({ form: 'handover', figures: { openAlerts: 0, overdueRequests: 0 }, takenAt: null });
    expect((await call('POST', `/api/v1/duty/log/${entry.id}/take`, {})).body.fault.code).toBe('STATE_STEP');
    const taken = await call('POST', `/api/v1/duty/log/${entry.id}/take`, {}, 'second-operator');
    expect(taken.body).toMatchObject({ takenName: 'Trực ban thứ hai' });
    expect((await call('POST', `/api/v1/duty/log/${entry.id}/take`, {}, 'second-operator')).body).toEqual(taken.body);
    expect((await call('POST', '/api/v1/duty/log/du-999/take', {})).status).toBe(404);
  });

  it('is read page by page, newest first', async () => {
    for (const words of ['một', 'hai', 'ba']) await call('POST', '/api/v1/duty/log', { form: 'note', words });
    const first = (await call('GET', '/api/v1/duty/log?limit=2')).body;
    expect(first.items.map(({ words }: { words: string }) => words)).toEqual(['ba', 'hai']);
    const second = (await call('GET', `/api/v1/duty/log?limit=2&cursor=${first.next}`)).body;
    expect(second.items[0].words).toBe('một');
    expect((await call('GET', '/api/v1/duty/log?cursor=x')).body.fault.code).toBe('REQUEST_QUERY');
  });

  it('keeps views per person and forgets them', async () => {
    const body = { tab: 'alert', levels: [1, 2], kind: 'flood', state: 'open', pile: 'open', words: 'ngập' };
    expect((await call('PUT', '/api/v1/duty/views', { name: 'Ca mưa', body })).status).toBe(200);
    expect((await call('GET', '/api/v1/duty/views')).body.items).toEqual([{ name: 'Ca mưa', body }]);
    expect((await call('GET', '/api/v1/duty/views', undefined, 'second-operator')).body.items).toEqual([]);
    await call('DELETE', `/api/v1/duty/views/${encodeURIComponent('Ca mưa')}`);
    expect((await call('GET', '/api/v1/duty/views')).body.items).toEqual([]);
  });
});
