import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdoptionAnswer, PilotsAnswer, RolloutForms, RolloutRevisions } from '#contract/rollout.ts';
import { formsWith } from '../domain/rollout/forms.ts';
import { standingOf } from '../domain/rollout/pilots.ts';
import { ROOT } from '../start/root.ts';
import { createAdoption } from '../store/adoption/adoption.ts';
import { createRollout } from '../store/rollout/rollout.ts';
import { createTestStore, type TestStore } from '../store/topics/testStore.ts';
import { createTestApp, type TestApp } from './testing/app.ts';

let store: TestStore;
let app: TestApp;
beforeAll(async () => {
  store = await createTestStore('embedded');
  const { engine, clock } = store;
  app = await createTestApp((deps) => ({ ...deps, clock, rollout: createRollout({ engine, clock, forms: formsWith(null) }), adoption: createAdoption({ engine, clock }) }));
}, 120_000);
afterAll(async () => {
  await app.close();
  await store.close();
});

const call = async <T>(method: 'GET' | 'PUT', url: string, payload?: object, person = 'operator') => {
  const answer = await app.app.inject({ method, url, headers: { cookie: `__Host-ioc=${person}` }, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json<T & { fault: { code: string; pointer?: string } }>() };
};
const PILOT = { area: 'Ea Kar', service: 'field-feedback', vendor: 'Viettel', plannedFrom: '2021-04-26', plannedTo: '2021-10-26', beganOn: '2021-10-21', endedOn: null, note: '' };

describe('a pilot', () => {
  it.each([
    ['began 178 days late', PILOT, '2021-10-22', { state: 'late', isRed: true, lateDays: 178 }],
    ['never began', { ...PILOT, beganOn: null }, '2021-11-15', { state: 'not-started', isRed: true, lateDays: 183 }],
    ['is not due yet', { ...PILOT, beganOn: null }, '2021-04-01', { state: 'planned', isRed: false, lateDays: 0 }],
    ['runs as planned', { ...PILOT, beganOn: '2021-04-26' }, '2021-06-01', { state: 'running', isRed: false, lateDays: 0 }],
    ['ended in time', { ...PILOT, beganOn: '2021-04-20', endedOn: '2021-10-26' }, '2021-12-01', { state: 'ended', isRed: false, lateDays: 0 }],
  ])('that %s', (_what, plan, on, expected) => {
    expect(standingOf('a', 1, plan, plan, on)).toMatchObject(expected);
  });

  it('stays late when its plan is moved: the baseline counts', async () => {
    expect((await call('PUT', '/api/v1/rollout/pilot/ea-kar', { rev: 0, reason: '', body: PILOT })).status).toBe(200);
    const moved = { ...PILOT, plannedFrom: '2021-10-21', plannedTo: '2022-04-21' };
    expect((await call('PUT', '/api/v1/rollout/pilot/ea-kar', { rev: 1, reason: ' ', body: moved })).body.fault.code).toBe('STATE_REASON');
    expect((await call('PUT', '/api/v1/rollout/pilot/ea-kar', { rev: 1, reason: 'Thống nhất lại kế hoạch', body: moved })).body).toMatchObject({ rev: 2, baseline: { plannedFrom: '2021-04-26' } });
    expect((await call('PUT', '/api/v1/rollout/pilot/ea-kar', { rev: 1, reason: 'cũ', body: PILOT })).body.fault.code).toBe('STATE_CONFLICT');
    const { body } = await call<PilotsAnswer>('GET', '/api/v1/rollout/pilots');
    expect(body.items[0]).toMatchObject({ id: 'ea-kar', isRed: true, movedDays: 177, revisions: 2 });
    expect((await call<RolloutRevisions>('GET', '/api/v1/rollout/pilot/ea-kar/revisions')).body.items.map(({ rev, reason }) => [rev, reason])).toEqual([[1, ''], [2, 'Thống nhất lại kế hoạch']]);
  });

  it('is refused with wrong days or another kind of body', async () => {
    expect((await call('PUT', '/api/v1/rollout/pilot/x', { rev: 0, reason: '', body: { ...PILOT, plannedTo: '2021-01-01' } })).body.fault).toMatchObject({ code: 'REQUEST_BODY', pointer: '/body/plannedTo' });
    expect((await call('PUT', '/api/v1/rollout/pilot/x', { rev: 0, reason: '', body: { ...PILOT, plannedFrom: '2021-02-31' } })).body.fault.pointer).toBe('/body/plannedFrom');
    expect((await call('PUT', '/api/v1/rollout/share/x', { rev: 0, reason: '', body: PILOT })).body.fault.code).toBe('REQUEST_BODY');
    expect((await call('PUT', '/api/v1/rollout/pilot/x', { rev: 0, reason: '', body: PILOT }, 'leader')).status).toBe(403);
  });
});

describe('the sheets of a roll-out', () => {
  it('are data, answered line by line and printed', async () => {
    const { body: forms } = await call<RolloutForms>('GET', '/api/v1/rollout/forms');
    expect([forms.readiness.length, forms.survey.length, forms.conformity.length].every((count) => count >= 20)).toBe(true);
    expect((await call('PUT', '/api/v1/rollout/conformity/khong-co', { rev: 0, reason: '', body: { result: 'met', testedOn: null, note: '' } })).status).toBe(404);
    expect((await call('PUT', '/api/v1/rollout/conformity/open311', { rev: 0, reason: '', body: { result: 'met', testedOn: '2026-10-01', note: 'Đã chạy' } })).status).toBe(200);
    for (const paper of ['conformity', 'survey', 'readiness']) {
      const file = await app.app.inject({ url: `/api/v1/rollout/papers/${paper}.pdf`, headers: { cookie: '__Host-ioc=leader' } });
      expect([file.statusCode, file.headers['content-type'], file.rawPayload.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    }
  });

  it('name only tests that are there', () => {
    expect(formsWith(null).conformity.map(({ proof }) => proof ?? '').filter((proof) => !existsSync(join(ROOT, proof)))).toEqual([]);
  });
});

describe('adoption', () => {
  it('is counted from what people did and tells the simulated apart', async () => {
    const at = store.clock.now();
    await store.engine.query(`insert into account (login, name, position, roles, password_hash, created_at) values ('lanh-dao', 'Lãnh đạo thử', 'Lãnh đạo', array['leader'], 'x', $1)`, [at]);
    await store.engine.query(`insert into session (token_hash, kind, account_id, created_at, last_seen_at, expires_at) select 'h' || g, 'person', id, $1, $1, $2 from account, generate_series(1, 3) g where login = 'lanh-dao'`, [at, at + 1000]);
    await store.engine.query(`insert into duty_entry (form, words, actor, actor_name, at) values ('handover', 'Bàn giao', 'us-1', 'A', $1)`, [at]);
    const { body } = await call<AdoptionAnswer>('GET', `/api/v1/adoption?from=${at - 86_400_000}&to=${at + 1000}`, undefined, 'leader');
    expect(body).toMatchObject({ leaders: { accounts: 1, visited: 1, visits: 3, days: 1 }, decisions: { made: 0 }, reds: { closeMs: null }, shifts: { handovers: 1, taken: 0 }, training: { people: 0 } });
    expect(body.weeks).toHaveLength(1);
  });
});
