import { afterAll, expect, it } from 'vitest';
import type { Procedure, ProcedureCoverage, ProcedureRun } from '#contract/procedure.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import { alertItem } from '../store/topics/testStore.ts';
import { asPerson } from './testing/people.ts';
import { createWorkApp } from './testing/workApp.ts';

const work = await createWorkApp();
const get = async <T>(url: string): Promise<T> => (await work.app.inject({ url, headers: asPerson('operator') })).json();
const post = (url: string, payload: object, person = 'admin') => work.app.inject({ method: 'POST', url, payload, headers: asPerson(person) });
const raise = async (key: string) => (await work.store.send('alert', [alertItem({ key, at: work.store.clock.now() })]))[0]!.id!;

afterAll(() => work.close());

it('ten procedures are in force from the start and cover every kind of alert', async () => {
  const { items } = await get<{ items: Procedure[] }>('/api/v1/procedures');
  expect(items.map(({ state, version }) => [state, version])).toEqual(Array.from({ length: 10 }, () => ['in-force', 1]));
  const { items: coverage } = await get<{ items: ProcedureCoverage[] }>('/api/v1/procedures/coverage');
  expect(coverage).toHaveLength(8);
  expect(coverage.filter(({ inForce }) => inForce.length === 0)).toEqual([]);
});

it('runs on an alert, shows its progress there, and keeps who skipped what and why', async () => {
  const id = await raise('p-1');
  expect((await work.command('procedure.start', { alert: id, code: 'chay-no' })).body).toMatchObject({ fault: { code: 'PROCEDURE_UNKNOWN' } });
  expect((await work.command('procedure.start', { alert: id, code: 'ngap-ung' }, 'ward-officer')).status).toBe(403);
  const { body: run } = await work.command<ProcedureRun>('procedure.start', { alert: id, code: 'ngap-ung' });
  expect((await work.command<ProcedureRun>('procedure.start', { alert: id, code: 'ngap-ung' })).body.id).toBe(run.id);
  await work.command('procedure.tick', { run: run.id, step: 'xac-minh', note: 'Sâu 40 cm' });
  await work.command('procedure.tick', { run: run.id, step: 'muc-do', answer: 'Có' });
  expect((await work.command('procedure.tick', { run: run.id, step: 'cam-duong' })).body).toMatchObject({ fault: { code: 'PROCEDURE_EVIDENCE' } });
  expect((await work.command('procedure.skip', { run: run.id, step: 'cam-duong', reason: 'Đường đã cấm từ trước' })).status).toBe(200);
  expect((await get<AlertState>(`/api/v1/alerts/${id}`)).procedure).toEqual({ run: run.id, code: 'ngap-ung', version: 1, done: 2, skipped: 1, total: 7 });
  const { items } = await get<{ items: ProcedureRun[] }>(`/api/v1/alerts/${id}/procedure-runs`);
  expect(items[0]?.steps[2]).toMatchObject({ state: 'skipped', note: 'Đường đã cấm từ trước', by: 'Người giữ vai trò operator' });
  expect((await work.command('procedure.tick', { run: 'pr-999', step: 'xac-minh' })).status).toBe(404);
});

it('a new version goes through review, takes the place of the old one, and running ones keep theirs', async () => {
  const id = await raise('p-2');
  const { body: run } = await work.command<ProcedureRun>('procedure.start', { alert: id, code: 'ngap-ung' });
  const text = { code: 'ngap-ung', title: 'Xử lý ngập úng, bản mới', kinds: ['flood'], basis: 'Quyết định mới', steps: [{ id: 'a', title: 'Một', role: 'Trực ban', withinMinutes: 5 }, { id: 'b', title: 'Hai', role: 'Trực ban', withinMinutes: 5 }] };
  expect((await post('/api/v1/procedures', text, 'operator')).statusCode).toBe(403);
  expect((await post('/api/v1/procedures', { ...text, steps: [text.steps[0], text.steps[0]] })).json()).toMatchObject({ fault: { code: 'PROCEDURE_TEXT' } });
  expect((await post('/api/v1/procedures', text)).json()).toMatchObject({ version: 2, state: 'draft' });
  expect((await post('/api/v1/procedures', { ...text, title: 'Sửa bản nháp' })).json()).toMatchObject({ version: 2, title: 'Sửa bản nháp' });
  const move = (state: string, version = 2) => post(`/api/v1/procedures/ngap-ung/${version}/state`, { state });
  expect((await move('in-force')).json()).toMatchObject({ fault: { code: 'STATE_STEP' } });
  await move('legal-review');
  expect((await move('in-force')).json()).toMatchObject({ state: 'in-force', version: 2 });
  const { items } = await get<{ items: Procedure[] }>('/api/v1/procedures');
  expect(items.filter(({ code }) => code === 'ngap-ung').map(({ version, state }) => [version, state])).toEqual([[2, 'in-force'], [1, 'withdrawn']]);
  expect((await work.command('procedure.tick', { run: run.id, step: 'xac-minh', note: 'Vẫn bản cũ' })).body).toMatchObject({ version: 1 });
  expect((await move('withdrawn', 9)).statusCode).toBe(404);
});
